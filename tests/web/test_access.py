"""The door of the permission map."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from amendments.errors import NotAllowed, NotFound, SignInRequired
from amendments.web import access
from amendments.web.access import Action, Allowed, Refused
from amendments.web.actor import GUEST, Actor, Seat

COMMITTEE = uuid4()
SEE, FILE = Action("paper.see"), Action("paper.file")


@dataclass
class Paper:
    committee_id: UUID
    secret: bool


def visible(actor, paper):
    return not paper.secret or actor.sits_on(paper.committee_id)


def sits(actor, paper):
    return actor.sits_on(paper.committee_id)


access.register({SEE: ((visible,),), FILE: ((access.signed_in, sits), (access.administrator,))}, see=SEE)

MEMBER = Actor(uuid4(), "M", seats=frozenset({Seat(COMMITTEE, "member")}))
STRANGER = Actor(uuid4(), "S")
ADMIN = Actor(uuid4(), "A", is_admin=True)
OPEN, SECRET = Paper(COMMITTEE, secret=False), Paper(COMMITTEE, secret=True)


@pytest.fixture
def interest(monkeypatch):
    """A veto against whoever is called so, but for reading."""
    monkeypatch.setattr(
        access, "_vetoes", [access.Veto(lambda actor, paper: actor.name == "V" and bool(paper), "Nein")]
    )
    monkeypatch.setattr(access, "_despite", {SEE})


@pytest.mark.usefixtures("interest")
def test_a_veto_stands_against_every_right_and_gives_its_reason():
    biased = Actor(uuid4(), "V", is_admin=True, seats=MEMBER.seats)
    assert access.may(MEMBER, FILE, OPEN)
    refused = access.may(biased, FILE, OPEN)
    assert not refused
    assert refused.reason == "Nein"
    with pytest.raises(NotAllowed, match="Nein"):
        access.require(biased, FILE, OPEN)
    with pytest.raises(NotAllowed, match="Nein"):
        access.require_free(biased, OPEN)
    assert access.require_free(MEMBER, OPEN) is None
    assert access.may(biased, SEE, OPEN)
    assert access.not_found(biased, SECRET).message == "Nein"
    assert access.not_found(MEMBER, SECRET).message == access.NOT_FOUND


@pytest.mark.parametrize(
    ("actor", "paper", "raised"),
    [
        (MEMBER, OPEN, None),
        (MEMBER, SECRET, None),
        (ADMIN, OPEN, None),
        (STRANGER, OPEN, NotAllowed),
        (STRANGER, SECRET, NotFound),
        (GUEST, OPEN, SignInRequired),
        (GUEST, SECRET, NotFound),
    ],
    ids=[
        "sits there",
        "sees secrets",
        "second alternative",
        "may not",
        "may not know",
        "nobody",
        "nobody may not know",
    ],
)
def test_require_raises_what_the_person_may_know(actor, paper, raised):
    if raised is None:
        access.require(actor, FILE, paper)
        assert access.may(actor, FILE, paper) == Allowed()
    else:
        with pytest.raises(raised):
            access.require(actor, FILE, paper)
        assert not access.may(actor, FILE, paper)
        assert isinstance(access.may(actor, FILE, paper), Refused)


def test_an_invisible_thing_is_not_there():
    with pytest.raises(NotFound):
        access.require(STRANGER, SEE, SECRET)


def test_an_unknown_action_is_a_bug():
    with pytest.raises(KeyError):
        access.may(MEMBER, Action("paper.eat"), OPEN)


def test_an_action_has_one_meaning():
    with pytest.raises(ValueError, match="twice"):
        access.register({FILE: ((access.administrator,),)})


def test_seats_answer_for_roles():
    assert MEMBER.has_role(COMMITTEE, "member", "chair")
    assert not MEMBER.has_role(COMMITTEE, "chair")
    assert not MEMBER.has_role(uuid4(), "member")
    assert MEMBER.committees == {COMMITTEE}
    assert not MEMBER.sits_on(None)


@access.because("Das ist abgeschlossen.")
def unfinished(_actor, paper):
    return not paper.secret


END = Action("paper.end")
access.register({END: ((sits, unfinished), (access.administrator, unfinished))}, see=None)


@pytest.mark.parametrize(
    ("actor", "paper", "told"),
    [
        (MEMBER, OPEN, None),
        (MEMBER, SECRET, "Das ist abgeschlossen."),
        (ADMIN, SECRET, "Das ist abgeschlossen."),
        (STRANGER, SECRET, access.NOT_ALLOWED),
        (STRANGER, OPEN, access.NOT_ALLOWED),
        (GUEST, SECRET, access.SIGN_IN),
    ],
)
def test_what_alone_is_in_the_way_is_told(actor, paper, told):
    """A state of the thing is named to those who could otherwise do it, and to nobody else."""
    answer = access.may(actor, END, paper)
    assert (answer.reason if not answer else None) == told
    if told is not None and actor.signed_in:
        with pytest.raises(NotAllowed) as refused:
            access.require(actor, END, paper)
        assert refused.value.message == told
