"""Returned files: what each of them wants, what is to be known about it, and what is brought in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from amendments.committees.models import Committee
from amendments.committees.queries import committees_by_id
from amendments.decisions.forms import ident
from amendments.documents.models import Version
from amendments.documents.queries import load_text
from amendments.errors import Conflict, InvalidInput, NotFound
from amendments.exchange.remarks import Remark
from amendments.exchange.returned import Fate, Found, Wanted, account, proposals_of
from amendments.exchange.words import N_, Sentence
from amendments.proposals.bringing import NOBODY, Choice, Wished, choice_of
from amendments.proposals.models import ReturnedFile
from amendments.proposals.queries import ProposalOn, proposals_on, returned_files
from amendments.proposals.rules import FileState, label
from amendments.text import Edit, Hunk, RelationKind, Replace, Retype, Text, relations
from amendments.web.access import NOT_FOUND
from amendments.web.actor import Actor
from amendments.web.reading import Stretch
from amendments.workplaces.comparing_files import Compared, answers_to, compared
from amendments.workplaces.downloads.papers import called
from amendments.workplaces.guessing import guessed_committee
from amendments.workplaces.importing import MOST_UNSURE, Question, questions_of
from amendments.workplaces.passages import redline_of
from amendments.workplaces.reader import Place

EACH = "each"
"""The choice of one proposal for each change."""
MOST_SHOWN = 5
"""Changes of a person that the page shows."""
MOST_NAMED = 6
"""Others that are named beside a person."""

CHOOSE_COMMITTEE = N_("Bitte wählen Sie zu „%(name)s“, für welches Gremium eingereicht wird.")
FILE_GONE = N_(
    "Eine dieser Dateien hat inzwischen jemand anderes aus der Liste entfernt. Es wurde nichts eingereicht; was Sie zu "
    "den übrigen gewählt haben, steht noch da."
)
SORT_FIRST = N_("Bei „%(name)s“ ist noch offen, welche Absätze welche sind. Bitte ordnen Sie sie zuerst zu.")


@dataclass(frozen=True)
class Row:
    """What one person in a file wants. `committee`, `each`, `taken`: as the page has them chosen."""

    key: str
    """The name of its fields: the file and a number."""
    wanted: Wanted
    shown: tuple[tuple[Stretch, ...], ...]
    clashes: tuple[str, ...]
    """Open proposals and other people's changes beside which it cannot stand."""
    same: tuple[str, ...]
    """Who wishes for the very same in one of its changes."""
    committee: str
    each: bool
    taken: bool

    @property
    def changes(self) -> int:
        return len(self.wanted.wishes)

    @property
    def looks(self) -> int:
        """Changes of how words look or of what kind paragraphs are, and of nothing else."""
        return sum(all(map(_only_looks, wish.hunks)) for wish in self.wanted.wishes)

    @property
    def more(self) -> int:
        return self.changes - len(self.shown)

    @property
    def reasons(self) -> tuple[Remark, ...]:
        """Each once, however often it is told."""
        found: dict[str, Remark] = {}
        for remark in (remark for wish in self.wanted.wishes for remark in wish.reasons):
            found.setdefault(remark.text, remark)
        return tuple(found.values())

    @property
    def comments(self) -> tuple[Remark, ...]:
        return (*(remark for wish in self.wanted.wishes for remark in wish.comments), *self.wanted.comments)


@dataclass(frozen=True)
class FileView:
    """A file on the list."""

    file: ReturnedFile
    found: Found | None = None
    rows: tuple[Row, ...] = ()
    questions: tuple[Question, ...] = ()
    rests_on: int = 0
    """The number of the version whose words the file has without its changes."""
    fates: Mapping[Fate, tuple[int, ...]] = field(default_factory=dict)
    """What became of the proposals with which it left, by number, if it is a file of ours."""

    @property
    def refusal(self) -> Sentence | None:
        """Why it was not read."""
        return Sentence.from_json(self.file.refusal) if self.file.refusal else None

    @property
    def is_ours(self) -> bool:
        """Without its changes it is that version."""
        return self.found is not None and all(each.tracked for each in self.found.wanted)


@dataclass(frozen=True)
class Settled:
    """What a file wants of us: `Compared`, without what is filed already."""

    found: Found
    rests_on: Version
    fates: Mapping[Fate, tuple[int, ...]]


@dataclass(frozen=True)
class BringPage:
    place: Place
    waiting: tuple[FileView, ...]
    refused: tuple[FileView, ...]
    booked: tuple[FileView, ...]
    committees: tuple[Committee, ...]
    proposal_ids: Mapping[int, UUID]
    """Of proposals on this version, by number."""
    paragraphs: int
    """Of our version."""

    @property
    def rows(self) -> int:
        return sum(len(view.rows) for view in self.waiting if not view.questions)

    @property
    def people(self) -> int:
        return sum(1 for view in self.waiting for row in view.rows if row.changes)

    @property
    def changes(self) -> int:
        return sum(row.changes for view in self.waiting for row in view.rows)


def bring_page(actor: Actor, place: Place, typed: MultiDict[str, str] | None = None) -> BringPage:
    """`typed`: what was chosen and could not be brought in."""
    files = returned_files(place.text.id)
    base = load_text(place.current)
    entries = proposals_on(place.current.id, actor.excluded.ids)
    found = _settled(place, compared(place, [row for row in files if row.state == FileState.READ]), entries)
    ids = [place.document.lead_committee_id, *place.document.participant_ids]
    committees = tuple(sorted(committees_by_id(ids).values(), key=lambda row: row.name))
    names = {row.id: row.name for row in files}
    rows = _Rows(base, entries, committees, found, names, typed)
    views = [rows.view(row, found.get(row.id)) for row in files]
    return BringPage(
        place,
        tuple(view for view in views if view.file.state == FileState.READ),
        tuple(view for view in views if view.file.state == FileState.REFUSED),
        tuple(view for view in views if view.file.state == FileState.BOOKED),
        committees,
        {entry.proposal.number or 0: entry.proposal.id for entry in entries},
        len(base),
    )


# --- what is wanted


def _settled(place: Place, found: Mapping[UUID, Compared], entries: Sequence[ProposalOn]) -> dict[UUID, Settled]:
    """Of files of ours that came back only what is wanted besides the proposals they left with."""
    base = load_text(place.current)
    filed, numbers = _filed(entries)
    settled = {}
    for file_id, each in found.items():
        known = {name: filed[name] for name in each.found.held if name in filed}
        if not known or each.found.unsure:
            settled[file_id] = Settled(each.found, each.rests_on, {})
            continue
        done = account(base, known, each.found)
        fates = {fate: tuple(numbers[name] for name in names) for fate in Fate if (names := done.names(fate))}
        settled[file_id] = Settled(replace(each.found, wanted=done.left), each.rests_on, fates)
    return settled


def _name(entry: ProposalOn) -> str:
    return called(entry.author_name, entry.committee, entry.proposal.number)


def _filed(entries: Iterable[ProposalOn]) -> tuple[dict[str, list[Edit]], dict[str, int]]:
    """Of our proposals, by what they are called in a file, the changes (those of amendments to them left out) and the
    numbers.
    """
    own = {_name(entry): [edit.edit for edit in entry.edits if edit.parent_id is None] for entry in entries}
    numbers = {_name(entry): entry.proposal.number or 0 for entry in entries}
    return {name: edits for name, edits in own.items() if edits}, numbers


# --- what is to be known about it


class _Rows:
    """The people of all files beside one another and the open proposals."""

    def __init__(
        self,
        base: Text,
        entries: Sequence[ProposalOn],
        committees: Sequence[Committee],
        files: Mapping[UUID, Settled],
        names: Mapping[UUID, str],
        typed: MultiDict[str, str] | None,
    ) -> None:
        self.base, self.committees, self.typed = base, committees, typed
        self.edits: list[Edit] = []
        self.owner: dict[str, str] = {}
        self.said: dict[str, str] = {}
        for entry in entries:
            own = f"proposal {entry.proposal.id}"
            self.said[own] = label(entry.proposal.number)
            self._add(own, [edit.hunks for edit in entry.edits if edit.parent_id is None])
        often = Counter(wanted.name for settled in files.values() for wanted in settled.found.wanted)
        for file_id, found in files.items():
            for number, wanted in enumerate(found.found.wanted):
                own = _key(file_id, number)
                several = often[wanted.name] > 1
                self.said[own] = f"{wanted.name} ({names[file_id]})" if several else wanted.name
                self._add(own, [wish.hunks for wish in wanted.wishes])
        self.ours = set(map(_name, entries)) if any(settled.found.held for settled in files.values()) else set()
        """Names of our proposals: what else stands under them is ticked by a person alone."""
        self.met = self._met()

    def _add(self, own: str, wishes: Iterable[Sequence[object]]) -> None:
        for number, hunks in enumerate(wishes):
            edit = Edit(f"{own} {number}", tuple(hunks))  # type: ignore[arg-type]
            self.owner[edit.id] = own
            self.edits.append(edit)

    def _met(self) -> dict[tuple[str, bool], dict[str, None]]:
        """By person and whether they wish for the same: the others they meet."""
        met: dict[tuple[str, bool], dict[str, None]] = defaultdict(dict)
        for pair in relations(self.base, self.edits):
            one, other = self.owner[pair.a], self.owner[pair.b]
            if one == other or pair.kind not in (RelationKind.HARD, RelationKind.ORDER, RelationKind.SAME):
                continue
            met[one, pair.kind is RelationKind.SAME][other] = None
            met[other, pair.kind is RelationKind.SAME][one] = None
        return met

    def view(self, file: ReturnedFile, settled: Settled | None) -> FileView:
        if settled is None:
            return FileView(file)
        found = settled.found
        unsure = found.unsure[:MOST_UNSURE]
        questions = questions_of(self.base, found.before, answers_to(file), unsure) if unsure else ()
        rows = [self._row(file, number, wanted) for number, wanted in enumerate(found.wanted) if _says(wanted)]
        return FileView(file, found, tuple(rows), questions, settled.rests_on.number or 0, settled.fates)

    def _row(self, file: ReturnedFile, number: int, wanted: Wanted) -> Row:
        key = _key(file.id, number)
        chosen = self._chosen(file, number, wanted.name)
        return Row(
            key,
            wanted,
            tuple(redline_of(self.base, wish.hunks) for wish in wanted.wishes[:MOST_SHOWN]),
            self._others(key, same=False),
            self._others(key, same=True),
            chosen.committee,
            chosen.each,
            chosen.take,
        )

    def _chosen(self, file: ReturnedFile, number: int, name: str) -> Choice:
        """As it was typed just now, else as somebody has chosen it, else as the file suggests."""
        if self.typed is not None and f"for-{_key(file.id, number)}" in self.typed:
            return _typed(self.typed, _key(file.id, number), name, {str(row.id) for row in self.committees})
        known = choice_of(file, number, name)
        return known or Choice(name, guessed_committee(self.committees, name, file.name), take=name not in self.ours)

    def _others(self, key: str, *, same: bool) -> tuple[str, ...]:
        """Open proposals first, by number, then the people of the files; of many the first ones."""
        met = self.met.get((key, same), {})
        found = list(dict.fromkeys(said for own, said in self.said.items() if own in met))
        more = len(found) - MOST_NAMED
        if more > 1:
            found[MOST_NAMED:] = [_("%(num)s weiteren", num=more)]
        return tuple(found)


def _only_looks(hunk: Hunk) -> bool:
    return isinstance(hunk, Retype) or (isinstance(hunk, Replace) and hunk.old.text == hunk.new.text)


def _says(wanted: Wanted) -> bool:
    return bool(wanted.wishes or wanted.lost or wanted.comments)


def _key(file_id: UUID, number: int) -> str:
    return f"{file_id}.{number}"


def _typed(form: MultiDict[str, str], key: str, name: str, committees: Collection[str]) -> Choice:
    committee = form.get(f"for-{key}", "")
    committee = committee if committee == NOBODY or committee in committees else ""
    return Choice(name, committee, form.get(f"as-{key}") == EACH, key in form.getlist("take"))


def choices_in(place: Place, form: MultiDict[str, str]) -> tuple[dict[UUID, int], dict[UUID, dict[int, Choice]]]:
    """What the page's form has chosen: the files as they were shown, and by file what is chosen for its people."""
    files = [row for row in returned_files(place.text.id) if row.state == FileState.READ and f"seen-{row.id}" in form]
    committees = {str(one) for one in (place.document.lead_committee_id, *place.document.participant_ids)}
    chosen = {
        file_id: {
            number: _typed(form, _key(file_id, number), wanted.name, committees)
            for number, wanted in enumerate(found.found.wanted)
            if f"for-{_key(file_id, number)}" in form
        }
        for file_id, found in compared(place, files).items()
    }
    return {row.id: _seen(form, row.id) for row in files}, {each: people for each, people in chosen.items() if people}


# --- what is brought in


def wished_in(actor: Actor, place: Place, form: MultiDict[str, str]) -> tuple[dict[UUID, int], list[Wished]]:
    """What the page's form asks for: the files as they were shown, and the proposals."""
    chosen: dict[UUID, list[int]] = defaultdict(list)
    for key in dict.fromkeys(form.getlist("take")):
        name, _dot, number = key.partition(".")
        file_id = ident(name)
        if file_id is None or not number.isdecimal() or len(number) > 3:
            raise NotFound(NOT_FOUND)
        chosen[file_id].append(int(number))
    files = {row.id: row for row in returned_files(place.text.id)}
    if chosen.keys() - files.keys():
        raise Conflict(FILE_GONE)
    read = compared(place, [files[each] for each in chosen if files[each].state == FileState.READ])
    found = _settled(place, read, proposals_on(place.current.id, actor.excluded.ids))
    wished = [
        wish
        for file_id, numbers in chosen.items()
        for number in numbers
        for wish in _wished(found[file_id].found if file_id in found else None, file_id, number, form)
    ]
    return {file_id: _seen(form, file_id) for file_id in chosen}, wished


def _seen(form: Mapping[str, str], file_id: UUID) -> int:
    seen = form.get(f"seen-{file_id}", "")
    return int(seen[:9]) if seen.isascii() and seen.isdecimal() else 0


def _wished(found: Found | None, file_id: UUID, number: int, form: Mapping[str, str]) -> list[Wished]:
    """Nothing of a file that is not there any more: that it is not as it was shown is said where it is brought in."""
    if found is None or number >= len(found.wanted):
        return []
    wanted, key = found.wanted[number], _key(file_id, number)
    if found.unsure:
        raise InvalidInput(Sentence(SORT_FIRST, {"name": wanted.name}))
    committee = form.get(f"for-{key}", "")
    committee_id = None if committee == NOBODY else ident(committee)
    if committee_id is None and committee != NOBODY:
        raise InvalidInput(Sentence(CHOOSE_COMMITTEE, {"name": wanted.name}))
    at = wanted.hand.last if wanted.hand else None
    return [
        Wished(file_id, wanted.name, committee_id, each.edits, each.reason, tuple(map(said_by, each.comments)), at)
        for each in proposals_of(wanted, each_change=form.get(f"as-{key}") == EACH)
    ]


def said_by(remark: Remark) -> str:
    """A comment with who made it and when, as it is kept with a proposal."""
    name = remark.author or _("Ohne Namen")
    if remark.at is None:
        return _("%(name)s in der Datei: %(words)s", name=name, words=remark.text)
    day = format_date(remark.at, "medium")
    return _("%(name)s in der Datei am %(day)s: %(words)s", name=name, day=day, words=remark.text)
