"""A wording of the moderation: one edit modified, or a compromise from several. The rival wordings stay in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from amendments.decisions.queries import standing_on
from amendments.decisions.services import ONE_PARENT
from amendments.errors import InvalidInput, NotFound
from amendments.proposals import queries as proposals
from amendments.proposals import wording
from amendments.proposals.queries import LiveEdit, ProposalOn
from amendments.proposals.wording import Stretch
from amendments.text.applying import apply
from amendments.text.hunks import Hunk, Insert
from amendments.text.model import CELL, Text
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
    expected: UUID | None
    """The decision that stands now."""


@dataclass(frozen=True, slots=True)
class PlaceField:
    """A paragraph, or (`gap`) the new paragraphs behind it, to write anew."""

    name: str
    paragraph: str
    gap: bool
    old: str
    value: str


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
    place: Place, edit_ids: Sequence[UUID], typed: Mapping[str, str], hunks: tuple[Hunk, ...] = ()
) -> RewordPage:
    """NotFound for an edit that does not live on this version; InvalidInput if they speak of different wordings."""
    on_version = {entry.proposal.id: entry for entry in proposals.proposals_on(place.version.id)}
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
            entry, edit, redline_of(base, edit.hunks), standing[edit.edit_id].id if edit.edit_id in standing else None
        )
        for entry, edit in found
    )
    parent = on_version[parent_id] if parent_id else None
    return RewordPage(place, base, parent, rivals, _fields(base, rivals, typed), redline_of(base, hunks))


def _fields(base: Text, rivals: tuple[Rival, ...], typed: Mapping[str, str]) -> tuple[PlaceField, ...]:
    """In text order: each paragraph a rival changes, each gap one fills. A single rival's own wording is the start."""
    lengths = lengths_of(base)
    spots = {
        (spot.paragraph, spot.gap) for rival in rivals for hunk in rival.edit.hunks for spot in touched(hunk, lengths)
    }
    started = apply(base, [rivals[0].edit.edit]) if len(rivals) == 1 else base
    words = {paragraph.identity: _shown(paragraph.text) for paragraph in base}
    now = {paragraph.identity: _shown(paragraph.text) for paragraph in started}
    fields = []
    order = [("", True), *((paragraph.identity, gap) for paragraph in base for gap in (False, True))]
    for identity, gap in order:
        if (identity, gap) not in spots:
            continue
        name = f"{'gap' if gap else 'para'}-{identity}"
        start = _inserted(rivals, identity) if gap else now.get(identity, "")
        fields.append(PlaceField(name, identity, gap, "" if gap else words[identity], typed.get(name, start)))
    return tuple(fields)


def _shown(text: str) -> str:
    return text.replace(CELL, CELL_SIGN)


def _inserted(rivals: tuple[Rival, ...], after: str) -> str:
    """All new paragraphs the rivals want in this gap, one after the other, for the moderation to shorten."""
    parts = [
        _shown(content.text)
        for rival in rivals
        for hunk in rival.edit.hunks
        if isinstance(hunk, Insert) and hunk.gap.after == after
        for content in hunk.contents
    ]
    return "\n\n".join(dict.fromkeys(parts))


def reworded(page: RewordPage, typed: Mapping[str, str]) -> tuple[Hunk, ...]:
    """The hunks of what was typed; InvalidInput if nothing differs from the text as it stands."""
    hunks: list[Hunk] = []
    for field in page.fields:
        words = wording.typed(typed.get(field.name, field.value), field.name)
        if field.gap:
            if words.strip():
                hunks.extend(wording.insert(page.base, field.paragraph, words))
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
