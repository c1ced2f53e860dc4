"""Measures the account of a Word file that comes back: the transitions of statutes as tracked changes of four people.
LibreOffice accepts those of two, rejects the third one's and leaves the fourth's; then it changes a word in what the
second one put in, and a word of which nobody speaks. What is said to be taken over, gone, open, changed and new?
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from amendments.exchange.readers import read_returned
from amendments.exchange.redlines import Person, write
from amendments.exchange.returned import Fate, Returned, account, wanted_in
from amendments.text import Edit, Text, apply
from amendments.text.hunks import Insert, Replace, Retype
from amendments.text.relations import places_of
from benchmarks.bench_engine import Figures
from benchmarks.bench_round_trip import STATUTES, changes_of_statutes
from benchmarks.foreign_readers import Office
from benchmarks.round_trip import paper_of

ACCEPTED, EDITED, REJECTED, LEFT = "Beirat (Ä 7)", "Ortsbeirat (Ä 8)", "Sozialausschuss (Ä 9)", "Hauptausschuss (Ä 10)"
EXPECTED = {ACCEPTED: Fate.ADOPTED, EDITED: Fate.ADOPTED, REJECTED: Fate.DROPPED, LEFT: Fate.OPEN}
_WORD = re.compile(r"(?<!\w)[^\W\d_]{6,}(?!\w)")


def of_statutes(folder: Path, most: int = STATUTES) -> Figures:
    """`failed`: transitions of which not everything was said as it is, with what is otherwise."""
    figures = Figures()
    with Office(folder) as office:
        for name, base, changes in changes_of_statutes(most):
            export = Export.of(base, changes)
            trouble = export.trouble(*export.way(office, folder), figures.counts)
            figures.judge(f"{name}: {'; '.join(trouble)}" if trouble else name, right=not trouble)
    return figures


@dataclass(frozen=True)
class Export:
    """What goes out and what is done to it. `spoilt`: an edit and the word in it that is changed."""

    base: Text
    filed: Mapping[str, Sequence[Edit]]
    spoilt: tuple[str, str] | None
    elsewhere: str | None

    @classmethod
    def of(cls, base: Text, changes: Sequence[Edit]) -> Export:
        dealt = {name: changes[rank :: len(EXPECTED)] for rank, name in enumerate(EXPECTED)}
        filed = {name: edits for name, edits in dealt.items() if edits}
        whole = "\n".join(paragraph.text for paragraph in apply(base, changes))
        return cls(base, filed, _spoilt(base, filed.get(EDITED, ()), whole), _elsewhere(base, changes, whole))

    def way(self, office: Office, folder: Path) -> tuple[Returned, str]:
        file, back = folder / "export.docx", folder / "back.docx"
        file.write_bytes(write(paper_of(self.base, self.filed, {name: Person(name) for name in self.filed}), ".docx"))
        words = [
            *([(self.spoilt[1], "qu")] if self.spoilt else ()),
            *([(self.elsewhere, "qu")] if self.elsewhere else ()),
        ]
        office.settle(file, back, {ACCEPTED, EDITED}, {REJECTED}, words)
        return read_returned(back.read_bytes(), back.name), back.name

    def trouble(self, read: Returned, name: str, counts: Counter[str]) -> list[str]:
        found = account(
            self.base, {name: self.filed[name] for name in read.before.held}, wanted_in(self.base, read, name)
        )
        trouble = [] if read.before.held == tuple(self.filed) else [f"held {read.before.held}"]
        for each in found.accounts:
            for edit, fate in zip(self.filed[each.name], each.fates, strict=True):
                wanted = Fate.CHANGED if self.spoilt and edit.id == self.spoilt[0] else EXPECTED[each.name]
                counts[wanted.value] += 1
                if fate is not wanted:
                    trouble.append(f"{each.name} {edit.id}: {fate} for {wanted}")
        rest = [(each.author, wish) for each in found.left for wish in each.wishes]
        looks = sum(any(isinstance(hunk, Retype) for hunk in wish.hunks) for _, wish in rest)
        counts["new"] += bool(self.elsewhere)
        counts["headings that LibreOffice made paragraphs"] += looks
        if len(rest) - looks != bool(self.spoilt) + bool(self.elsewhere) or any(author for author, _ in rest):
            trouble.append(f"left {len(rest) - looks} for {bool(self.spoilt) + bool(self.elsewhere)}")
        return trouble


def _spoilt(base: Text, edits: Iterable[Edit], whole: str) -> tuple[str, str] | None:
    """The first of the edits that puts in a word which stands once in the whole, and nowhere in the base."""
    old = "\n".join(paragraph.text for paragraph in base)
    for edit in edits:
        for hunk in edit.hunks:
            new = [hunk.new.text] if isinstance(hunk, Replace) else []
            new += [content.text for content in hunk.contents] if isinstance(hunk, Insert) else []
            for word in (found for text in new for found in _WORD.findall(text)):
                if whole.count(word) == 1 and word not in old:
                    return edit.id, word
    return None


def _elsewhere(base: Text, changes: Iterable[Edit], whole: str) -> str | None:
    """A word that stands once, in a paragraph of which nobody speaks."""
    spoken = {place.paragraph for edit in changes for hunk in edit.hunks for place in places_of(hunk)}
    old = "\n".join(paragraph.text for paragraph in base)
    for paragraph in base:
        if paragraph.identity not in spoken:
            for word in _WORD.findall(paragraph.text):
                if old.count(word) == whole.count(word) == 1:
                    return word
    return None


def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        figures = of_statutes(Path(folder))
    counts = ", ".join(f"{count} {name}" for name, count in figures.counts.items())
    right = figures.cases - len(figures.failed)
    print(f"{figures.cases} files through LibreOffice ({counts}): {right} told exactly")
    for each in figures.failed:
        print(f"  {each}")
