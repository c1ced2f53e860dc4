"""The main job on real statutes, over HTTP: bring in a version, file the real changes, agree, publish, take it home."""

import re
from itertools import takewhile

import pytest

from benchmarks import corpus
from tests.e2e.papers import Paper, file_of

pytestmark = pytest.mark.skipif(not corpus.available(), reason="the corpus of real statutes is not here")

STATUTES = (
    "doc-brao_206dv-v2-v3",
    "doc-kwkg2002gebv-v3-v4",
    "doc-ejtanv-v1-v2",
    "doc-awpaedfortbv-v1-v2",
    "doc-glasvmstrv-v1-v2",
    "doc-bnatschgkostv-v2-v3",
    "doc-fomafueprv-v2-v3",
    "doc-moselschpev_1997-v2-v3",
    "doc-eapatv-v1-v2",
    "doc-pangv-v2-v3",
    "doc-guekkostv_1998-v1-v2",
)
"""Edits, deletions and insertions, a moved paragraph in the second; 6 to 113 proposals."""


@pytest.mark.parametrize("statute", STATUTES)
def test_the_next_version_of_a_statute_is_agreed_and_comes_out_byte_for_byte(statute, house, somebody):
    case = next(case for case in corpus.rows("merge/document") if case["id"] == statute)
    moderator = somebody(house.moderator)
    members = {email: somebody(email) for email in sorted(set(house.members.values()))}
    paper = Paper.brought_in(house, moderator, file_of(case["base_file"]))
    assert paper.exported(moderator, 1) == file_of(case["base_file"])[1]

    names = paper.identities(moderator)
    for proposal in case["proposals"]:
        paper.propose(members[house.members[proposal["body"]]], proposal, names)
    paper.agree_all(moderator)
    paper.publish(moderator)

    assert paper.exported(moderator, 2) == file_of(case["expected_file"])[1]
    assert unnamed_changes(moderator.open(f"{paper.address}/redline?from=1&to=2"), len(case["proposals"])) == []


def unnamed_changes(page, proposals):
    """Changes of a redline page that do not say whose they are; and proposals that no change names."""
    faults, named = [], set()
    cards = set(page.all("//*[@id='sources']/..//li/@id"))
    for paragraph in page.all("//*[contains(@class, 'words')]"):
        above = paragraph.xpath("preceding-sibling::*[1][contains(@class, 'change-name')]//*[@class='source']")
        for behind, *rest in changes(list(paragraph)):
            name = behind if behind is not None or not above else above[0]  # what was moved is named above
            words = name.text_content().strip() if name is not None else ""
            if not re.fullmatch(r"Ä \d+(, Ä \d+)*", words) or name[0].get("href")[1:] not in cards:
                faults.append((words, [piece.text_content() for piece in rest]))
            named.update(re.findall(r"Ä \d+", words))
    return faults + sorted({f"Ä {number}" for number in range(1, proposals + 1)} ^ named)


def changes(pieces):
    """(the name behind it or None, pieces) of each change in a paragraph."""
    for index, piece in enumerate(pieces):
        if piece.tag in ("ins", "del") and (index == 0 or pieces[index - 1].tag not in ("ins", "del")):
            change = list(takewhile(lambda one: one.tag in ("ins", "del"), pieces[index:]))
            behind = [one for one in pieces[index + len(change) :][:1] if one.get("class") == "source"]
            yield (behind[0] if behind else None, *change)
