"""A mail cut into what may be orders: greeting, quoted mails and signature apart, reasons with what they stand behind.

`cut` gives segments that together are the whole mail. A segment is one sentence, or one line of a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

from amendments.exchange.orders.quotations import FILL, HOLE, OPENING, Quotation, skeleton


class Part(Enum):
    TEXT = "text"
    REASON = "reason"
    QUOTED = "quoted"
    SIGNATURE = "signature"


@dataclass(frozen=True)
class Segment:
    """`bones`: its skeleton, without the label; `base`: where they begin in the mail. `depth`: how deep it is
    labelled, 0 without a label. `block`: the number of the block it stands in.
    """

    part: Part
    start: int
    end: int
    bones: str = ""
    base: int = 0
    depth: int = 0
    block: int = 0
    last: bool = True
    """Nothing else stands behind it in its block."""
    quotations: dict[int, Quotation] = field(default_factory=dict, compare=False, repr=False)

    def quotation(self, offset: int) -> Quotation:
        """That begins at this place of the bones."""
        return self.quotations[self.base + offset]


_LABEL = re.compile(
    r"[ \t]*(?:(?P<bullet>[-–—*•·+])[ \t]+"
    r"|(?P<number>\(?\d{1,2}[.)]|(?:Ä|Antrag|Änderung|Punkt)[ \t]?\d{1,2}:)[ \t]+"
    r"|(?P<letter>\(?[a-z]\))[ \t]+"
    r"|(?P<double>\(?[a-z]{2}\))[ \t]+)"
)
_NO_LABEL = re.compile(
    r"\s*\d{1,2}\.\s+(?:Absatz|Abschnitt|Kapitel|Punkt|Satz|Spiegelstrich|Aufzählungspunkt|Zeile)\b(?!\s*\d)",
    re.IGNORECASE,
)
"""As in "3. Spiegelstrich: …"."""
_DEPTHS = {"bullet": 1, "number": 1, "letter": 2, "double": 3}
_NEAR = 200
_QUOTED = re.compile(r"[ \t]*>")
_FORWARDED = re.compile(
    r"[ \t]*(?:-{2,}[ \t]*(?:Ursprüngliche|Original|Weitergeleitete)|Am\b.{4,120}\bschrieb\b.{0,120}[:<][ \t]*$"
    r"|On\b.{4,160}\bwrote:[ \t]*$|\S.{0,80}\bschrieb am\b.{4,80}:[ \t]*$"
    r"|(?:Von|From):[ \t]\S)"
)
_FAREWELL = re.compile(
    r"[ \t]*(?:--[ \t]*$|_{5,}|"
    r"(?:Mit\b.{0,30})?\b(?:(?:freundlich|herzlich|best|viel|lieb|schön)\w*[ \t]+(?:\w+[ \t]+){0,2})?"
    r"(?:Grüße|Grüßen|Gruß|Gruss|Grüsse|Grüssen)\b|MfG\b|LG\b|VG\b|Hochachtungsvoll)",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"[ \t]*\(?(?:Zur[ \t]+|Kurze[ \t]+|Unsere[ \t]+)?(?:Begründung|Grund|Gründe|Erläuterung|Hintergrund)[ \t]*[:–-]",
    re.IGNORECASE,
)
_NO_END = re.compile(
    r"(?:\b(?:Abs|Abschn|Anl|Art|B|bzw|ca|d|Dr|etc|f|ff|gem|ggf|h|i|inkl|Kap|lit|m|max|Nr|Nrn|o|Pkt|Prof|S|s|St|Str|u|usw|"
    r"v|vgl|Z|z|Zl|Ziff)|\d)$"
)
_STOP = re.compile(rf"[.!?](?=\s|$)|(?<={FILL})(?=\s+[A-ZÄÖÜ])")


def cut(mail: str) -> list[Segment]:
    """The segments in order; their ends meet."""
    bones, quotations = skeleton(mail)
    found: list[Segment] = []
    for number, (part, start, end) in enumerate(_blocks(mail, bones)):
        if part is not Part.TEXT:
            found.append(Segment(part, start, end, block=number))
            continue
        found += _sentences(bones, quotations, start, end, number)
    return found


# --- blocks


def _lines(mail: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(mail):
        end = mail.find("\n", start) + 1 or len(mail)
        yield start, end
        start = end


def _blocks(mail: str, bones: str) -> list[tuple[Part, int, int]]:
    """Runs of lines: parted by blank lines, by labels, and where reasons begin. Blank lines belong to what is above."""
    blocks: list[tuple[Part, int, int]] = []
    rest, fresh = Part.TEXT, True
    for start, end in _lines(mail):
        line, inside = mail[start:end], bones[start] == FILL
        if rest is Part.TEXT and not inside and (_FAREWELL.match(line) and len(line) < 80):
            rest = Part.SIGNATURE
        if _FORWARDED.match(line) and not inside:
            rest = Part.QUOTED
        part = Part.QUOTED if _QUOTED.match(line) else rest
        if not line.strip() and blocks:
            blocks[-1] = (*blocks[-1][:2], end)
            fresh = True
            continue
        begins_reason = part is Part.TEXT and not inside and _REASON.match(line)
        labelled = not inside and _LABEL.match(line) and not _NO_LABEL.match(line)
        if begins_reason:
            part = Part.REASON
        elif blocks and blocks[-1][0] is Part.REASON and part is Part.TEXT and not labelled:
            alone = not mail[_behind_reason(mail, blocks[-1]) : blocks[-1][2]].strip()
            part = Part.REASON if not fresh or alone else part
        joined = blocks and blocks[-1][0] is part and not begins_reason
        if joined and part is Part.TEXT:
            joined = inside or (not labelled and (not fresh or _goes_on(mail, bones, blocks[-1], start)))
        if joined:
            blocks[-1] = (part, blocks[-1][1], end)
        else:
            blocks.append((part, start, end))
        fresh = False
    return blocks


def _behind_reason(mail: str, block: tuple[Part, int, int]) -> int:
    match = _REASON.match(mail, block[1])
    return match.end() if match else block[1]


def _goes_on(mail: str, bones: str, block: tuple[Part, int, int], start: int) -> bool:
    """What is to be read after a colon may stand behind a blank line, if it is quoted."""
    return bones[block[1] : block[2]].rstrip().endswith(":") and mail[start : start + _NEAR].lstrip()[:1] in OPENING


# --- sentences


def _sentences(bones: str, quotations: dict[int, Quotation], start: int, end: int, block: int) -> Iterator[Segment]:
    label = _LABEL.match(bones, start, end)
    depth, base = 0, start
    if label and not _NO_LABEL.match(bones, start):
        depth, base = _DEPTHS[label.lastgroup or "bullet"], label.end()
    last = start + len(bones[start:end].rstrip())
    ends = [stop for stop in _stops(bones, quotations, base, end) if stop < last]
    borders = [start, *ends, end]
    for number, (one, other) in enumerate(pairwise(borders)):
        begin = base if number == 0 else one
        if number and _REASON.match(bones[begin : min(end, begin + _NEAR)].lstrip()):
            yield Segment(Part.REASON, one, end, block=block)
            return
        yield Segment(Part.TEXT, one, other, bones[begin:other], begin, depth, block, other == end, quotations)


def _stops(bones: str, quotations: dict[int, Quotation], start: int, end: int) -> Iterator[int]:
    """Where sentences end."""
    for match in _STOP.finditer(bones, start, end):
        stop = match.end()
        behind = bones[stop : min(end, stop + _NEAR)].lstrip()
        if not match[0] and not _is_told(bones, quotations, stop):
            continue
        if match[0] == "." and behind:
            number_or_short = _NO_END.search(bones, max(start, match.start() - 8), match.start())
            if behind[:1].islower() or (number_or_short and bones[stop] != "\n"):
                continue
        yield stop


def _is_told(bones: str, quotations: dict[int, Quotation], end: int) -> bool:
    """Whether the quotation that ends here is a whole sentence behind a colon: with it the order ends."""
    start = bones.rfind(HOLE, 0, end)
    return bones[max(0, start - _NEAR) : start].rstrip()[-1:] == ":" and quotations[start].words[-1:] in (
        ".",
        "!",
        "?",
        "…",
    )
