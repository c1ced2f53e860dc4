import pytest
from sqlalchemy import select

from amendments import text as engine
from amendments.audit.models import Event
from amendments.consensus import queries, services
from amendments.consensus.models import VersionStep
from amendments.consensus.rules import StepOrigin, View
from amendments.decisions import services as decisions
from amendments.decisions.queries import standing_on as decisions_of
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.documents import transfer
from amendments.documents.models import Version
from amendments.documents.queries import current_version, load_text, memory
from amendments.documents.services import NewText
from amendments.errors import Conflict, InvalidInput, NotAllowed, NotFound
from amendments.exchange.literal import read_literal
from amendments.extensions import db
from amendments.proposals.models import CarryOver
from amendments.proposals.queries import edits_on, handed_back, history_of, wording_base
from amendments.web.actor import ROLES
from tests.factories import committees, documents, people, proposals

pytestmark = pytest.mark.usefixtures("session")


def agree(paper, *made, **given):
    version = current_version(paper.text.id)
    verdicts = (
        [Verdict(proposals.edit_id(proposal), Outcome.AGREED, rank=rank) for rank, proposal in enumerate(made)]
        if given.get("ordered")
        else [Verdict(proposals.edit_id(proposal), Outcome.AGREED) for proposal in made]
    )
    decisions.decide_edits(paper.moderator, version_id=version.id, verdicts=verdicts)


def publish(paper, actor=None, **given) -> Version:
    version = current_version(paper.text.id)
    expected = given.pop("expected_hash", None) or queries.preview(version.id).hash
    return services.publish(
        actor or paper.moderator, text_id=paper.text.id, base_version_id=version.id, expected_hash=expected, **given
    )


def words_of(version: Version) -> list[str]:
    memory.clear()
    return [paragraph.text for paragraph in load_text(version)]


def test_the_next_version_has_what_was_agreed_and_nothing_else() -> None:
    paper = documents.paper("Eins.", "Zwei.", "Drei.")
    agreed, rejected, undecided = (
        proposals.change(paper, old, new) for old, new in (("Eins", "Uno"), ("Zwei", "Due"), ("Drei", "Tre"))
    )
    agree(paper, agreed)
    decisions.decide_edits(
        paper.moderator, version_id=paper.version.id, verdicts=[Verdict(proposals.edit_id(rejected), Outcome.REJECTED)]
    )
    version = publish(paper, note="Stand der Sitzung", label="Konsens")
    assert words_of(version) == ["Uno.", "Zwei.", "Drei."]
    assert (version.number, version.parent_id, version.note, version.label) == (
        2,
        paper.version.id,
        "Stand der Sitzung",
        "Konsens",
    )
    assert {edit.proposal_id for edit in edits_on(version.id)} == {undecided.id}


def test_paragraphs_keep_their_identity() -> None:
    paper = documents.paper("Eins.", "Zwei.")
    agree(
        paper, proposals.change(paper, "Eins", "Uno"), proposals.filed(paper, proposals.insert(paper.words, 0, "Neu."))
    )
    text = load_text(publish(paper))
    assert [text[0].identity, text[2].identity] == [paragraph.identity for paragraph in paper.words]


def test_steps_name_the_edit_of_every_change() -> None:
    paper = documents.paper("Eins.", "Zwei.", "Drei.")
    proposal = proposals.change(paper, "Eins", "Uno")
    agree(paper, proposal)
    editorial = decisions.editorial_change(
        paper.moderator, version_id=paper.version.id, edits=[proposals.words(paper.words, "Zwei", "Zwo")]
    )
    version = publish(paper)
    steps = db.session.scalars(select(VersionStep).where(VersionStep.version_id == version.id)).all()
    assert {(step.edit_id, step.origin) for step in steps} == {
        (proposals.edit_id(proposal), "proposal"),
        (proposals.edit_id(editorial), "editorial"),
    }


def test_a_decided_order_is_kept_in_the_text_and_when_read_again() -> None:
    paper = documents.paper("Eins.", "Zwei.")
    one, two, three = (proposals.filed(paper, proposals.insert(paper.words, 0, text)) for text in ("A.", "B.", "C."))
    agree(paper, three, one, two, ordered=True)
    version = publish(paper)
    assert words_of(version) == ["Eins.", "C.", "A.", "B.", "Zwei."]
    redline = queries.redline_between(paper.version.id, version.id).redline
    assert [p.text for p in redline.accept()] == words_of(version)


# --- refusals


def test_a_preview_that_is_out_of_date_is_refused_with_both_hashes() -> None:
    paper = documents.paper("Eins.", "Zwei.")
    agree(paper, proposals.change(paper, "Eins", "Uno"))
    seen = queries.preview(paper.version.id).hash
    agree(paper, proposals.change(paper, "Zwei", "Due"))
    with pytest.raises(Conflict) as refused:
        publish(paper, expected_hash=seen)
    assert refused.value.details == {"sent": seen, "standing": queries.preview(paper.version.id).hash}


def test_publishing_without_an_agreed_edit_is_refused() -> None:
    paper = documents.paper()
    proposals.change(paper, "jährlich", "oft")
    with pytest.raises(InvalidInput):
        publish(paper)


def test_an_older_version_is_not_published_from() -> None:
    paper = documents.paper("Eins.", "Zwei.")
    agree(paper, proposals.change(paper, "Eins", "Uno"))
    publish(paper)
    with pytest.raises(Conflict):
        services.publish(paper.moderator, text_id=paper.text.id, base_version_id=paper.version.id, expected_hash="x")


def test_a_version_of_another_text_is_not_found() -> None:
    paper, other = documents.paper(), documents.paper()
    with pytest.raises(NotFound):
        services.publish(paper.moderator, text_id=paper.text.id, base_version_id=other.version.id, expected_hash="x")


@pytest.mark.parametrize("role", [role for role in ROLES if role != "moderator"])
def test_no_other_role_publishes(role: str) -> None:
    paper = documents.paper()
    agree(paper, proposals.change(paper, "jährlich", "oft"))
    with pytest.raises(NotAllowed):
        publish(paper, committees.somebody(paper.lead, role))


def test_an_administrator_does_not_publish() -> None:
    paper = documents.paper()
    agree(paper, proposals.change(paper, "jährlich", "oft"))
    with pytest.raises(NotAllowed):
        publish(paper, people.actor(is_admin=True))


@pytest.mark.parametrize(("given", "field"), [({"note": "x" * 2001}, "note"), ({"label": "x" * 201}, "label")])
def test_too_long_words_are_refused(given, field: str) -> None:
    paper = documents.paper()
    agree(paper, proposals.change(paper, "jährlich", "oft"))
    with pytest.raises(InvalidInput) as refused:
        publish(paper, **given)
    assert refused.value.field == field


def test_filing_on_the_version_before_is_refused_with_both_numbers() -> None:
    paper = documents.paper()
    agree(paper, proposals.change(paper, "jährlich", "oft"))
    publish(paper)
    with pytest.raises(Conflict) as refused:
        proposals.filed(paper, proposals.strike(paper.words, 0), version=paper.version)
    assert (refused.value.details["number"], refused.value.details["filed_on"]) == (2, 1)
    assert "Fassung 2" in refused.value.message


def test_deciding_on_the_version_before_is_refused() -> None:
    paper = documents.paper("Eins.", "Zwei.")
    undecided = proposals.change(paper, "Zwei", "Due")
    agree(paper, proposals.change(paper, "Eins", "Uno"))
    publish(paper)
    with pytest.raises(Conflict):
        decisions.decide_edits(
            paper.moderator,
            version_id=paper.version.id,
            verdicts=[Verdict(proposals.edit_id(undecided), Outcome.AGREED)],
        )


# --- carry-over


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


# --- amendments to an amendment


def family():
    paper = documents.paper("Der Beirat berichtet jährlich über seine Arbeit.", "Zwei.")
    parent = proposals.change(paper, "jährlich", "alle zwei Jahre")
    return paper, parent, proposals.change(paper, "zwei", "drei", parent_id=parent.id)


def test_parent_and_child_agreed_together_come_in_two_steps_of_one_publication() -> None:
    paper, parent, child = family()
    agree(paper, parent, child, proposals.change(paper, "Arbeit", "Tätigkeit"))
    version = publish(paper)
    assert words_of(version)[0] == "Der Beirat berichtet alle drei Jahre über seine Tätigkeit."
    assert version.number == 2
    parent_version = db.session.get(Version, version.parent_id)
    assert (parent_version.role, parent_version.number, parent_version.parent_id) == (
        "snapshot",
        None,
        paper.version.id,
    )
    found = queries.redline_between(paper.version.id, version.id)
    assert [p.text for p in found.redline.accept()] == words_of(version)
    assert {source.proposal.number for source in found.sources.values()} == {1, 2, 3}


def test_a_child_of_an_adopted_parent_is_carried_over_like_any_other() -> None:
    paper, parent, child = family()
    agree(paper, parent)
    version = publish(paper)
    (live,) = edits_on(version.id)
    assert (live.proposal_id, live.parent_id, live.carried) == (child.id, None, True)
    agree(paper, child)
    assert words_of(publish(paper))[0] == "Der Beirat berichtet alle drei Jahre über seine Arbeit."


def test_a_child_of_a_rejected_parent_is_void() -> None:
    paper, parent, child = family()
    agree(paper, proposals.change(paper, "Zwei.", "2."))
    decisions.decide_edits(
        paper.moderator, version_id=paper.version.id, verdicts=[Verdict(proposals.edit_id(parent), Outcome.REJECTED)]
    )
    publish(paper)
    assert child.state == "void"


def test_a_child_of_an_open_parent_stays_its_child() -> None:
    paper, parent, child = family()
    agree(paper, proposals.change(paper, "Zwei.", "2."), proposals.change(paper, "Arbeit", "Tätigkeit"))
    version = publish(paper)
    live = {edit.proposal_id: edit for edit in edits_on(version.id)}
    assert live[child.id].parent_id == parent.id
    wording = wording_base(version.id, parent.id)
    assert (
        engine.apply(wording, [live[child.id].edit])[0].text
        == "Der Beirat berichtet alle drei Jahre über seine Tätigkeit."
    )


def test_a_child_agreed_alone_waits_for_its_parent() -> None:
    paper, _, child = family()
    agree(paper, child)
    shown = queries.consensus_text(paper.version.id, View.AGREED)
    assert (shown.hash, shown.waiting) == (paper.version.hash, (proposals.edit_id(child),))


def test_a_child_agreed_alone_is_not_lost_when_something_else_is_published() -> None:
    paper, parent, child = family()
    agree(paper, child, proposals.change(paper, "Zwei.", "2."))
    version = publish(paper)
    assert {edit.proposal_id for edit in edits_on(version.id)} == {parent.id, child.id}
    agree(paper, parent)
    assert words_of(publish(paper))[0] == "Der Beirat berichtet alle drei Jahre über seine Arbeit."


# --- import


def literal(data: bytes):
    return read_literal(data, "md")


def imported_paper(data: bytes):
    found = literal(data)
    return documents.paper(texts=[NewText("annex", "Entwurf", found.contents, literal=True, layout=found.layout)])


def import_file(paper, data: bytes, actor=None, **given) -> Version:
    found, version = literal(data), current_version(paper.text.id)
    return services.publish_import(
        actor or paper.moderator,
        text_id=paper.text.id,
        base_version_id=version.id,
        contents=found.contents,
        layout=found.layout,
        **given,
    )


FIRST = b"# Titel\n\nEin Absatz.\n\nNoch einer.\n"
SECOND = b"\xef\xbb\xbf# Titel\r\n\r\nEin neuer Absatz davor.\r\n\r\n\r\nEin Absatz, erweitert.\r\n\r\nNoch einer."


def test_each_version_is_written_back_as_its_own_file() -> None:
    paper = imported_paper(FIRST)
    version = import_file(paper, SECOND)
    memory.clear()
    assert (transfer.export_literal(paper.version), transfer.export_literal(version)) == (FIRST, SECOND)


def test_an_import_is_a_version_whose_changes_name_it() -> None:
    paper = imported_paper(FIRST)
    version = import_file(paper, SECOND, note="Vom Amt")
    found = queries.redline_between(paper.version.id, version.id)
    assert [p.text for p in found.redline.accept()] == words_of(version)
    (source,) = found.sources.values()
    assert (source.origin, source.version, version.number, version.note) == (StepOrigin.IMPORT, version, 2, "Vom Amt")


def test_open_and_agreed_edits_are_carried_over_an_import() -> None:
    paper = imported_paper(FIRST)
    undecided, agreed = proposals.change(paper, "Noch", "Auch noch"), proposals.change(paper, "Titel", "Überschrift")
    agree(paper, agreed)
    version = import_file(paper, SECOND)
    assert {edit.proposal_id for edit in edits_on(version.id)} == {undecided.id, agreed.id}
    text = [p.text for p in queries.consensus_text(version.id, View.AGREED).text]
    assert text == ["# Überschrift", "Ein neuer Absatz davor.", "Ein Absatz, erweitert.", "Noch einer."]


def test_a_wish_that_the_file_has_fulfilled_is_handed_back_as_adopted() -> None:
    paper = imported_paper(FIRST)
    proposals.change(paper, "Ein Absatz.", "Ein Absatz, erweitert.")
    version = import_file(paper, SECOND)
    assert [item.outcome for item in handed_back(version.id)] == ["already_adopted"]


def test_the_same_file_again_is_no_new_version() -> None:
    paper = imported_paper(FIRST)
    with pytest.raises(InvalidInput):
        import_file(paper, FIRST)


def test_an_empty_file_is_no_new_version() -> None:
    paper = imported_paper(FIRST)
    with pytest.raises(InvalidInput):
        services.publish_import(paper.moderator, text_id=paper.text.id, base_version_id=paper.version.id, contents=[])


@pytest.mark.parametrize("role", [role for role in ROLES if role != "moderator"])
def test_no_other_role_imports_a_version(role: str) -> None:
    paper = imported_paper(FIRST)
    with pytest.raises(NotAllowed):
        import_file(paper, SECOND, committees.somebody(paper.lead, role))


# --- the record and the origin of words


def test_publishing_and_importing_are_recorded_once_each() -> None:
    paper = imported_paper(FIRST)
    agree(paper, proposals.change(paper, "Noch", "Auch noch"))
    publish(paper)
    import_file(paper, SECOND)
    names = db.session.scalars(select(Event.name).where(Event.name.like("version:%")).order_by(Event.seq)).all()
    assert names == ["version:published", "version:imported"]


def test_a_proposals_history_ends_in_the_version_it_came_into() -> None:
    paper = documents.paper("Eins.", "Zwei.")
    agreed, undecided = proposals.change(paper, "Eins", "Uno"), proposals.change(paper, "Zwei", "Due")
    agree(paper, agreed)
    publish(paper)
    names = [[entry.name for entry in history_of(proposal.id)] for proposal in (agreed, undecided)]
    assert names == [["proposal:filed", "decision:made", "version:published"], ["proposal:filed", "version:published"]]


def test_the_origin_of_words_reaches_across_versions() -> None:
    paper = documents.paper("Eins zwei drei.", "Vier.")
    for old, new in (("zwei", "2"), ("drei", "3"), ("Vier", "4")):
        agree(paper, proposals.change(paper, old, new, reason=f"wegen {old}", committee_id=paper.participant.id))
        version = publish(paper)
    found = queries.redline_between(paper.version.id, version.id)
    told = {}
    for node in found.redline.nodes:
        for run in node.runs:
            if run.op is engine.Op.INSERT:
                (source,) = [found.sources[name] for name in run.by]
                told[run.rich.text] = (
                    source.proposal.number,
                    source.proposal.reason,
                    source.committee,
                    source.decision.outcome,
                    source.version.number,
                )
    assert told == {
        "2": (1, "wegen zwei", paper.participant, "agreed", 2),
        "3": (2, "wegen drei", paper.participant, "agreed", 3),
        "4": (3, "wegen Vier", paper.participant, "agreed", 4),
    }


def test_two_texts_have_no_redline_between_them() -> None:
    one, other = documents.paper(), documents.paper()
    with pytest.raises(NotFound):
        queries.redline_between(one.version.id, other.version.id)


def test_a_redline_takes_as_many_statements_over_four_versions_as_over_one(count_queries) -> None:
    paper = documents.paper(*[f"Absatz {n}." for n in range(6)])

    def statements(version: Version) -> int:
        db.session.expunge_all()
        memory.clear()
        with count_queries() as sent:
            queries.redline_between(paper.version.id, version.id)
        return len(sent)

    counted = []
    for number in range(4):
        agree(
            paper,
            proposals.change(paper, f"Absatz {number}", f"Punkt {number}"),
            proposals.change(paper, f"{number}.", f"{number}!"),
        )
        counted.append(statements(publish(paper)))
    assert len(set(counted)) == 1


def test_the_same_wish_of_two_keeps_both_names_when_one_is_agreed() -> None:
    paper = documents.paper("Eins.", "Zwei.")
    first, second = (proposals.change(paper, "Eins", "Uno") for _ in range(2))
    agree(paper, second)
    version = publish(paper)
    shown = queries.redline_between(paper.version.id, version.id)
    names = {name for node in shown.redline.nodes for run in node.runs for name in run.by}
    assert {shown.sources[name].proposal.id for name in names} == {first.id, second.id}


def test_the_same_wish_goes_when_its_decision_is_reopened() -> None:
    paper = documents.paper("Eins.", "Zwei.")
    _, second = (proposals.change(paper, "Eins", "Uno") for _ in range(2))
    agree(paper, second)
    standing = decisions_of([proposals.edit_id(second)])[proposals.edit_id(second)]
    decisions.reopen(
        paper.moderator,
        version_id=paper.version.id,
        edit_id=proposals.edit_id(second),
        reason="Noch einmal beraten.",
        expected=standing.id,
    )
    assert queries.consensus_text(paper.version.id, View.AGREED).hash == paper.version.hash
