"""Returned files are kept as read and brought in all at once, or not at all."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import func, select

from amendments.audit.models import Event
from amendments.errors import Conflict, InvalidInput, NotAllowed, NotFound
from amendments.exchange.words import Sentence
from amendments.meetings import excluding
from amendments.proposals import bringing
from amendments.proposals.bringing import KEPT, MOST_COMMENT, MOST_PROPOSALS, Choice, Wished, choice_of
from amendments.proposals.models import Comment, Proposal, ProposalSource, ReturnedFile
from amendments.proposals.queries import comments_of, proposals_on, returned_files
from amendments.proposals.storing import MOST_EDITS, MOST_REASON
from amendments.web import clock
from tests.factories import committees, consultations
from tests.factories import proposals as filing
from tests.factories.documents import paper as make_paper


@pytest.fixture
def paper(session):
    found = make_paper()
    session.commit()
    return found


def kept(paper, name="beirat.docx", *, refusal=None):
    return bringing.keep_file(
        paper.moderator,
        text_id=paper.text.id,
        name=name,
        digest=sha256(name.encode()).hexdigest(),
        content=None if refusal else b"read",
        refusal=refusal,
    )


def wish(paper, row, old="Anfang an", new="klein auf", **given):
    given = {"committee_id": paper.participant.id} | given
    return Wished(row.id, "Anna Beispiel", edits=[filing.words(paper.words, old, new)], **given)


def bring(paper, *wished, rows=None, actor=None):
    shown = {row.id: row.row_version for row in rows or {one.file_id: None for one in wished}}
    return bringing.bring_in(actor or paper.moderator, version_id=paper.version.id, shown=shown, wished=wished)


def test_each_wish_is_a_proposal_with_its_file_its_person_and_one_event(session, paper):
    row = kept(paper)
    before = session.scalar(select(func.count()).select_from(Event))
    first = wish(paper, row, reason="Darum.", comments=["Amt in der Datei: Wirklich?"], changed_at=clock.now())
    made = bring(paper, first, wish(paper, row, "jährlich", "oft", committee_id=None), rows=[row])
    assert [(one.number, one.origin, one.reason, one.author_id) for one in made] == [
        (1, "returned", "Darum.", paper.moderator.account_id),
        (2, "returned", "", paper.moderator.account_id),
    ]
    assert session.scalar(select(func.count()).select_from(Event)) == before + 2
    assert [(entry.author_name, entry.committee) for entry in proposals_on(paper.version.id)] == [
        ("Anna Beispiel", paper.participant),
        ("Anna Beispiel", None),
    ]
    assert [entry.comment.text for entry in comments_of(made[0].id)] == ["Amt in der Datei: Wirklich?"]
    assert session.get(ProposalSource, made[0].id).file == "beirat.docx"
    (left,) = returned_files(paper.text.id)
    assert (left.state, left.numbers, left.content) == ("booked", [1, 2], None)


def test_nothing_is_brought_in_where_one_of_them_cannot_be(session, paper):
    rows = [kept(paper, "a.docx"), kept(paper, "b.docx")]
    session.commit()
    stranger = committees.committee()
    with pytest.raises(NotAllowed):
        bring(paper, wish(paper, rows[0]), wish(paper, rows[1], committee_id=stranger.id), rows=rows)
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Proposal)) == 0
    assert {row.state for row in returned_files(paper.text.id)} == {"read"}


def test_a_file_that_was_brought_in_or_sorted_meanwhile_is_refused(session, paper):
    row = kept(paper)
    seen = row.row_version
    bringing.sort_file(paper.moderator, text_id=paper.text.id, file_id=row.id, answers={3: "x", 4: ""})
    assert row.answers == {"3": "x", "4": ""}
    with pytest.raises(Conflict, match="inzwischen"):
        bringing.bring_in(paper.moderator, version_id=paper.version.id, shown={row.id: seen}, wished=[wish(paper, row)])
    bring(paper, wish(paper, row), rows=[row])
    with pytest.raises(Conflict, match=r"beirat\.docx"):
        bring(paper, wish(paper, row), rows=[row])
    with pytest.raises(Conflict):
        bringing.sort_file(paper.moderator, text_id=paper.text.id, file_id=row.id, answers={})


def test_the_same_file_is_kept_once_and_a_refused_one_can_come_again(paper):
    assert kept(paper) is not None
    assert kept(paper) is None
    refused = kept(paper, "kaputt.docx", refusal=Sentence("Die Datei ist beschädigt."))
    assert refused.state == "refused"
    assert kept(paper, "kaputt.docx").state == "read"
    assert len(returned_files(paper.text.id)) == 2


def test_what_is_out_of_date_goes(session, paper):
    old = kept(paper, "alt.docx")
    old.created_at = clock.now() - KEPT - timedelta(hours=1)
    session.flush()
    kept(paper, "neu.docx")
    assert [row.name for row in returned_files(paper.text.id)] == ["neu.docx"]


def test_what_somebody_says_at_length_is_kept_whole(session, paper):
    row = kept(paper)
    long = " ".join(f"Satz{number}" for number in range(1_600))
    assert len(long) > MOST_REASON
    (made,) = bring(paper, wish(paper, row, reason=long, comments=[long, "x" * 6_000]), rows=[row])
    said = [entry.comment.text for entry in comments_of(made.id)]
    assert all(len(text) <= MOST_COMMENT for text in said)
    assert f"{made.reason} {said[0]}" == long
    assert " ".join(said[1:-2]) == long
    assert "".join(said[-2:]) == "x" * 6_000


def test_who_wants_too_much_is_named(paper):
    row = kept(paper)
    much = replace(wish(paper, row), edits=[filing.words(paper.words, "Anfang an", "klein auf")] * (MOST_EDITS + 1))
    with pytest.raises(InvalidInput, match=r"Was „Anna Beispiel“ in „beirat\.docx“ möchte"):
        bring(paper, much, rows=[row])


def choice(paper, name="Anna", committee=None, **given):
    return Choice(name, str((committee or paper.participant).id), **given)


def chosen(paper, *rows, seen=None, actor=None, **given):
    shown = {row.id: seen or row.row_version for row in rows}
    people = {row.id: {0: choice(paper, **given)} for row in rows}
    return bringing.choose(actor or paper.moderator, text_id=paper.text.id, shown=shown, chosen=people)


def events(session):
    return session.scalar(select(func.count()).select_from(Event))


def test_what_was_chosen_is_kept_with_one_event_and_nothing_is_written_twice(session, paper):
    rows = [kept(paper), kept(paper, "b.docx")]
    before = events(session)
    assert chosen(paper, *rows, each=True, take=False) == (tuple(rows), ())
    assert events(session) == before + 1
    assert choice_of(rows[0], 0, "Anna") == choice(paper, each=True, take=False)
    assert choice_of(rows[0], 0, "Berta") is None
    assert choice_of(rows[0], 1, "Anna") is None
    assert chosen(paper, *rows, each=True, take=False) == ((), ())
    assert events(session) == before + 1


def test_what_somebody_else_has_chosen_is_not_overwritten_unseen(session, paper):
    one, other = kept(paper), kept(paper, "b.docx")
    seen = one.row_version
    chosen(paper, one)
    assert bringing.choose(
        paper.moderator,
        text_id=paper.text.id,
        shown={one.id: seen, other.id: other.row_version},
        chosen={row.id: {0: choice(paper, take=False)} for row in (one, other)},
    ) == ((other,), (one,))
    assert choice_of(one, 0, "Anna").take
    assert chosen(paper, one, seen=seen) == ((), ())
    with pytest.raises(Conflict, match="inzwischen"):
        bringing.bring_in(paper.moderator, version_id=paper.version.id, shown={one.id: seen}, wished=[wish(paper, one)])


def test_nothing_is_chosen_for_strangers_by_strangers_or_of_what_is_gone(session, paper):
    row, gone, elsewhere = kept(paper), kept(paper, "b.docx"), kept(make_paper())
    bring(paper, wish(paper, gone), rows=[gone])
    assert chosen(paper, gone, elsewhere) == ((), ())
    with pytest.raises(NotAllowed):
        chosen(paper, row, committee=committees.committee())
    with pytest.raises(NotAllowed):
        chosen(paper, row, actor=paper.member)
    chosen(paper, row)
    consultations.closed(paper)
    with pytest.raises(NotAllowed):
        chosen(paper, row, take=False)


def test_what_was_chosen_goes_with_what_was_read(session, paper):
    row = kept(paper)
    chosen(paper, row)
    bring(paper, wish(paper, row), rows=[row])
    assert row.choices == {}


def test_a_file_of_another_text_is_not_there(paper):
    other = make_paper()
    row = kept(other)
    for refused in (
        lambda: bringing.drop_file(paper.moderator, text_id=paper.text.id, file_id=row.id),
        lambda: bringing.sort_file(paper.moderator, text_id=paper.text.id, file_id=row.id, answers={}),
        lambda: bring(paper, wish(paper, row), rows=[row]),
    ):
        with pytest.raises(NotFound):
            refused()


def test_only_the_moderation_brings_in_and_only_while_the_document_is_open(session, paper):
    row = kept(paper)
    with pytest.raises(NotAllowed):
        bring(paper, wish(paper, row), rows=[row], actor=paper.member)
    consultations.closed(paper)
    with pytest.raises((NotAllowed, Conflict)):
        bring(paper, wish(paper, row), rows=[row])


def test_who_is_excluded_brings_in_nothing_about_the_same_words(session, paper):
    row = kept(paper)
    about = filing.change(paper, "von Anfang an", "früh")
    moderator = committees.somebody(paper.lead, "moderator")
    excluding.exclude(
        paper.moderator,
        document_id=paper.document.id,
        account_id=moderator.account_id,
        scope="edits",
        text_id=paper.text.id,
        edit_ids=[filing.edit_id(about)],
    )
    from amendments.people.queries import actor_for

    for seat in moderator.seats:
        committees.membership(paper.lead, moderator.account_id, seat.role)
    with pytest.raises((NotAllowed, NotFound)):
        bring(paper, wish(paper, row), rows=[row], actor=actor_for(moderator.account_id))


def test_nothing_and_too_much_are_said(paper):
    row = kept(paper)
    with pytest.raises(InvalidInput, match="mindestens einen"):
        bringing.bring_in(paper.moderator, version_id=paper.version.id, shown={}, wished=[])
    with pytest.raises(InvalidInput, match="200"):
        bring(paper, *[wish(paper, row)] * (MOST_PROPOSALS + 1), rows=[row])


def test_dropping_leaves_what_it_became(session, paper):
    row = kept(paper)
    bring(paper, wish(paper, row, comments=["Gut."]), rows=[row])
    bringing.drop_file(paper.moderator, text_id=paper.text.id, file_id=row.id)
    assert session.scalar(select(func.count()).select_from(ReturnedFile)) == 0
    assert session.scalar(select(func.count()).select_from(Proposal)) == 1
    assert session.scalar(select(func.count()).select_from(Comment)) == 1
