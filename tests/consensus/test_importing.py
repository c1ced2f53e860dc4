"""A file becomes the next version."""

import pytest
from sqlalchemy import select

from amendments.audit.models import Event
from amendments.consensus import queries, services
from amendments.consensus.rules import StepOrigin, View
from amendments.documents import transfer
from amendments.documents.models import Version
from amendments.documents.queries import current_version, memory
from amendments.documents.services import NewText
from amendments.errors import InvalidInput, NotAllowed
from amendments.exchange.literal import read_literal
from amendments.extensions import db
from amendments.proposals.queries import edits_on, handed_back
from amendments.web.actor import ROLES
from tests.consensus.publishing import agree, publish, words_of
from tests.factories import committees, documents, proposals

pytestmark = pytest.mark.usefixtures("session")


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


def test_publishing_and_importing_are_recorded_once_each() -> None:
    paper = imported_paper(FIRST)
    agree(paper, proposals.change(paper, "Noch", "Auch noch"))
    publish(paper)
    import_file(paper, SECOND)
    names = db.session.scalars(select(Event.name).where(Event.name.like("version:%")).order_by(Event.seq)).all()
    assert names == ["version:published", "version:imported"]


def test_an_old_paragraph_cannot_be_two_new_ones() -> None:
    paper = imported_paper(FIRST)
    one = paper.words[1].identity
    with pytest.raises(InvalidInput):
        import_file(paper, SECOND, answers={1: one, 2: one})
