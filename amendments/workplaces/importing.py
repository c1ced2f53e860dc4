"""A new file for a text: what was matched with the version that stands, and what a person has to say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from amendments.consensus.queries import preview_import
from amendments.documents.queries import load_text
from amendments.exchange.imported import Imported
from amendments.text.matching import Unsure
from amendments.text.model import CELL, Content, Text, text_hash
from amendments.text.whereabouts import Whereabouts, headings_above, whereabouts
from amendments.web.reading import Stretch, first_blocks
from amendments.workplaces.outlook import Outlook, outlook
from amendments.workplaces.passages import short
from amendments.workplaces.publishing import Sittings, running_sittings
from amendments.workplaces.reader import Place

MOST_UNSURE = 60
"""Questions on one page; whoever has more answers these first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An old paragraph that could be meant, with its place: words may stand in several."""

    identity: str
    words: str
    place: Whereabouts
    chosen: bool
    percent: int | None = None
    """How alike the words are; None for one that was chosen before."""


@dataclass(frozen=True, slots=True)
class Question:
    """A new paragraph that could be any of several old ones."""

    number: int
    """Its place in the new file, from 0: the name of the answer's field."""
    words: str
    heading: str
    """The one above it in the new file."""
    candidates: tuple[Candidate, ...]
    answered: bool
    """Answered before: the answer stands on the page, so that it is sent again and can be taken back."""
    is_new: bool
    """Answered with "it is new"."""
    clashes_with: int | None
    """Another paragraph of the file for which the same old one was chosen."""


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
    """The first of what would change."""
    more: int
    """Changed paragraphs left out behind them."""
    outlook: Outlook
    sittings: Sittings
    same: bool
    """The file has the very text that stands: there is nothing to publish."""


def answers_of(form: Mapping[str, str]) -> dict[int, str]:
    """Fields `answer-<number>`: an identity, "new", or nothing while it is open."""
    found = {}
    for name, value in form.items():
        number = name.removeprefix("answer-")
        if name.startswith("answer-") and number.isascii() and number.isdecimal() and value:
            found[int(number[:6])] = "" if value == "new" else value[:100]
    return found


def chosen_twice(answers: Mapping[int, str]) -> dict[int, int]:
    """Paragraphs of the file for which an old one was chosen that was chosen for another too, and that other."""
    chosen: dict[str, list[int]] = {}
    for number, identity in sorted(answers.items()):
        if identity:
            chosen.setdefault(identity, []).append(number)
    return {
        number: next(other for other in numbers if other != number)
        for numbers in chosen.values()
        if len(numbers) > 1
        for number in numbers
    }


def file_hash(imported: Imported) -> str:
    return sha256("\n".join(content.hash for content in imported.contents).encode()).hexdigest()


def import_page(place: Place, imported: Imported, answers: Mapping[int, str]) -> ImportPage:
    twice = chosen_twice(answers)
    held = {number: identity for number, identity in answers.items() if number not in twice}
    plan = preview_import(place.text.id, imported.contents, held)
    found = plan.alignment
    standing = load_text(place.version)
    old = {paragraph.identity: paragraph.text for paragraph in standing}
    unchanged = sum(old[identity] == imported.contents[new].text for identity, new in found.pairs.items())
    stretches, more = first_blocks(short(found.redline))
    return ImportPage(
        place=place,
        kept=unchanged,
        edited=len(found.pairs) - unchanged,
        inserted=len(found.inserted),
        deleted=len(found.deleted),
        moved=len(found.moved),
        split_or_joined=len(found.splits) + len(found.joins),
        questions=questions_of(standing, imported.contents, answers, found.unsure[:MOST_UNSURE]),
        stretches=stretches,
        more=more,
        outlook=outlook(plan.carriage, plan.proposals),
        sittings=running_sittings(place),
        same=text_hash(found.text) == place.version.hash,
    )


def questions_of(
    standing: Text, contents: Sequence[Content], answers: Mapping[int, str], unsure: Sequence[Unsure]
) -> tuple[Question, ...]:
    """What is unsure, and what was answered before, in the order of the file."""
    old = {paragraph.identity: paragraph.text for paragraph in standing}
    places = whereabouts(standing)
    headings = headings_above(contents)
    twice = chosen_twice(answers)

    def question(number: int, candidates: Iterable[Candidate], *, answered: bool) -> Question:
        new = answered and not answers[number]
        words, clash = _shown(contents[number].text), twice.get(number)
        return Question(number, words, headings[number], tuple(candidates), answered, new, clash)

    def candidate(number: int, identity: str, percent: int | None = None) -> Candidate:
        chosen = answers.get(number) == identity
        return Candidate(identity, _shown(old[identity]), places[identity], chosen, percent)

    found = {
        one.new: question(
            one.new, (candidate(one.new, name, round(score * 100)) for name, score in one.candidates), answered=False
        )
        for one in unsure
    }
    for number, name in answers.items():
        if number not in found and number < len(contents) and (not name or name in old):
            found[number] = question(number, [candidate(number, name)] if name else [], answered=True)
    return tuple(found[number] for number in sorted(found))


def _shown(text: str) -> str:
    return text.replace(CELL, " | ")
