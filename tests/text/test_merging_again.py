"""A merge that starts from an earlier one comes out as one from the beginning, whatever was merged before."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amendments.text import Edit, Paragraph, Redline, Rich, Text, apply_edits, edits, merge, plain, text_hash, text_of
from amendments.text.relations import relations, ringed
from tests.text.strategies import PROMISE, bases_and_edits, wishes


def identities(text: Text) -> list[str]:
    return [paragraph.identity for paragraph in text]


@PROMISE
@given(bases_and_edits(fewest=1, most=8), st.data())
def test_what_was_merged_before_plays_no_part(found: tuple[Text, list[Edit]], data: st.DataObject) -> None:
    base, proposals = found
    names = [edit.id for edit in proposals]
    merged = None
    for _ in range(3):
        kept = data.draw(st.sets(st.sampled_from(names)))
        chosen = [edit for edit in proposals if edit.id in kept]
        if data.draw(st.booleans()):
            changed = data.draw(st.sampled_from(names))
            chosen = [Edit(e.id, data.draw(wishes(base))) if e.id == changed else e for e in chosen]
        order = data.draw(st.permutations(names))[: data.draw(st.integers(0, len(names)))]
        merged = merge(base, chosen, order, merged)
        anew = merge(base, chosen, order)
        assert merged == anew
        assert (merged.text, identities(merged.text)) == (anew.text, identities(anew.text))
        assert merged.redline == anew.redline
        assert text_hash(merged.text) == text_hash(anew.text)


@PROMISE
@given(bases_and_edits(most=8), st.data())
def test_the_parts_are_what_one_walk_over_the_whole_text_gives(
    found: tuple[Text, list[Edit]], data: st.DataObject
) -> None:
    base, proposals = found
    order = data.draw(st.permutations([edit.id for edit in proposals]))
    merged = merge(base, proposals, order)
    applied = [edit for edit in proposals if edit.id in merged.applied]
    whole = apply_edits(Redline.of(base), applied, order)
    assert merged.redline == whole
    assert (merged.text, identities(merged.text)) == (whole.accept(), identities(whole.accept()))


@PROMISE
@given(bases_and_edits(fewest=2, most=6))
def test_every_pair_has_the_relation_it_has_alone(found: tuple[Text, list[Edit]]) -> None:
    base, proposals = found
    if ringed(hunk for edit in proposals for hunk in edit.hunks):
        return
    alone = [
        relation
        for number, one in enumerate(proposals)
        for other in proposals[:number]
        for relation in relations(base, [one, other])
    ]
    assert relations(base, proposals) == tuple(sorted(alone))


def test_only_what_hangs_together_with_the_change_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    base = text_of(plain(f"Paragraf {number} bleibt, wie er war.") for number in range(200))
    proposals = [Edit(f"e{number:03}", wording(base[number], f"Artikel {number}")) for number in range(0, 200, 2)]
    before = merge(base, proposals)
    seen: list[int] = []

    def counted(redline: Redline, *rest: object) -> Redline:
        seen.append(len(redline.nodes))
        return apply_edits(redline, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("amendments.text.merging.apply_edits", counted)
    proposals[7] = Edit(proposals[7].id, wording(base[14], "Satz 14"))
    again = merge(base, proposals, previous=before)
    assert seen == [1]
    assert again.text[14].text == "Satz 14 bleibt, wie er war."
    assert [one is other for one, other in zip(before.text, again.text, strict=True)].count(False) == 1
    assert merge(base, [], previous=again).text == base


def wording(paragraph: Paragraph, new: str) -> tuple[edits.Hunk, ...]:
    return edits.replace_words(paragraph, 0, paragraph.text.index(" bleibt"), Rich(new))


def test_another_base_is_merged_from_the_beginning() -> None:
    base = text_of([plain("Eins."), plain("Zwei.")], "a")
    other = text_of([plain("Eins."), plain("Zwei.")], "b")
    before = merge(base, [Edit("e", edits.delete(base[0]))])
    assert [p.text for p in merge(other, [Edit("e", edits.delete(other[1]))], previous=before).text] == ["Eins."]


def test_two_edits_with_one_id_are_refused() -> None:
    base = text_of([plain("Eins."), plain("Zwei.")])
    with pytest.raises(ValueError, match="two edits have the id"):
        merge(base, [Edit("e", edits.delete(base[0])), Edit("e", edits.delete(base[1]))])


def test_two_hundred_changes_one_after_the_other() -> None:
    random = Random(7)
    base = text_of(plain(" ".join(f"Wort{word:02}" for word in range(20))) for _ in range(40))
    proposals: dict[str, Edit] = {}
    merged = merge(base, [])
    for _ in range(200):
        name = f"e{random.randrange(60):02}"
        if name in proposals and random.random() < 0.3:
            del proposals[name]
        else:
            proposals[name] = Edit(name, anything(random, base))
        merged = merge(base, proposals.values(), previous=merged)
    anew = merge(base, proposals.values())
    assert (merged, merged.redline, text_hash(merged.text)) == (anew, anew.redline, text_hash(anew.text))
    assert merged.collisions
    assert merged.applied


def anything(random: Random, base: Text) -> tuple[edits.Hunk, ...]:
    number = random.randrange(len(base) - 1)
    start = 7 * random.randrange(17)
    match random.randrange(6):
        case 0:
            return edits.delete(base[number])
        case 1:
            return edits.move([base[number]], base[(number + 7) % len(base)].identity)
        case 2:
            return edits.join(base[number], base[number + 1])
        case 3:
            return edits.insert(base[number].identity if number else "", [plain("Neu.")])
    return edits.replace_words(base[number], start, start + 7 * random.randrange(1, 3), Rich("anders "))


def test_collisions_are_listed_as_they_stand_in_the_text() -> None:
    """Whoever wants them, and behind the words of a paragraph what is put in behind it."""
    text = text_of(map(plain, ("Der Rat tagt im Mai und im Juli.", "Schluss.")))
    (first, last) = text
    wishes = {
        "e": edits.replace_words(first, 16, 19, Rich("Juni")),
        "f": edits.replace_words(first, 16, 19, Rich("März")),
        "c": edits.replace_words(first, 27, 31, Rich("August")),
        "d": edits.replace_words(first, 27, 31, Rich("Herbst")),
        "a": edits.insert(first.identity, [plain("Eins.")]),
        "b": edits.insert(first.identity, [plain("Zwei.")]),
        "0": edits.replace_words(last, 0, 7, Rich("Ende")),
        "1": edits.delete(last),
    }
    found = merge(text, [Edit(name, hunks) for name, hunks in wishes.items()])
    assert [collision.edits for collision in found.collisions] == [("e", "f"), ("c", "d"), ("a", "b"), ("0", "1")]
