"""What is open when a version appears is carried over to the same words, or handed back."""

import pytest
from sqlalchemy import select

from amendments import text as engine
from amendments.consensus import queries, services
from amendments.consensus.provenance import carry_over_between
from amendments.decisions import services as decisions
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.documents.models import Version
from amendments.documents.queries import current_version, load_text
from amendments.extensions import db
from amendments.proposals.models import CarryOver
from amendments.proposals.queries import edits_on, handed_back
from amendments.text import edits as controls
from tests.consensus.publishing import agree, publish, words_of
from tests.factories import documents, proposals

pytestmark = pytest.mark.usefixtures("session")


def test_each_open_edit_is_carried_over_or_handed_back() -> None:
    paper = documents.paper("Eins zwei drei vier.", "Neun zehn.", "Elf zwölf.")
    made = {
        "anchored": proposals.change(paper, "Elf", "Eleven"),
        "passage_changed": proposals.change(paper, "zwei drei", "2 3"),
        "passage_gone": proposals.change(paper, "zehn", "10"),
    }
    expected = {proposals.edit_id(proposal): outcome for outcome, proposal in made.items()}
    agree(paper, proposals.change(paper, "drei", "III"), proposals.filed(paper, proposals.strike(paper.words, 1)))
    version = publish(paper)
    rows = db.session.scalars(select(CarryOver).where(CarryOver.to_version_id == version.id))
    assert {row.edit_id: row.outcome for row in rows} == expected


def test_a_handed_back_edit_shows_what_it_wanted_where() -> None:
    paper = documents.paper("Eins zwei drei vier.", "Fünf.")
    proposal = proposals.change(paper, "zwei drei", "2 3")
    wanted = edits_on(paper.version.id)[0].hunks
    agree(paper, proposals.change(paper, "drei", "III"))
    version = publish(paper)
    (item,) = handed_back(version.id)
    assert (item.proposal, item.hunks, item.from_version_id) == (proposal, wanted, paper.version.id)
    assert queries.merge_desk(version.id).handed_back == (item,)


def test_an_anchored_edit_is_carried_on_from_version_to_version() -> None:
    paper = documents.paper("Eins zwei.", "Drei vier.")
    proposal = proposals.change(paper, "vier", "4")
    for old, new in (("Eins", "Ein und eins"), ("Drei", "Drei und drei")):
        agree(paper, proposals.change(paper, old, new))
        version = publish(paper)
    (live,) = edits_on(version.id)
    assert (live.proposal_id, live.carried) == (proposal.id, True)
    agree(paper, proposal)
    assert words_of(publish(paper)) == ["Ein und eins zwei.", "Drei und drei 4."]


def test_a_rejected_edit_is_not_carried_over_and_a_referred_one_is() -> None:
    paper = documents.paper("Eins.", "Zwei.", "Drei.")
    rejected, referred = proposals.change(paper, "Zwei", "Due"), proposals.change(paper, "Drei", "Tre")
    agree(paper, proposals.change(paper, "Eins", "Uno"))
    verdicts = [
        Verdict(proposals.edit_id(rejected), Outcome.REJECTED),
        Verdict(proposals.edit_id(referred), Outcome.REFERRED),
    ]
    decisions.decide_edits(
        paper.moderator, version_id=paper.version.id, verdicts=verdicts, reason="An den Hauptausschuss."
    )
    assert [edit.proposal_id for edit in edits_on(publish(paper).id)] == [referred.id]


def wishes_everywhere(paper):
    """A word, a paragraph and a gap at each paragraph."""
    for rank, paragraph in enumerate(paper.words):
        yield proposals.change(paper, paragraph.text.split()[1], "??")
        yield proposals.filed(paper, proposals.strike(paper.words, rank))
        yield proposals.filed(paper, proposals.insert(paper.words, rank, f"Neu {rank}."))


def stored(edit_id):
    """What publishing said last of an edit: outcome and hunks."""
    (row, *_) = sorted(
        db.session.scalars(select(CarryOver).where(CarryOver.edit_id == edit_id)),
        key=lambda row: -(db.session.get_one(Version, row.to_version_id).number or 0),
    )
    return row.outcome, tuple(engine.hunk_from_json(hunk) for hunk in row.hunks or ())


def test_over_all_versions_at_once_an_edit_stands_where_publishing_carried_it_step_by_step() -> None:
    """A publication in two layers, one that moves and splits, and a file before the last."""
    paper = documents.paper(
        "Eins aa bb cc.",
        "Zwei dd ee ff.",
        "Drei gg hh ii.",
        "Vier jj kk und alle anderen Worte danach.",
        "Fünf mm nn oo.",
    )
    assert len(list(wishes_everywhere(paper))) == 15
    wished = {edit.edit_id: edit.edit for edit in edits_on(paper.version.id)}
    parent = proposals.change(paper, "bb", "bb und BB")
    agree(paper, parent, proposals.change(paper, "Fünf", "Am Ende fünf", parent_id=parent.id))
    version = publish(paper)
    text = load_text(version)
    agree(
        paper,
        proposals.filed(paper, controls.move(text[1:2], text[3].identity)),
        proposals.filed(paper, controls.split(text[4], len("Am Ende fünf mm"))),
    )
    text = load_text(publish(paper))
    words = [paragraph.text.replace("Vier jj kk", "Fier jj KK") for paragraph in text]
    contents = [engine.plain(text) for text in (*words[:-1], "Ganz neu.", words[-1])]
    services.publish_import(
        paper.moderator, text_id=paper.text.id, base_version_id=current_version(paper.text.id).id, contents=contents
    )
    text = load_text(current_version(paper.text.id))
    agree(
        paper, proposals.filed(paper, controls.move(text[3:4], text[0].identity)), proposals.change(paper, "hh", "HH")
    )
    version = publish(paper)
    way = carry_over_between(paper.version.id, version.id)
    found = {edit_id: way.carry(edit) for edit_id, edit in wished.items()}
    assert {edit_id: (one.outcome.value, one.hunks) for edit_id, one in found.items()} == {
        edit_id: stored(edit_id) for edit_id in wished
    }
    assert {one.outcome for one in found.values()} == {engine.Outcome.ANCHORED, engine.Outcome.PASSAGE_CHANGED}
    assert carry_over_between(version.id, version.id).carry(next(iter(wished.values()))).hunks
