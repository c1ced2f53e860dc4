"""The door of the permission map: pages ask `may`, services `require`, every route carries a declaration.

Pure: rules of the rooms import it. Sentences are message ids; the page that shows them translates.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from amendments.errors import NotAllowed, NotFound, SignInRequired
from amendments.web.actor import Actor


class Action(str):
    """Name of something one may do, such as `Action("proposal.file")`; a type of its own, no predicate."""

    __slots__ = ()


Predicate = Callable[[Actor, Any], bool]
Alternative = tuple[Predicate, ...]
PermissionMap = Mapping[Action, tuple[Alternative, ...]]

View = TypeVar("View", bound=Callable[..., Any])

NOT_FOUND = "Das gibt es hier nicht, oder es ist nicht für Sie bestimmt."
SIGN_IN = "Bitte melden Sie sich an."
NOT_ALLOWED = "Dazu sind Sie nicht berechtigt."


@dataclass(frozen=True)
class Allowed:
    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class Refused:
    reason: str

    def __bool__(self) -> bool:
        return False


@dataclass(frozen=True)
class Veto:
    """What keeps somebody from every action on a thing, whatever they may do else, and the sentence that says so."""

    applies: Predicate
    sentence: str


@dataclass(frozen=True)
class Declaration:
    """What a route says about its access: an action, or the reason why everybody may call it."""

    action: Action | None
    reason: str = ""


_permissions: dict[Action, tuple[Alternative, ...]] = {}
_sight: dict[Action, Action] = {}
_sentences: dict[Predicate, str] = {}
_vetoes: list[Veto] = []
_despite: set[Action] = set()


def register(
    permissions: PermissionMap, *, see: Action | None = None, veto: Veto | None = None, despite: Collection[Action] = ()
) -> None:
    """Enter a room's map. `see` is the action that decides whether somebody may know that the thing exists at all.

    `veto` stands against the actions of every room but those that a room names in `despite`, whose own alternatives say
    what it means for them.
    """
    for action, alternatives in permissions.items():
        if _permissions.get(action, alternatives) != alternatives:
            raise ValueError(f"action {action} is registered twice")
        _permissions[action] = alternatives
        if see is not None:
            _sight[action] = see
    _despite.update(despite)
    if veto is not None and veto not in _vetoes:
        _vetoes.append(veto)


def because(sentence: str) -> Callable[[Predicate], Predicate]:
    """Mark a predicate about the state of a thing: its sentence is told where nothing else is in somebody's way."""

    def mark(predicate: Predicate) -> Predicate:
        _sentences[predicate] = sentence
        return predicate

    return mark


def registered() -> PermissionMap:
    return dict(_permissions)


def _holds(actor: Actor, action: Action, thing: object) -> bool:
    return _obstacle(actor, action, thing) is None


def _obstacle(actor: Actor, action: Action, thing: object) -> str | None:
    """None where the map allows it; else the sentence of what alone is in the way, or nothing."""
    kept_out = None if action in _despite else _kept_out(actor, thing)
    if kept_out is not None:
        return kept_out
    told = ""
    for alternative in _permissions[action]:
        if not all(predicate(actor, thing) for predicate in alternative if predicate not in _sentences):
            continue
        missing = [_sentences[each] for each in alternative if each in _sentences and not each(actor, thing)]
        if not missing:
            return None
        told = told or missing[0]
    return told


def _kept_out(actor: Actor, thing: object) -> str | None:
    return next((veto.sentence for veto in _vetoes if veto.applies(actor, thing)), None)


def not_found(actor: Actor, thing: object) -> NotFound:
    """The refusal that does not say whether there is such a thing; who was told to keep out of it hears why again."""
    return NotFound(_kept_out(actor, thing) or NOT_FOUND)


def _reason(actor: Actor, thing: object) -> str:
    return _kept_out(actor, thing) or (NOT_ALLOWED if actor.signed_in else SIGN_IN)


def may(actor: Actor, action: Action, thing: object = None) -> Allowed | Refused:
    """The map's answer; an action nobody registered is a KeyError, not a "no"."""
    told = _obstacle(actor, action, thing)
    if told is None:
        return Allowed()
    return Refused(told or _reason(actor, thing))


def require(actor: Actor, action: Action, thing: object = None) -> None:
    """Raise unless the map allows it: NotFound for an invisible thing, SignInRequired for guests, else NotAllowed."""
    told = _obstacle(actor, action, thing)
    if told is None:
        return
    see = _sight.get(action)
    if see is not None and thing is not None and not _holds(actor, see, thing):
        raise not_found(actor, thing)
    if not actor.signed_in:
        raise SignInRequired(SIGN_IN)
    raise NotAllowed(told or _reason(actor, thing), details={"action": str(action)})


def require_free(actor: Actor, thing: object) -> None:
    """Raise for whoever is kept out of it: for a part of what an action that was asked about is about."""
    sentence = _kept_out(actor, thing)
    if sentence is not None:
        raise NotAllowed(sentence)


def signed_in(actor: Actor, _thing: object) -> bool:
    return actor.signed_in


def administrator(actor: Actor, _thing: object) -> bool:
    return actor.is_admin


def declare(action: Action) -> Callable[[View], View]:
    """Mark a view with the action it stands for. The check itself is made where the thing is loaded."""

    def mark(view: View) -> View:
        view.__access__ = Declaration(action)  # type: ignore[attr-defined]
        return view

    return mark


def public(reason: str) -> Callable[[View], View]:
    """Mark a view as open to everybody, and say why."""

    def mark(view: View) -> View:
        view.__access__ = Declaration(None, reason)  # type: ignore[attr-defined]
        return view

    return mark
