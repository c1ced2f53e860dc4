"""What has become of our proposals in a file that comes back: of each change whether it was taken over, still waits,
reads otherwise or is gone; and what was put in besides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from amendments.exchange.returned.ordered import is_wording
from amendments.exchange.returned.proposing import Found, Wanted, Wish
from amendments.exchange.returned.standing import standing
from amendments.exchange.tracked import names_in
from amendments.text.hunks import Edit
from amendments.text.model import Text
from amendments.text.relations import Grade, Kind, relations


class Fate(StrEnum):
    """What became of a change. OPEN: tracked as it was; ADOPTED: accepted, its words are text now; CHANGED: something
    else stands in its place; DROPPED: nothing of it is there.
    """

    OPEN = "open"
    ADOPTED = "adopted"
    CHANGED = "changed"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Account:
    """Of one proposal: what became of each of its changes, in their order."""

    name: str
    fates: tuple[Fate, ...]

    @property
    def fate(self) -> Fate:
        """Of the whole: CHANGED where its changes fared differently."""
        return self.fates[0] if len(set(self.fates)) == 1 else Fate.CHANGED


@dataclass(frozen=True)
class Accounting:
    """`left`: of each person in the file, in their order there, what they want besides what was filed."""

    accounts: tuple[Account, ...]
    left: tuple[Wanted, ...]

    def names(self, fate: Fate) -> tuple[str, ...]:
        return tuple(each.name for each in self.accounts if each.fate is fate)


def account(base: Text, filed: Mapping[str, Sequence[Edit]], found: Found) -> Accounting:
    """`filed`: by name as the file was written with it, the changes of those proposals on `base` that were put into
    it. Each of these has one fate, and every change in the file is one of them or `left`.
    """
    every = [edit for edits in filed.values() for edit in edits]
    own = [wish for each in found.wanted if not each.tracked for wish in each.wishes]
    adopted = standing(base, _edits(own), every)
    fates = dict.fromkeys(adopted, Fate.ADOPTED)
    left = []
    for wanted in found.wanted:
        still = adopted
        if wanted.tracked:
            waiting = [edit for edit in filed.get(wanted.author, ()) if edit.id not in adopted]
            still = standing(base, _edits(wanted.wishes), waiting)
            fates |= dict.fromkeys(still, Fate.OPEN)
        rest = _without(base, wanted, [edit for edit in every if edit.id in still])
        comments = tuple(each for each in rest.comments if not filed.keys() >= set(names_in(each.author)))  # our own
        left.append(replace(rest, comments=comments))
    for name in _told(found) & filed.keys():
        if not any(edit.id in fates for edit in filed[name]):
            fates |= {edit.id: Fate.OPEN for edit in filed[name]}
    missing = [edit for edit in every if edit.id not in fates]
    changed = _met(base, missing, (wish for each in left for wish in each.wishes))
    accounts = tuple(
        Account(
            name,
            tuple(fates.get(edit.id, Fate.CHANGED if edit.id in changed else Fate.DROPPED) for edit in edits),
        )
        for name, edits in filed.items()
    )
    return Accounting(accounts, tuple(left))


def _told(found: Found) -> set[str]:
    """Whose wordings stand in comments: they wait for a decision."""
    remarks = [*found.said, *(remark for each in found.wanted for remark in each.comments)]
    remarks += [remark for each in found.wanted for wish in each.wishes for remark in (*wish.reasons, *wish.comments)]
    return {name for remark in remarks if is_wording(remark) for name in names_in(remark.author)}


def _edits(wishes: Iterable[Wish]) -> list[Edit]:
    return [Edit(f"wish {rank}", wish.hunks) for rank, wish in enumerate(wishes)]


def _without(base: Text, wanted: Wanted, known: Sequence[Edit]) -> Wanted:
    """Only the wishes that do not stand where what is known was carried out; what others say about those stays said."""
    theirs = _edits(wanted.wishes)
    old = standing(base, known, theirs)
    new = tuple(wish for edit, wish in zip(theirs, wanted.wishes, strict=True) if edit.id not in old)
    about = (
        remark for edit, wish in zip(theirs, wanted.wishes, strict=True) if edit.id in old for remark in wish.comments
    )
    comments = tuple(remark for remark in (*about, *wanted.comments) if not is_wording(remark))
    return replace(wanted, wishes=new, comments=comments)


def _met(base: Text, edits: Sequence[Edit], wishes: Iterable[Wish]) -> set[str]:
    """Those of `edits` in whose place one of `wishes` stands."""
    names = {edit.id for edit in edits}
    others = _edits(wishes)
    return {
        name
        for pair in relations(base, [*edits, *others])
        if pair.kind >= Kind.ORDER or pair.grade is Grade.TOUCH
        for name, other in ((pair.a, pair.b), (pair.b, pair.a))
        if name in names and other not in names
    }
