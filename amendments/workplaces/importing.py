"""A new file for a text: what was matched with the version that stands, and what a person has to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from amendments.consensus.queries import preview_import
from amendments.documents.queries import load_text
from amendments.exchange.imported import Imported
from amendments.text.model import CELL
from amendments.web.reading import Stretch
from amendments.workplaces.outlook import Outlook, outlook
from amendments.workplaces.passages import short
from amendments.workplaces.reader import Place

MOST_UNSURE = 60
"""Questions on one page; whoever has more answers these first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    identity: str
    words: str
    percent: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A new paragraph that could be any of several old ones."""

    number: int
    """Its place in the new file, from 0: the name of the answer's field."""
    words: str
    candidates: tuple[Candidate, ...]
    answered: bool
    is_new: bool
    """Answered with "it is new"."""


@dataclass(frozen=True)
class ImportPage:
    """What the page after reading a new file shows."""

    place: Place
    kept: int
    edited: int
    inserted: int
    deleted: int
    moved: int
    split_or_joined: int
    questions: tuple[Question, ...]
    stretches: tuple[Stretch, ...]
    """Everything that would change."""
    outlook: Outlook


def answers_of(form: Mapping[str, str]) -> dict[int, str]:
    """Fields `answer-<number>`: an identity, "new", or nothing while it is open."""
    found = {}
    for name, value in form.items():
        number = name.removeprefix("answer-")
        if name.startswith("answer-") and number.isascii() and number.isdecimal() and value:
            found[int(number[:6])] = "" if value == "new" else value[:100]
    return found


def import_page(place: Place, imported: Imported, answers: Mapping[int, str]) -> ImportPage:
    plan = preview_import(place.text.id, imported.contents, answers)
    found = plan.alignment
    old = {paragraph.identity: paragraph.text for paragraph in load_text(place.version)}
    unchanged = sum(old[identity] == imported.contents[new].text for identity, new in found.pairs.items())
    open_questions = [
        Question(
            number=unsure.new,
            words=_shown(imported.contents[unsure.new].text),
            candidates=tuple(
                Candidate(identity, _shown(old[identity]), round(score * 100), answers.get(unsure.new) == identity)
                for identity, score in unsure.candidates
            ),
            answered=unsure.new in answers,
            is_new=answers.get(unsure.new) == "",
        )
        for unsure in found.unsure[:MOST_UNSURE]
    ]
    return ImportPage(
        place=place,
        kept=unchanged,
        edited=len(found.pairs) - unchanged,
        inserted=len(found.inserted),
        deleted=len(found.deleted),
        moved=len(found.moved),
        split_or_joined=len(found.splits) + len(found.joins),
        questions=tuple(open_questions),
        stretches=short(found.redline),
        outlook=outlook(plan.carriage, plan.proposals),
    )


def _shown(text: str) -> str:
    return text.replace(CELL, " | ")
