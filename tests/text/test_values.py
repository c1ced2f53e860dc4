"""Values are what docs/engine.md says of them: frozen, hashable, and told from those of another text."""

import pytest

from amendments.text import (
    Delete,
    Edit,
    Excerpts,
    Gap,
    Insert,
    Misfit,
    MisfitError,
    Move,
    Rich,
    align,
    carry_over,
    edits,
    far_reaching,
    literal_content,
    merge,
    outcomes,
    text_of,
)

WORDS = [literal_content(words) for words in ("Der Rat tagt.", "Die Stadt zahlt.")]
BASE, OTHER = text_of(WORDS, "eins"), text_of(WORDS, "zwei")


def wish(name: str, base, word: str) -> Edit:
    return Edit(name, edits.replace_words(base[0], 4, 7, Rich(word)))


def test_every_value_that_the_engine_hands_out_has_a_hash() -> None:
    some = [wish("a", BASE, "Kreis"), wish("b", BASE, "Beirat"), Edit("c", edits.delete(BASE[1]))]
    merged = merge(BASE, some)
    values = (
        merged,
        merged.redline,
        *merged.collisions,
        *merged.relations,
        outcomes(merged.components[0], merged.relations),
        align(BASE, WORDS[:1], "drei"),
        carry_over(some[2], merge(BASE, some[:1]).redline),
        *far_reaching(BASE, some),
        *Excerpts(merged.redline).of("c"),
    )
    for value in values:
        assert hash(value) == hash(value)
    assert hash(merge(BASE, some)) == hash(merge(BASE, reversed(some)))
    assert merge(BASE, some) == merge(BASE, reversed(some))


@pytest.mark.parametrize(
    "hunks",
    [
        wish("a", OTHER, "Kreis").hunks,
        (Delete(OTHER[1].identity, WORDS[1]),),
        (Insert(Gap(OTHER[0].identity), (WORDS[0],)),),
        (Move((BASE[0].identity,), Gap(OTHER[1].identity)),),
    ],
    ids=lambda hunks: type(hunks[0]).__name__,
)
def test_an_edit_of_another_text_is_not_carried(hunks) -> None:
    with pytest.raises(MisfitError) as refused:
        carry_over(Edit("fremd", hunks), merge(BASE, [wish("a", BASE, "Kreis")]).redline)
    assert refused.value.misfit is Misfit.UNKNOWN_PARAGRAPH
    assert refused.value.paragraph in {paragraph.identity for paragraph in OTHER}
