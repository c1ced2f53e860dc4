"""Collisions as people see them: one wording for each copy."""

from __future__ import annotations

from amendments.exchange.returned import Copy, collisions_by_copy, consolidate, report, wishes_in
from amendments.text import literal_content, text_of

PLACE = "Der Konsum von Alkohol ist in allen Gebäuden und auf den Plätzen der Stadt untersagt."
BASE = text_of(map(literal_content, ("Davor.", PLACE, "Danach.")))


def merged(*places: str | None):
    """What comes of copies in which this stands at the place, or (None) nothing."""
    copies = [
        Copy(f"k{number}", f"{number}.md", tuple(map(literal_content, ("Davor.", *filter(None, [place]), "Danach."))))
        for number, place in enumerate(places)
    ]
    return consolidate(BASE, copies, [wishes_in(BASE, copy) for copy in copies])


ONE = PLACE.replace("Konsum", "Genuss")
BOTH = ONE.replace("untersagt", "verboten")


def test_wishes_of_one_copy_that_go_together_are_one_alternative() -> None:
    found = merged(BOTH, None)
    assert [len(each.alternatives) for each in found.merge.collisions] == [3]
    (collision,) = report(found)["collisions"]
    assert [(each["authors"], each["text"], len(each["edits"])) for each in collision["alternatives"]] == [
        (["k0"], BOTH, 2),
        (["k1"], "", 1),
    ]


def test_a_wish_that_two_share_stands_in_the_wording_of_each() -> None:
    found = merged(BOTH, None, ONE)
    (collision,) = collisions_by_copy(found)
    wordings = {tuple(each["authors"]): each["text"] for each in report(found)["collisions"][0]["alternatives"]}
    assert wordings == {("k0",): BOTH, ("k1",): "", ("k2",): ONE}
    assert collision.edits == found.merge.collisions[0].edits


def test_copies_that_want_the_same_have_one_alternative_in_common() -> None:
    (collision,) = report(merged(BOTH, None, BOTH))["collisions"]
    assert [each["authors"] for each in collision["alternatives"]] == [["k0", "k2"], ["k1"]]
