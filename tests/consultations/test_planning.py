"""The Beratungsfolge: a list of events, changed by who plans, read by who sees the document."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from amendments.audit.models import Event
from amendments.consultations import queries, services
from amendments.consultations.rules import Vote, VoteKind
from amendments.consultations.services import Plan
from amendments.documents.queries import current_version
from amendments.documents.services import NewText
from amendments.errors import Conflict, InvalidInput, NotAllowed, NotFound
from amendments.extensions import db
from amendments.web.actor import GUEST
from tests.factories import committees, consultations, documents

pytestmark = pytest.mark.usefixtures("session")


def order(paper):
    rows = queries.consultations_of([paper.document.id])[paper.document.id]
    return [(row.day, row.committee_ids[0]) for row in rows]


def note(paper, row, actor=None, **given):
    values = {"result": "adopted", "row_version": row.row_version}
    return services.note_result(actor or paper.moderator, consultation_id=row.id, **(values | given))


def test_steps_stand_by_day_and_a_committee_may_come_twice() -> None:
    paper = documents.paper()
    second, first = date(2011, 12, 8), date(2011, 11, 17)
    consultations.planned(paper, paper.lead, day=None)
    consultations.planned(paper, day=second)
    consultations.planned(paper, day=first)
    consultations.planned(paper, paper.lead, day=first)
    assert order(paper) == [
        (first, paper.participant.id),
        (first, paper.lead.id),
        (second, paper.participant.id),
        (None, paper.lead.id),
    ]


def test_steps_of_one_day_stand_by_their_hour_whatever_was_entered_first() -> None:
    paper = documents.paper()
    for begins in ("17:00", "", "09:00", "17:00"):
        consultations.planned(paper, day=date(2011, 12, 13), begins=begins)
    rows = queries.consultations_of([paper.document.id])[paper.document.id]
    assert [(row.begins, row.rank) for row in rows] == [("09:00", 2), ("17:00", 0), ("17:00", 3), ("", 1)]


def test_the_first_of_several_committees_is_in_charge() -> None:
    paper = documents.paper()
    group = committees.committee(kind="working_group")
    row = consultations.planned(paper, paper.participant, group, paper.lead)
    assert row.committee_ids == (paper.participant.id, group.id, paper.lead.id)


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (lambda plan: replace(plan, committee_ids=[]), "committee_ids"),
        (lambda plan: replace(plan, role="chairing"), "role"),
        (lambda plan: replace(plan, begins="25:00"), "begins"),
        (lambda plan: replace(plan, place="x" * 201), "place"),
        (
            lambda plan: replace(
                plan,
                asks=True,
                filing_opens=datetime(2011, 11, 2).astimezone(),
                filing_closes=datetime(2011, 11, 1).astimezone(),
            ),
            "filing_closes",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(plan, field) -> None:
    paper = documents.paper()
    good = Plan([paper.participant.id], "hearing")
    with pytest.raises(InvalidInput) as caught:
        services.plan_consultation(paper.moderator, document_id=paper.document.id, plan=plan(good))
    assert caught.value.field == field


def test_only_moderation_and_office_plan() -> None:
    paper = documents.paper()
    plan = Plan([paper.participant.id], "hearing")
    chair = committees.somebody(paper.participant, "chair")
    for actor, refusal in ((paper.member, NotAllowed), (chair, NotAllowed), (GUEST, NotFound)):
        with pytest.raises(refusal):
            services.plan_consultation(actor, document_id=paper.document.id, plan=plan)


def test_the_chair_of_the_committee_notes_its_result_and_nobody_elses() -> None:
    paper = documents.paper()
    chair = committees.somebody(paper.participant, "chair")
    mine, other = consultations.planned(paper), consultations.planned(paper, paper.lead)
    row = note(paper, mine, chair, vote=Vote(VoteKind.COUNTED, 9, 2, 1), versions={paper.text.id: paper.version.id})
    assert (row.result, row.yes, [item.version_id for item in row.recommended]) == ("adopted", 9, [paper.version.id])
    with pytest.raises(NotAllowed):
        note(paper, other, chair)
    event = db.session.query(Event).filter_by(name="consultation:result").one()
    assert event.payload["votes"] == [9, 2, 1]


def test_a_tie_is_not_adopted() -> None:
    paper = documents.paper()
    row = consultations.planned(paper)
    with pytest.raises(InvalidInput):
        note(paper, row, vote=Vote(VoteKind.COUNTED, 5, 5, 0))


def test_a_version_of_another_document_is_not_recommended() -> None:
    paper, other = documents.paper(), documents.paper()
    row = consultations.planned(paper)
    with pytest.raises(InvalidInput):
        note(paper, row, versions={paper.text.id: other.version.id})


def test_whoever_was_slower_is_told() -> None:
    paper = documents.paper()
    row = consultations.planned(paper)
    shown = row.row_version
    note(paper, row)
    with pytest.raises(Conflict):
        note(paper, row, row_version=shown, result="rejected")
    assert row.result == "adopted"


def test_a_step_with_a_result_stays() -> None:
    paper = documents.paper()
    empty, done = consultations.planned(paper), consultations.planned(paper)
    note(paper, done)
    services.drop_consultation(paper.moderator, consultation_id=empty.id, row_version=empty.row_version)
    with pytest.raises(Conflict):
        services.drop_consultation(paper.moderator, consultation_id=done.id, row_version=done.row_version)
    assert [row.id for row in queries.consultations_of([paper.document.id])[paper.document.id]] == [done.id]


def test_outsiders_read_the_printed_table_and_public_results_only() -> None:
    paper = documents.paper(visibility="public")
    secret = consultations.planned(paper, public=False)
    shown = consultations.planned(paper, paper.lead)
    internal = consultations.planned(paper, committees.committee(kind="working_group"))
    for row in (secret, shown, internal):
        note(paper, row)
    seen = {entry.consultation.id: entry.shows_result for entry in queries.sequence_for(GUEST, paper.document)}
    assert seen == {secret.id: False, shown.id: True}
    inside = {entry.consultation.id for entry in queries.sequence_for(paper.member, paper.document)}
    assert inside == {secret.id, shown.id, internal.id}
    with pytest.raises(NotFound):
        queries.consultation_for(GUEST, internal.id)
    note(paper, secret, announced=True)
    assert all(entry.shows_result for entry in queries.sequence_for(GUEST, paper.document))


def test_what_a_step_recommends_is_told_with_its_result_and_of_no_text_for_few() -> None:
    texts = [NewText("annex", name, documents.contents("Ein Satz.")) for name in ("Offen", "Geheim")]
    paper = documents.paper(visibility="public", texts=texts)
    open_text, few = paper.document.texts
    few.visibility = "restricted"
    row = consultations.planned(paper, public=False)
    named = {text.id: current_version(text.id).id for text in (open_text, few)}

    def told(actor):
        (entry,) = queries.sequence_for(actor, paper.document)
        return [item.text.title for item in entry.recommended]

    note(paper, row, versions=named)
    assert [told(actor) for actor in (GUEST, paper.member, paper.moderator)] == [[], ["Offen"], ["Offen", "Geheim"]]
    note(paper, row, versions=named, announced=True)
    assert told(GUEST) == ["Offen"]
