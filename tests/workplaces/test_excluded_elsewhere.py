"""What somebody excluded, or for whom a text is not meant, finds where documents are compared and handed on."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from amendments.consensus.named import choices_of, kept_versions
from amendments.consensus.rules import ConsensusKind
from amendments.consensus.services import keep_consensus
from amendments.consultations.exclusions import excluded_of
from amendments.documents.queries import current_version, document_for
from amendments.documents.rules import EXCLUDED
from amendments.documents.services import NewText
from amendments.errors import InvalidInput, NotAllowed, NotFound
from amendments.extensions import db
from amendments.forwarding import queries as forwarding
from amendments.forwarding import services as handing
from amendments.forwarding.models import ForwardedVersion
from amendments.meetings import excluding, services
from amendments.meetings.queries import called_item, items_of
from amendments.people.models import Account
from amendments.proposals.apart import SPEAKER_EXCLUDED
from amendments.workplaces.tasks import TaskKind, waiting_for
from tests.consensus.publishing import agree, publish
from tests.factories import committees, consultations, documents, meetings, proposals
from tests.workplaces.pages import body, text_url

pytestmark = pytest.mark.usefixtures("session")


def kept_out(paper, person, *rows, **given):
    """The person, excluded from these proposals (or what is given)."""
    values = {"scope": "edits", "text_id": paper.text.id, "edit_ids": [proposals.edit_id(row) for row in rows]}
    ids = {"document_id": paper.document.id, "account_id": person.account_id}
    excluding.exclude(paper.moderator, **ids, **(values if rows else given))
    return replace(person, excluded=excluded_of(person.account_id))


@pytest.fixture
def browser(client, session):
    """The browser of whoever is asked for, who sits where the actor does."""

    def of(actor, committee, role="member"):
        committees.membership(committee, actor.account_id, role)
        session.commit()
        return type(client)(client.application).sign_in(session.get(Account, actor.account_id))

    return of


def keep(paper, kind=ConsensusKind.WIDEST):
    named = choices_of(current_version(paper.text.id).id, paper.lead.id).named(kind)
    return keep_consensus(paper.moderator, version_id=named.version.id, kind=kind, expected_hash=named.hash)


def test_no_consensus_version_has_words_of_what_one_is_excluded_from(browser) -> None:
    paper = documents.paper()
    secret = proposals.change(paper, "jährlich", "monatlich")
    free = proposals.change(paper, "eng", "gut")
    both = keep(paper)
    member = kept_out(paper, paper.member, secret)
    client = browser(member, paper.participant)
    page = body(client.get(text_url(paper, "/synopsis?column=k2")))
    assert "gut" in page
    assert "monatlich" not in page
    agree(paper, secret)
    publish(paper)
    other = keep(paper)
    db.session.commit()
    page = body(client.get(text_url(paper, "/consensus?version=1")))
    assert "Ä 1" not in page
    page = body(client.get(text_url(paper, "/synopsis?base=1&column=v2&column=k2")))
    assert "monatlich" in page  # published words are for everybody, who wanted them is not
    assert "Ä 1" not in page
    assert f"Ä {free.number}" in page
    assert client.get(text_url(paper, f"/synopsis?column=s-{both.id}")).status_code == 404
    assert client.get(text_url(paper, f"/synopsis?column=s-{other.id}")).status_code == 200
    assert {one.version.id for one in kept_versions(paper.text.id)} == {both.id, other.id}
    assert [one.version.id for one in kept_versions(paper.text.id, member.excluded.ids)] == [other.id]


def test_who_is_excluded_from_a_text_sees_its_published_versions_only_there(browser) -> None:
    paper = documents.paper(visibility="public")
    proposals.change(paper, "jährlich", "monatlich")
    member = kept_out(paper, paper.member, scope="text", text_id=paper.text.id)
    client = browser(member, paper.participant)
    page = client.get(text_url(paper, "/synopsis"))
    assert page.status_code == 200
    assert "Ä 1" not in body(page)
    for path in ("/synopsis?column=k2", "/consensus"):
        assert client.get(text_url(paper, path)).status_code in {403, 404}
    with pytest.raises((NotAllowed, NotFound)):
        keep_consensus(
            kept_out_of_text(paper), version_id=paper.version.id, kind=ConsensusKind.WIDEST, expected_hash="x"
        )


def kept_out_of_text(paper):
    return kept_out(paper, committees.somebody(paper.lead, "moderator"), scope="text", text_id=paper.text.id)


def test_the_last_reading_names_nothing_hidden_and_is_forwarded_by_others(browser) -> None:
    paper = documents.paper()
    first, second = (consultations.planned(paper, one) for one in (paper.participant, paper.lead))
    hidden = proposals.change(paper, "jährlich", "monatlich", budget=True, title="Verborgen")
    shown = proposals.change(paper, "eng", "gut", budget=True, title="Offen")
    consultations.noted(paper, first)
    chair = kept_out(paper, committees.somebody(paper.participant, "chair"), hidden)
    page = body(browser(chair, paper.participant, "chair").get(f"/consultations/{first.id}/sign-off"))
    assert "Offen" in page
    assert "Verborgen" not in page
    document = document_for(paper.moderator, paper.document.id)
    assert [line.proposal.id for line in forwarding.budget_lines(chair, document)] == [shown.id]
    given = {"consultation_id": first.id, "to_id": second.id, "versions": {paper.text.id: paper.version.id}}
    with pytest.raises(NotAllowed):
        handing.forward(chair, **given)
    handing.forward(committees.somebody(paper.participant, "chair"), **given)


def test_a_text_for_few_goes_on_as_it_is_and_is_named_to_few() -> None:
    texts = [NewText("annex", title, documents.contents(f"Text {title}.")) for title in ("Anlage", "Intern")]
    paper = documents.paper(texts=texts)
    document = document_for(paper.moderator, paper.document.id)
    shown, narrow = document.texts
    narrow.visibility = "restricted"
    first, second = (consultations.planned(paper, one) for one in (paper.participant, paper.lead))
    consultations.noted(paper, first)
    chair = committees.somebody(paper.participant, "chair")
    versions = {row.id: current_version(row.id).id for row in (shown, narrow)}
    given = {"consultation_id": first.id, "to_id": second.id}
    with pytest.raises(InvalidInput):
        handing.forward(chair, **given, versions=versions)
    row = handing.forward(chair, **given, versions={shown.id: versions[shown.id]})
    rows = db.session.scalars(select(ForwardedVersion).where(ForwardedVersion.forwarding_id == row.id)).all()
    assert {one.text_id: one.version_id for one in rows} == versions
    for actor, titles in ((chair, ["Anlage"]), (paper.moderator, ["Anlage", "Intern"])):
        (entry,) = forwarding.entries_of(actor, document)
        assert [text.title for text, _ in entry.versions] == titles


def test_measures_of_a_text_for_few_are_in_no_register_of_others() -> None:
    texts = [NewText("annex", title, documents.contents(f"Text {title}.")) for title in ("Anlage", "Intern")]
    paper = documents.paper(texts=texts, visibility="public")
    consultations.closed(paper)
    document = document_for(paper.moderator, paper.document.id)
    for text in document.texts:
        version = current_version(text.id)
        handing.take_up_measures(
            paper.moderator,
            document_id=document.id,
            version_id=version.id,
            paragraphs=[one.identity for one in documents.queries.load_text(version)],
            committee_id=paper.participant.id,
        )
    document.texts[1].visibility = "restricted"
    assert [one.words for one in forwarding.measures_of(paper.member, document)] == ["Text Anlage."]
    shown, narrow = forwarding.measures_of(paper.moderator, document)
    assert forwarding.measure_for(paper.member, shown.measure.id).measure == shown.measure
    with pytest.raises(NotFound):
        forwarding.measure_for(paper.member, narrow.measure.id)
    chair = kept_out(paper, committees.somebody(paper.participant, "chair"), scope="text", text_id=document.texts[0].id)
    with pytest.raises((NotAllowed, NotFound)) as refused:
        handing.report_measure(chair, measure_id=shown.measure.id, state="done", text="Fertig")
    assert refused.value.message == EXCLUDED


def test_nothing_is_put_orally_for_somebody_who_is_excluded_there() -> None:
    found, near, _far = meetings.case(*meetings.RIVALS)
    found.call(near)
    speaker = found.members[0]
    clerk = committees.somebody(found.paper.lead, "clerk")
    chief = found.chair
    excluding.exclude(
        chief,
        document_id=found.paper.document.id,
        account_id=speaker.account_id,
        scope="edits",
        text_id=found.paper.text.id,
        edit_ids=[near],
    )

    def oral(old, new, **given):
        hunks = proposals.words(found.paper.words, old, new)
        ids = {"meeting_id": found.meeting.id, "version_id": found.paper.version.id}
        return services.file_oral(clerk, **ids, account_id=speaker.account_id, hunks=hunks, **given)

    for old, given in (("Anfang", {}), ("jährlich", {"beside": True})):
        with pytest.raises(InvalidInput) as refused:
            oral(old, "anders", **given)
        assert refused.value.message == SPEAKER_EXCLUDED
    assert oral("jährlich", "anders").author_id == speaker.account_id


def test_what_is_put_beside_an_item_is_kept_from_whom_the_item_is_kept() -> None:
    """Also where it touches other words."""
    found, near, far = meetings.case(*meetings.RIVALS)
    found.call(near)
    member, other = found.members[:2]
    excluding.exclude(
        found.chair,
        document_id=found.paper.document.id,
        account_id=member.account_id,
        scope="edits",
        text_id=found.paper.text.id,
        edit_ids=[near],
    )
    row = services.file_oral(
        committees.somebody(found.paper.lead, "clerk"),
        meeting_id=found.meeting.id,
        version_id=found.paper.version.id,
        account_id=other.account_id,
        hunks=proposals.words(found.paper.words, "jährlich", "oft"),
        beside=True,
    )
    item = called_item(items_of(found.meeting.id))
    assert {edit.edit_id for edit in item.edits} == {near, far, proposals.edit_id(row)}
    assert {near, far, row.id} <= excluded_of(member.account_id).ids


def test_ones_desk_counts_nothing_one_is_excluded_from(app) -> None:
    paper = documents.paper()
    hidden, agreed = proposals.change(paper, "jährlich", "monatlich"), proposals.change(paper, "eng", "gut")
    agree(paper, agreed)

    def tasks(actor):
        with app.test_request_context():
            return {task.kind for waiting in waiting_for(actor) for task in waiting.tasks} - {TaskKind.FILE}

    moderator = committees.somebody(paper.lead, "moderator")
    assert tasks(moderator) == {TaskKind.DECIDE, TaskKind.PUBLISH}
    assert tasks(kept_out(paper, moderator, hidden)) == set()  # nor can they publish
