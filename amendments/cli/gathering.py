"""Who wants what: the copies that returned files hold, one for each person who tracked changes or for the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from amendments.cli.files import FileRefused, Source, all_literal, same_place
from amendments.cli.printing import progress
from amendments.cli.speaking import say, speech
from amendments.exchange.imported import ACCEPTED as ACCEPTED_NOTE
from amendments.exchange.imported import PROPOSED as PROPOSED_NOTE
from amendments.exchange.imported import REJECTED as REJECTED_NOTE
from amendments.exchange.imported import Imported, said_as
from amendments.exchange.returned import LEAST_ALIKE, Copy, labels, same_tables, unlike
from amendments.exchange.words import N_
from amendments.text import Content, Edit, Text, apply

PROPOSALS, ACCEPTED, REJECTED = TRACKED = ("proposals", "accepted", "rejected")
"""How tracked changes are read."""
MOST_AUTHORS = 50
"""Of one file; it is read once for each."""

Contents = tuple[Content, ...]
Forms = tuple[str, str]
"""A sentence about one and about several."""
_SAID = {PROPOSALS: PROPOSED_NOTE, ACCEPTED: ACCEPTED_NOTE, REJECTED: REJECTED_NOTE}

ANOTHER = N_(
    "Das ist nicht dasselbe Dokument wie %(name)s: nur %(share)s %% der Wortfolgen stehen in beiden, mindestens"
    " %(least)s %% müssten es sein."
)
TOO_MANY_AUTHORS = N_(
    "In der Datei haben mehr als %(most)d Personen geändert; --tracked accepted liest ihre Änderungen als eine."
)
NESTED = N_(
    "Jemand hat geändert, was in derselben Datei schon geändert war. Als Wunsch gilt dort die Fassung des anderen mit"
    " dieser Änderung; bitte vergleichen Sie die Stelle mit der Datei."
)


TWICE = N_("%(name)s ist mehrmals genannt und zählt einmal.")
EQUAL = N_(
    "%(name)s und %(other)s sind Byte für Byte gleich. Ist es eine Rückmeldung, nennen Sie bitte nur eine der Dateien:"
    " so zählen ihre Wünsche als die von zweien."
)
BASE_ITSELF = N_("%(name)s ist genau die Vorlage %(base)s: Wünsche stehen darin nur, wo Änderungen nachverfolgt sind.")


@dataclass(frozen=True)
class Gathered:
    """`whole`: how each file with several people's tracked changes reads with all of them, by the name of the file."""

    base: Imported
    copies: tuple[Copy, ...]
    whole: dict[str, Contents]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Person:
    source: Source
    author: str | None
    contents: Contents
    beneath: Contents = ()
    ground: Contents = ()


def once_each(base: Source, returned: Sequence[Source]) -> tuple[list[Source], list[str]]:
    """Each file once, and a sentence about each that is named again, is the base, or equals one before it."""
    kept: list[Source] = []
    notes: list[str] = []
    for source in returned:
        if any(same_place(source.path, other.path) for other in kept):
            notes.append(say(TWICE, name=source.name))
            continue
        if source.data == base.data:
            notes.append(say(BASE_ITSELF, name=source.name, base=base.name))
        elif equal := next((other for other in kept if other.data == source.data), None):
            notes.append(say(EQUAL, name=source.name, other=equal.name))
        kept.append(source)
    return kept, list(dict.fromkeys(notes))


def gather(base: Source, returned: Sequence[Source], tracked: str, *, markdown: bool) -> Gathered:
    """Reads all files. The base is read as it was before changes that are tracked in it.

    Raises FileRefused for a file that cannot be read or is another document.
    """
    returned = _told_apart(returned)
    reader = _Reader(tracked, all_literal((base, *returned), markdown=markdown), markdown=markdown)
    before = reader.before(base, (), REJECTED_NOTE)
    with progress(returned, N_("Lesen")) as bar:
        people = [person for source in bar for person in reader.people(source, base, before.contents)]
    names = labels(base.path, [(person.source.path, person.author) for person in people])
    copies = (
        Copy(label, person.source.name, person.contents, person.beneath, person.ground)
        for label, person in zip(names, people, strict=True)
    )
    return Gathered(before, tuple(copies), reader.whole, tuple(dict.fromkeys(reader.notes)))


def _told_apart(sources: Sequence[Source]) -> list[Source]:
    often = Counter(source.name for source in sources)
    return [replace(source, namesake=often[source.name] > 1) for source in sources]


def nested(gathered: Gathered, text: Text, wishes: Sequence[Sequence[Edit]]) -> Iterator[str]:
    """A sentence for each file in which somebody tracked changes of another's tracked words: the wishes of both are
    alternatives there, and none of them alone reads as the file does with all changes.
    """
    for name, whole in gathered.whole.items():
        people = [(copy, found) for copy, found in zip(gathered.copies, wishes, strict=True) if copy.file == name]
        merged = {paragraph.text for paragraph in apply(text, [edit for _, found in people for edit in found])}
        only_struck = any(copy.ground and not found for copy, found in people)
        if only_struck or not {content.text for content in whole} <= merged:
            yield f"{name}: {say(NESTED)}"


class _Reader:
    def __init__(self, tracked: str, literal: bool, *, markdown: bool) -> None:  # noqa: FBT001 - two ways to read
        self.tracked, self.literal, self.markdown = tracked, literal, markdown
        self.notes: list[str] = []
        self.whole: dict[str, Contents] = {}

    def before(self, source: Source, base: Contents, said: Forms) -> Imported:
        """The file without its tracked changes; `said`: what a note calls them."""
        return self._read(source, base, said, reject_tracked=True)

    def _read(
        self,
        source: Source,
        base: Contents,
        said: Forms | None,
        *,
        reject_tracked: bool = False,
        author: str | None = None,
    ) -> Imported:
        """With its tables named as those of `base`; without `said` its notes are known already."""
        found = source.read(literal=self.literal, markdown=self.markdown, reject_tracked=reject_tracked, author=author)
        if said:
            self.notes += [f"{source.name}: {speech().said(said_as(note, said))}" for note in found.notes]
        contents, ground = (same_tables(base, each) for each in (found.contents, found.ground))
        return replace(found, contents=contents, notes=(), ground=ground)

    def people(self, source: Source, base: Source, contents: Contents) -> list[_Person]:
        before = self.before(source, contents, _SAID[self.tracked])
        share = unlike(contents, before.contents)
        if share is not None:
            raise FileRefused(
                source.path,
                say(ANOTHER, name=base.name, share=f"{100 * share:.0f}", least=f"{100 * LEAST_ALIKE:.0f}"),
            )
        if not before.authors or self.tracked == REJECTED:
            return [_Person(source, None, before.contents)]
        whole = self._read(source, contents, _SAID[self.tracked]).contents
        if self.tracked == ACCEPTED:
            return [_Person(source, None, whole)]
        return self._authors(source, contents, before, whole)

    def _authors(self, source: Source, base: Contents, before: Imported, whole: Contents) -> list[_Person]:
        if len(before.authors) > MOST_AUTHORS:
            raise FileRefused(
                source.path,
                say(TOO_MANY_AUTHORS, most=MOST_AUTHORS),
            )
        beneath = () if before.contents == base else before.contents
        read = (self._read(source, base, None, reject_tracked=True, author=author) for author in before.authors)
        people = [
            _Person(source, author, found.contents, beneath, found.ground)
            for author, found in zip(before.authors, read, strict=True)
        ]
        if beneath or len(people) > 1:
            self.whole[source.name] = whole
        return [*people, _Person(source, None, beneath)] if beneath else people
