"""A wording of the moderation: one edit modified, or a compromise from several. The rival wordings stay in sight."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeGuard
from uuid import UUID

from amendments.decisions.queries import standing_on
from amendments.decisions.services import ONE_PARENT
from amendments.errors import InvalidInput, NotFound
from amendments.proposals import queries as proposals
from amendments.proposals import wording
from amendments.proposals.queries import LiveEdit, ProposalOn
from amendments.proposals.wording import Stretch
from amendments.text.applying import apply
from amendments.text.hunks import Delete, Edit, Hunk, Insert, Join, Replace, Split
from amendments.text.model import CELL, Head, Text
from amendments.web.access import NOT_FOUND
from amendments.web.reading import Stretch as RedlineStretch
from amendments.workplaces.passages import lengths_of, redline_of, touched
from amendments.workplaces.reader import Place

CELL_SIGN = " | "
"""How cells of a table row are parted in one field."""
BAD_CELLS = "Die Zahl der Spalten darf sich nicht ändern. Sie sind durch | getrennt."


@dataclass(frozen=True, slots=True)
class Rival:
    """One of the wordings that the new one takes the place of."""

    entry: ProposalOn
    edit: LiveEdit
    redline: tuple[RedlineStretch, ...]
    expected: str
    """Id of the decision the page showed, "" for none; what was sent comes back as it was."""
    settled: bool
    """Nothing of it is taken over."""


@dataclass(frozen=True, slots=True)
class PlaceField:
    """A paragraph, or (`gap`) the new paragraphs behind it, to write anew."""

    name: str
    paragraph: str
    gap: bool
    old: str
    value: str
    head: Head
    """What new paragraphs of a gap are."""


@dataclass(frozen=True)
class RewordPage:
    """What the page for a modified wording or a compromise shows."""

    place: Place
    base: Text
    """What the wordings speak of: the version, or the version with the proposal they amend."""
    parent: ProposalOn | None
    rivals: tuple[Rival, ...]
    fields: tuple[PlaceField, ...]
    preview: tuple[RedlineStretch, ...]

    @property
    def is_compromise(self) -> bool:
        return len(self.rivals) > 1


def reword_page(
    place: Place,
    edit_ids: Sequence[UUID],
    typed: Mapping[str, str],
    hunks: tuple[Hunk, ...] = (),
    *,
    start: UUID | None = None,
    settled: Collection[UUID] = (),
    from_base: bool = False,
) -> RewordPage:
    """`start`: the rival whose wording is the beginning; a single one always is, unless one begins with the text as it
    stands (`from_base`). `typed`: what was sent, if anything.

    NotFound for an edit that does not live on this version; InvalidInput if they speak of different wordings.
    """
    on_version = {entry.proposal.id: entry for entry in proposals.proposals_on(place.version.id, place.hidden)}
    wanted = set(edit_ids)
    found = [(entry, edit) for entry in on_version.values() for edit in entry.edits if edit.edit_id in wanted]
    if not wanted or len(found) != len(wanted):
        raise NotFound(NOT_FOUND)
    parents = {edit.parent_id for _, edit in found}
    if len(parents) > 1:
        raise InvalidInput(ONE_PARENT, field="edits")
    (parent_id,) = parents
    base = proposals.wording_base(place.version.id, parent_id)
    standing = standing_on(wanted)
    rivals = tuple(
        Rival(
            entry,
            edit,
            redline_of(base, edit.hunks),
            typed.get(f"expected-{edit.edit_id}", str(standing[edit.edit_id].id) if edit.edit_id in standing else ""),
            edit.edit_id in settled,
        )
        for entry, edit in found
    )
    parent = on_version[parent_id] if parent_id else None
    first = () if from_base else tuple(one for one in rivals if len(rivals) == 1 or one.edit.edit_id == start)
    return RewordPage(
        place, base, parent, rivals, _fields(base, rivals, typed, first, fill=not from_base), redline_of(base, hunks)
    )


def _fields(
    base: Text, rivals: tuple[Rival, ...], typed: Mapping[str, str], first: tuple[Rival, ...], *, fill: bool
) -> tuple[PlaceField, ...]:
    """In text order: each paragraph a rival changes, each gap one fills; these hold what the first one (or, to `fill`
    them, any) puts there.
    """
    lengths = lengths_of(base)
    spots = {
        (spot.paragraph, spot.gap) for rival in rivals for hunk in rival.edit.hunks for spot in touched(hunk, lengths)
    }
    started = apply(base, [Edit("start", _words_alone(first[0].edit.hunks))]) if first else base
    words = {paragraph.identity: _shown(paragraph.text) for paragraph in base}
    now = {paragraph.identity: _shown(paragraph.text) for paragraph in started}
    fields = []
    order = [("", True), *((paragraph.identity, gap) for paragraph in base for gap in (False, True))]
    for identity, gap in order:
        if (identity, gap) not in spots:
            continue
        name = f"{'gap' if gap else 'para'}-{identity}"
        inserts = [hunk for rival in first or rivals for hunk in rival.edit.hunks if _fills(hunk, identity)]
        begin = (_inserted(inserts) if fill else "") if gap else now.get(identity, "")
        head = inserts[0].contents[0].head if gap and inserts else Head()
        fields.append(PlaceField(name, identity, gap, "" if gap else words[identity], typed.get(name, begin), head))
    return tuple(fields)


def _shown(text: str) -> str:
    return text.replace(CELL, CELL_SIGN)


def _words_alone(hunks: Sequence[Hunk]) -> tuple[Hunk, ...]:
    """What of an edit can be written in fields: words and paragraphs, no splits, joins, moves or other kinds."""
    blank = any(isinstance(hunk, (Split, Join)) for hunk in hunks)
    return tuple(
        hunk
        for hunk in hunks
        if isinstance(hunk, (Delete, Insert))
        or (isinstance(hunk, Replace) and not (blank and not (hunk.old.text + hunk.new.text).strip()))
    )


def _fills(hunk: Hunk, after: str) -> TypeGuard[Insert]:
    return isinstance(hunk, Insert) and hunk.gap.after == after


def _inserted(inserts: Sequence[Insert]) -> str:
    """All new paragraphs that are wanted in a gap, one after the other, for the moderation to shorten."""
    parts = [_shown(content.text) for hunk in inserts for content in hunk.contents]
    return "\n\n".join(dict.fromkeys(parts))


def reworded(page: RewordPage, typed: Mapping[str, str]) -> tuple[Hunk, ...]:
    """The hunks of what was typed; InvalidInput if nothing differs from the text as it stands."""
    hunks: list[Hunk] = []
    for field in page.fields:
        words = wording.typed(typed.get(field.name, field.value), field.name)
        if field.gap:
            if words.strip():
                kind, level = field.head.kind, field.head.level
                hunks.extend(wording.insert(page.base, field.paragraph, words, kind=kind, level=level))
        elif words.strip() != field.old.strip():
            hunks.extend(_paragraph(page.base, field, words))
    if not hunks:
        raise InvalidInput(wording.NO_CHANGE)
    return tuple(hunks)


def _paragraph(base: Text, field: PlaceField, words: str) -> tuple[Hunk, ...]:
    paragraph = wording.find(base, field.paragraph)
    if CELL not in paragraph.text:
        return wording.change(base, Stretch(field.paragraph, 0, len(paragraph.text)), words)
    if not words.strip():
        return wording.delete(base, field.paragraph)
    cells = [cell.strip() for cell in words.split("|")]
    if len(cells) != paragraph.text.count(CELL) + 1:
        raise InvalidInput(BAD_CELLS, field=field.name)
    return wording.change_cells(base, field.paragraph, cells)
