"""`.md` and `.txt` read literally and written back byte for byte.

Paragraphs are parted by blank lines (lines of spaces and tabs count as blank). A line that begins with one to six "#"
and a space is a heading and a paragraph of its own; its sign stays part of the text. Nothing else is read into the
characters: list markers, stars and pipes are text. What stands between the paragraphs goes into a `Layout`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from amendments.exchange.encoding import BOM, decode
from amendments.exchange.imported import Imported
from amendments.exchange.layout import GAP, Layout, bind
from amendments.exchange.limits import MAX_PARAGRAPHS, check_contents, check_raw, check_size
from amendments.exchange.words import N_, NN_, Sentence, counted
from amendments.text.door import dropped_controls, has_bidi_controls, normalise
from amendments.text.model import Content, Head, Kind, Paragraph, literal_content
from amendments.text.parsing import BLANK, HEADING_LINE, pieces

__all__ = ["Layout", "bind", "literal_content", "literal_contents", "read_literal", "without_sign", "write_literal"]

MIXED_NEWLINES = N_("Die Datei mischt verschiedene Zeilenenden; sie werden einheitlich wie die meisten geschrieben.")
CONTROLS = NN_("%(num)d Steuerzeichen entfernt.", "%(num)d Steuerzeichen entfernt.")
COMPOSED = N_("Zusammengesetzte Buchstaben (Unicode) wurden vereinheitlicht.")
TURNED = N_(
    "Der Text enthält unsichtbare Zeichen, die die Schreibrichtung ändern; sie bleiben stehen und werden angezeigt."
)

_HEADING = re.compile("(#{1,6}) ")
_NEWLINES = re.compile("\r\n|\r|\n")


def literal_contents(text: str) -> tuple[Content, ...]:
    """The paragraphs of a normalised text that has no file around it (pasted, typed). Raises TooLarge."""
    found = (paragraph for paragraph, _ in pieces(text.strip("\n")) if paragraph.strip(BLANK))
    contents = tuple(literal_content(paragraph) for paragraph in islice(found, MAX_PARAGRAPHS + 1))
    check_contents(contents)
    return contents


def without_sign(content: Content) -> Content:
    """A literal paragraph as what its sign makes of it."""
    length = content.head.level + 1 if content.kind is Kind.HEADING else 0
    return Content(Head(content.kind, content.head.level), content.rich.slice(length, len(content.rich)))


def read_literal(data: bytes, suffix: str = "txt") -> Imported:
    """A literal file of any size up to the limits. Raises Unreadable (no text in it) or TooLarge."""
    check_size(data)
    decoded = decode(data)
    check_raw(decoded.text)
    newline, mixed = _newline(decoded.text)
    text = normalise(decoded.text)
    lead, body, trail = _frame(text)
    found = list(islice(pieces(body), MAX_PARAGRAPHS + 1)) if body else []  # one too many is enough to refuse
    contents = tuple(literal_content(paragraph) for paragraph, _ in found)
    check_contents(contents)
    layout = _layout([gap for _, gap in found[:-1]], Layout(decoded.bom, newline, lead, trail))
    notes = (*decoded.notes, *door_notes(decoded.text, text), *((Sentence(MIXED_NEWLINES),) if mixed else ()))
    return Imported(contents, layout, literal=True, format=suffix, notes=notes)


def door_notes(raw: str, text: str) -> tuple[Sentence, ...]:
    """What the normalisation at the door changed when it made `text` of `raw`, or left standing that cannot be seen."""
    notes = []
    if controls := dropped_controls(raw):
        notes.append(counted(controls, *CONTROLS))
    if len(text) != len(_NEWLINES.sub("\n", raw)) - controls:
        notes.append(Sentence(COMPOSED))
    if has_bidi_controls(text):
        notes.append(Sentence(TURNED))
    return tuple(notes)


def write_literal(paragraphs: Sequence[Paragraph], layout: Layout | None = None) -> bytes:
    """The file of `paragraphs` (UTF-8) as `layout` says. Reading it again gives the same paragraphs."""
    layout = layout or Layout()
    gaps = dict(layout.exceptions)
    whole_lines = layout.lead.endswith("\n")  # spaces alone were the whole file; words must not begin with them
    parts = [layout.lead if whole_lines or not paragraphs else ""]
    for index, paragraph in enumerate(paragraphs):
        parts.append(paragraph.text)
        if index + 1 < len(paragraphs):
            gap = gaps.get(paragraph.identity if layout.bound else str(index), layout.separator)
            parts.append(gap if _parts(paragraph.text, gap, paragraphs[index + 1].text) else GAP)
    parts.append(layout.trail)
    text = "".join(parts).replace("\n", layout.newline)
    data = text.encode()
    return (
        BOM + data if layout.bom or data.startswith(BOM) else data
    )  # a first U+FEFF that is text needs a mark before it


def _parts(left: str, gap: str, right: str) -> bool:
    """Whether `gap` still parts these two: one without a blank line does so only beside a heading."""
    return gap.count("\n") > 1 or HEADING_LINE.fullmatch(left) is not None or _HEADING.match(right) is not None


def _newline(raw: str) -> tuple[str, bool]:
    """The most frequent line end of `raw`, and whether there are others."""
    both = raw.count("\r\n")
    counts = {"\r\n": both, "\n": raw.count("\n") - both, "\r": raw.count("\r") - both}
    forms = {form: count for form, count in counts.items() if count}
    if not forms:
        return "\n", False
    return max(forms, key=lambda form: (forms[form], form)), len(forms) > 1


def _frame(text: str) -> tuple[str, str, str]:
    """(blank lines before, paragraphs, blank lines behind); spaces on a line with words belong to the words."""
    if not text.strip(BLANK):
        return text, "", ""
    start = text.rfind("\n", 0, len(text) - len(text.lstrip(BLANK))) + 1
    last = len(text.rstrip(BLANK))
    end = text.find("\n", last)
    return (text[:start], text[start : end if end >= 0 else None], text[end:] if end >= 0 else "")


def _layout(gaps: list[str], frame: Layout) -> Layout:
    blank = Counter(gap for gap in gaps if gap.count("\n") > 1)
    usual = max(blank, key=lambda gap: (blank[gap], gap == GAP, gap)) if blank else GAP
    exceptions = sorted((str(index), gap) for index, gap in enumerate(gaps) if gap != usual)
    return replace(frame, separator=usual, exceptions=tuple(exceptions))
