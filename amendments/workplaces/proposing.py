"""The propose page: the old wording in sight, the new one to write, who else wants these words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _

from amendments.consensus.queries import Related, wishes_at
from amendments.documents.queries import load_text
from amendments.errors import NotFound
from amendments.proposals import asking
from amendments.proposals import queries as proposals
from amendments.proposals.asking import Ask
from amendments.proposals.models import Proposal
from amendments.proposals.queries import LiveEdit, ProposalOn
from amendments.proposals.rules import label
from amendments.proposals.wording import Op, Stretch, find, following
from amendments.text.hunks import START, Hunk
from amendments.text.model import Kind, Paragraph, Text
from amendments.text.relations import Kind as RelationKind
from amendments.text.whereabouts import whereabouts
from amendments.web.access import NOT_FOUND
from amendments.web.actor import Actor
from amendments.web.reading import Stretch as RedlineStretch
from amendments.web.reading import clipped
from amendments.workplaces.collected import Collected, collected_of
from amendments.workplaces.passages import lengths_of, redline_of, touched
from amendments.workplaces.reader import Place

NOT_FOR_ROWS = frozenset({Op.SPLIT, Op.JOIN, Op.RETYPE, Op.SPAN})
"""What a table row cannot be asked for: its cells are its form."""


@dataclass(frozen=True, slots=True)
class PassageField:
    """One field to write in. `before` and `after` are words of the same paragraph that stay."""

    name: str
    label: str
    old: str
    value: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A place something can be moved to or inserted at: behind this paragraph."""

    value: str
    words: str
    level: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody else's wish for the same paragraph."""

    entry: ProposalOn
    edit: LiveEdit
    redline: tuple[RedlineStretch, ...]
    relation: str = ""
    """How it stands to what has been written here, in words; empty before anything is."""


@dataclass(frozen=True)
class ProposePage:
    """What the propose page shows."""

    place: Place
    base: Text
    """The text the proposal speaks of: the version, or the version with the parent proposal alone."""
    ask: Ask
    op_name: str
    """What is being asked for, in words; empty while one chooses."""
    paragraph: Paragraph | None
    """The paragraph in question; None for the gap before the first."""
    next_paragraph: Paragraph | None
    fields: tuple[PassageField, ...]
    is_row: bool
    split_places: tuple[tuple[int, str], ...]
    """(offset, words that follow) where the paragraph can be split."""
    targets: tuple[Target, ...]
    """Where a paragraph can be moved to."""
    preview: tuple[RedlineStretch, ...]
    """How the change would read; empty until something has been changed."""
    neighbours: tuple[Neighbour, ...]
    collected: tuple[Collected, ...]
    """Passages this proposal already has."""
    moved: bool
    """Whether a version has appeared since they were written."""
    draft: Proposal | None
    parent: ProposalOn | None
    """The proposal this one amends."""


def op_names() -> Mapping[Op, str]:
    return {
        Op.CHANGE: _("Wortlaut ändern"),
        Op.DELETE: _("Absatz streichen"),
        Op.INSERT: _("Absatz einfügen"),
        Op.SPLIT: _("Absatz teilen"),
        Op.JOIN: _("Mit dem nächsten Absatz zusammenfassen"),
        Op.MOVE: _("Verschieben"),
        Op.RETYPE: _("Umwandeln"),
        Op.SPAN: _("Mehrere Absätze ändern"),
    }


def base_of(place: Place, parent_id: UUID | None) -> Text:
    """What the hunks of the proposal speak of."""
    return proposals.wording_base(place.version.id, parent_id) if parent_id else load_text(place.version)


def parent_of(place: Place, parent_id: UUID | None) -> ProposalOn | None:
    if parent_id is None:
        return None
    on_version = proposals.proposals_on(place.version.id, place.hidden)
    found = next((entry for entry in on_version if entry.proposal.id == parent_id), None)
    if found is None:
        raise NotFound(NOT_FOUND)
    return found


@dataclass(frozen=True, slots=True)
class Resumed:
    """A passage that was handed back and is filed anew here."""

    proposal: Proposal
    edit_id: UUID


def resumed_of(actor: Actor, edit_id: UUID | None) -> Resumed | None:
    """NotFound for an edit this person does not see."""
    return Resumed(proposals.place_of_edit(actor, edit_id).proposal, edit_id) if edit_id else None


def draft_of(actor: Actor, place: Place, draft_id: UUID | None) -> Proposal | None:
    """The actor's own draft on this text, NotFound for any other."""
    if draft_id is None:
        return None
    found = proposals.proposal_for(actor, draft_id).proposal
    if found.text_id != place.text.id or found.state != "draft" or found.author_id != actor.account_id:
        raise NotFound(NOT_FOUND)
    return found


def propose_page(
    place: Place,
    ask: Ask,
    *,
    hunks: tuple[Hunk, ...] = (),
    draft: Proposal | None = None,
    parent: ProposalOn | None = None,
) -> ProposePage:
    """InvalidInput if the place asked for is not in this version."""
    base = base_of(place, parent.proposal.id if parent else None)
    paragraph = find(base, ask.paragraph) if ask.paragraph else None
    is_row = paragraph is not None and paragraph.head.kind is Kind.TABLE_ROW
    return ProposePage(
        place=place,
        base=base,
        ask=ask,
        op_name=op_names()[ask.op] if ask.op else "",
        paragraph=paragraph,
        next_paragraph=following(base, ask.paragraph) if paragraph else None,
        fields=_fields(base, ask, paragraph, is_row=is_row),
        is_row=is_row,
        split_places=asking.split_places(paragraph) if paragraph and ask.op is Op.SPLIT else (),
        targets=_targets(base, ask) if ask.op is Op.MOVE else (),
        preview=redline_of(base, hunks),
        neighbours=neighbours(place, base, ask, hunks, parent),
        collected=collected_of(draft, place.version, base) if draft else (),
        moved=draft is not None and draft.version_id != place.version.id,
        draft=draft,
        parent=parent,
    )


def _fields(base: Text, ask: Ask, paragraph: Paragraph | None, *, is_row: bool) -> tuple[PassageField, ...]:
    if ask.op is Op.INSERT:
        return (PassageField("wording", _("Neuer Absatz"), "", ask.values.get("wording", "")),)
    if ask.op not in (Op.CHANGE, Op.SPAN) or paragraph is None:
        return ()
    if is_row and ask.op is Op.CHANGE:
        return tuple(
            PassageField(
                f"cell-{index}", _("Spalte %(number)s", number=index + 1), old, ask.values.get(f"cell-{index}", old)
            )
            for index, old in enumerate(asking.cells(paragraph))
        )
    parts = asking.stretches(base, ask)
    return tuple(_field(base, ask, part, index, len(parts)) for index, part in enumerate(parts))


def _field(base: Text, ask: Ask, part: Stretch, index: int, count: int) -> PassageField:
    text = find(base, part.paragraph).text
    old = text[part.start : part.end]
    name = "wording" if ask.op is Op.CHANGE else f"wording-{index}"
    words = _("So soll die Stelle lauten") if count == 1 else _("So soll Absatz %(number)s lauten", number=index + 1)
    return PassageField(
        name, words, old.strip(), ask.values.get(name, old.strip()), text[: part.start], text[part.end :]
    )


def _targets(base: Text, ask: Ask) -> tuple[Target, ...]:
    """Behind every paragraph but the ones that move, named by its first line's number and its first words."""
    targets = [Target(START, _("ganz an den Anfang"), 0)]
    places = whereabouts(base)
    for paragraph in base:
        if paragraph.identity == ask.paragraph or paragraph.head.kind is Kind.TABLE_ROW:
            continue
        level = paragraph.head.level if paragraph.head.kind is Kind.HEADING else 9
        words = f"{places[paragraph.identity].line}: {_first_words(paragraph.text)}"
        targets.append(Target(paragraph.identity, words, level))
    return tuple(targets)


def _first_words(text: str, length: int = 70) -> str:
    text = " ".join(text.split()).lstrip("# ")
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"


def neighbours(
    place: Place, base: Text, ask: Ask, hunks: tuple[Hunk, ...], parent: ProposalOn | None
) -> tuple[Neighbour, ...]:
    """Whoever else speaks of the same paragraph of the same wording: the version's, or the parent's."""
    parent_id = parent.proposal.id if parent else None
    lengths = lengths_of(base)
    here = {spot.paragraph for hunk in hunks for spot in touched(hunk, lengths)} or {
        ask.paragraph,
        *([ask.last] if ask.last else []),
    }
    words = _relation_words(place, hunks, parent_id)
    return tuple(
        Neighbour(entry, edit, clipped(redline_of(base, edit.hunks)), words.get(edit.edit_id, ""))
        for entry in proposals.proposals_on(place.version.id, place.hidden)
        for edit in entry.edits
        if edit.parent_id == parent_id and _meets(edit, here, lengths)
    )


def _meets(edit: LiveEdit, here: set[str], lengths: Mapping[str, int]) -> bool:
    return any(spot.paragraph in here for hunk in edit.hunks for spot in touched(hunk, lengths))


def _relation_words(place: Place, hunks: tuple[Hunk, ...], parent_id: UUID | None) -> dict[UUID, str]:
    if not hunks:
        return {}
    found = wishes_at(place.version.id, hunks, parent_id, place.hidden)
    return {related.other_edit_id: relation_sentence(related) for related in found}


def relation_sentence(related: Related) -> str:
    """How another proposal stands to this one, as people say it."""
    number = label(related.other.proposal.number)
    if related.kind is RelationKind.CONTAINED and related.inside:
        return _("%(number)s enthält diesen Vorschlag und geht weiter.", number=number)
    sentences = {
        RelationKind.SAME: _("%(number)s will genau dasselbe.", number=number),
        RelationKind.CONTAINED: _("%(number)s ist in diesem Vorschlag enthalten.", number=number),
        RelationKind.ORDER: _(
            "%(number)s will an derselben Stelle etwas anderes einfügen; die Reihenfolge ist zu entscheiden.",
            number=number,
        ),
        RelationKind.HARD: _("%(number)s will dieselbe Stelle anders. Beides zugleich geht nicht.", number=number),
        RelationKind.SOFT: _(
            "%(number)s ändert etwas in der Nähe. Beides passt, sollte aber zusammen gelesen werden.", number=number
        ),
    }
    return sentences.get(related.kind, "")
