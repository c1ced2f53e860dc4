"""The door: a mail and a text, and what of the mail orders a change of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from amendments.exchange.instructions import Instructions, NotUnderstood
from amendments.exchange.orders.carrying import Carrier
from amendments.exchange.orders.found import (
    MANY_PLACES,
    NO_ORDER,
    NO_WORDS_THERE,
    NOT_WANTED,
    Kind,
    Left,
    Piece,
    Recognised,
    Unsure,
)
from amendments.exchange.orders.mail import Part, Segment, cut
from amendments.exchange.orders.places import Gazetteer
from amendments.exchange.orders.quotations import FILL
from amendments.exchange.orders.speech import Said, Speech, Step, reason_behind, without_courtesy
from amendments.exchange.words import Sentence
from amendments.text.applying import apply
from amendments.text.checking import Checker, MisfitError
from amendments.text.hunks import Edit, Hunk
from amendments.text.model import Text

MOST_SENTENCES = 1_000
LONGEST = 1_000
"""Code points of an order without what it quotes."""
_NEGATED = re.compile(
    r"\b(?:nicht|kein\w*|abgelehnt\w*|ablehn\w*|dagegen|früher\w*|bisher\w*|verworfen\w*|falsch|fraglich|diskutiert\w*|"
    r"überleg\w*|offen|Fragen?|alternativ\w*|entweder|oder|falls|wenn|sofern|erledigt|zurückgezogen\w*|andere\w*|"
    r"lehn\w*|gegen|vertag\w*|zurückgestellt|ohne|Minderheit\w*|Diskussion|diskutier\w*|prüf\w*|Möglichkeit\w*|"
    r"Varianten?|strittig\w*|umstritten\w*|wär\w*|war|waren|bleib\w*)\b",
    re.IGNORECASE,
)
"""In a line above a list: what stands below is not wanted, or not for sure."""
_WISHED = re.compile(
    r"\b(?:(?:be)?antr[aä]g\w*|bitt\w*|gebeten|vor(?:zu)?schlag\w*|vorschläge\w*|schl[aä]g\w*|regen|regt|wünsch\w*|wunsch|"
    r"empf[ie]+hl\w*|empfohlen|möcht\w*|fordern|fordert|besch(?:lossen|ließt|luss|lüsse)|"
    r"\w*(?:änderung|ergänzung|streichung|anmerkung|korrektur|hinweis|punkt|stellungnahme|rückmeldung|antr[aä]g|wünsch)\w*|"
    r"folgende[nrs]?|folgt|einzelnen)\b",
    re.IGNORECASE,
)
_MOST_NAMED = 3
"""Words of a line above a list that may say nothing of wishes: whose they are, or what they are about."""
_AGAINST = re.compile(
    r"\blehn\w*\b.*\bab\b|\babgelehnt\b|\bablehn\w*|\bdagegen\b|\bbleib\w*|\bbleibt\b|\bfalsch\b|\bpauschal\b|"
    r"\bzurückgezogen\b|\bhinfällig\b|\bwidersprech\w*|"
    r"\bnicht\b.*\b(?:einverstanden|wollen|gewünscht|Sinne|zustimmen|mittragen|mitgehen|unterstützen)\b|"
    r"\b(?:wollen|wünschen|möchten|unterstützen|teilen)\b.*\bnicht\b",
    re.IGNORECASE | re.DOTALL,
)
"""Behind an order: whoever writes does not want it, or not all of it."""
_POINTS_BACK = re.compile(r"\s*(?:Das|Dies\w*|Dem|Damit|Dagegen)\b")
_WITHDRAWN = re.compile(r"\b(?:ziehen|ziehe|zieht)\b.*\bzurück\b|\bzurückgezogen\b|\bhinfällig\b", re.IGNORECASE)
_VERSION = re.compile(r"\b(?:Fassung|Version|Stand)\s(?:Nr\.\s)?(\d+)\b")
_LINE = re.compile(r"\bZ(?:eilen?|l?\.)\s?\d")
_REASON = re.compile(r"\s*\(?[^:–-]{0,40}[:–-]\s*")
_UNQUOTED = re.compile(r":\s+(?P<words>[^\ue000\ue002:„“\"»«]+?)\s*$")
_ONE_SENTENCE = re.compile(r"[A-ZÄÖÜ][^.!?]*[.!?]")


def read_mail(base: Text, mail: str, *, number: int | None = None) -> tuple[Piece, ...]:
    """Recognised orders and what is left, in order; their words joined are the mail (which came through the door).

    `number`: of the version the text is; a mail that speaks of another one has other line numbers.
    """
    gazetteer = Gazetteer(base)
    segments = cut(mail)
    other = {int(match[1]) for match in _VERSION.finditer(mail)} - {number}
    doubt = number is not None and bool(other)
    pieces = _Reader(gazetteer, Carrier(gazetteer, doubt_lines=doubt), mail).pieces(segments)
    if not doubt and any(_is_elsewhere(one) for one in pieces):
        pieces = _Reader(gazetteer, Carrier(gazetteer, doubt_lines=True), mail).pieces(segments)
    return tuple(_together(pieces))


def _is_elsewhere(piece: Piece) -> bool:
    """Words that stand in another line than the mail says."""
    if not isinstance(piece, Left) or piece.why is None or piece.why.msgid != NO_WORDS_THERE:
        return False
    return _LINE.search(piece.words) is not None


def _is_short(segment: Segment) -> bool:
    """Quotations may be long; what is said around them is not."""
    return len(segment.bones) - segment.bones.count(FILL) <= LONGEST


@dataclass(frozen=True)
class _Topic:
    """A place that holds for the lines below it: those that are labelled deeper than `depth`."""

    depth: int
    steps: tuple[Step, ...]


class _Reader:
    def __init__(self, gazetteer: Gazetteer, carrier: Carrier, mail: str) -> None:
        self.carrier, self.mail = carrier, mail
        self.speech = Speech(gazetteer.titles)
        self.ours = Instructions(gazetteer.base)
        self.checker = Checker(gazetteer.base)
        self.topics: list[_Topic] = []
        self.refused: int | None = None
        """The block of a line that says of what follows that it is not wanted."""

    def pieces(self, segments: Sequence[Segment]) -> list[Piece]:
        found: list[Piece] = []
        block = 0
        for number, segment in enumerate(segments):
            if self._is_against(segment, block) and found and isinstance(found[-1], Recognised):
                found[-1] = Left(found[-1].words, why=Sentence(NOT_WANTED))
            block = segment.block
            words = self.mail[segment.start : segment.end]
            match segment.part:
                case Part.TEXT if number < MOST_SENTENCES and _is_short(segment):
                    found += self._text(segment)
                case Part.REASON if found and isinstance(found[-1], Recognised):
                    found[-1] = _with_reason(found[-1], words)
                case Part.QUOTED:
                    found.append(Left(words, Kind.QUOTED))
                case Part.SIGNATURE:
                    found.append(Left(words, Kind.SIGNATURE))
                case _:
                    found.append(Left(words))
        return found

    def _text(self, segment: Segment) -> list[Piece]:
        words = self.mail[segment.start : segment.end]
        if self._is_topic(segment):
            return [Left(words)]
        if self._is_refused(segment):
            why = Sentence(NOT_WANTED) if self.speech.looks_like_one(segment.bones) else None
            return [Left(words, why=why)]
        try:
            return [self._order(segment)]
        except Unsure as unsure:
            lines = self._by_lines(segment)
            if lines:
                return lines
            looks = self.speech.looks_like_one(segment.bones)
            return [Left(words, why=unsure.why if looks else None)]

    def _is_against(self, segment: Segment, block: int) -> bool:
        """Whether it says of the order before it, which stands in that block, that it is not wanted."""
        near = segment.block == block or (segment.block == block + 1 and _POINTS_BACK.match(segment.bones))
        return bool(segment.part is Part.TEXT and near and not segment.depth and _AGAINST.search(segment.bones))

    def _is_refused(self, segment: Segment) -> bool:
        """A list below "Nicht gewünscht ist:", up to the next block without a label but the first."""
        bones = segment.bones.rstrip()
        if (bones.endswith(":") and self._says_no_wish(bones)) or _WITHDRAWN.search(bones):
            self.refused = segment.block
        elif self.refused is not None and not segment.depth and segment.block > self.refused + 1:
            self.refused = None
        return self.refused is not None

    def _says_no_wish(self, bones: str) -> bool:
        """A line above a list: neither a wish nor just a name."""
        named = len(bones.split()) <= _MOST_NAMED or _WISHED.search(bones) or self.speech.looks_like_one(bones)
        return bool(_NEGATED.search(bones)) or not named

    def _by_lines(self, segment: Segment) -> list[Piece]:
        """Lines that are an order each: all of them, or none."""
        starts = [0, *(match.end() for match in re.finditer(r"\n(?=[^\n\ue001])", segment.bones.rstrip()))]
        if len(starts) == 1:
            return []
        ends = [*starts[1:], len(segment.bones)]
        found: list[Piece] = []
        for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
            part = replace(
                segment,
                start=segment.start if number == 0 else segment.base + start,
                end=segment.base + end,
                bones=segment.bones[start:end],
                base=segment.base + start,
            )
            if number == 0 and self._is_topic(part):
                found.append(Left(self.mail[part.start : part.end]))
                continue
            try:
                found.append(self._order(part))
            except Unsure:
                return []
        return found

    # --- one order

    def _order(self, segment: Segment) -> Recognised:
        end, reason = reason_behind(segment.bones)
        begin = without_courtesy(segment.bones[:end])
        if reason:
            offset = segment.bones.rfind(reason.split("\n")[0][:20])
            reason = " ".join(self.mail[segment.base + offset : segment.base + len(segment.bones)].split()).rstrip(
                ".) "
            )
        self.topics = [topic for topic in self.topics if topic.depth < segment.depth]
        said = self._said(segment, begin, end)
        hunks: list[Hunk] = []
        how = ""
        for one in said:
            mine, how = self.carrier.carry(replace(one, place=self._place(one.place)))
            hunks += mine
        words = self.mail[segment.start : segment.end]
        self._must_agree(segment, hunks)
        return Recognised(words, words.strip(), tuple(hunks), how, reason)

    def _must_agree(self, segment: Segment, hunks: Sequence[Hunk]) -> None:
        """Whether they fit the text, and say what the sentence says where it is one of our own. Raises Unsure."""
        try:
            self.checker.check(hunks)
        except MisfitError:
            raise Unsure(NO_ORDER) from None
        if self.topics:
            return
        try:
            ours = self.ours.read(self.mail[segment.base : segment.end].strip())
            if tuple(ours) == tuple(hunks):
                return
            self.checker.check(ours)
        except (NotUnderstood, MisfitError):
            return
        base = self.carrier.base
        mine, theirs = (apply(base, [Edit("order", tuple(each))]) for each in (hunks, ours))
        # a number in front may be kept, a full stop be added
        alike = (a.text.replace(".", "").endswith(b.text.replace(".", "")) for a, b in zip(mine, theirs, strict=False))
        if len(mine) != len(theirs) or not all(alike):
            raise Unsure(MANY_PLACES)

    def _said(self, segment: Segment, begin: int, end: int) -> list[Said]:
        try:
            return self.speech.orders(segment.bones[begin:end], _quoted(segment, begin, end))
        except Unsure:
            bones = segment.bones[begin:end]
            match = _UNQUOTED.search(bones)
            if match is None or not segment.last or not _ONE_SENTENCE.fullmatch(" ".join(match["words"].split())):
                raise
            start = match.start("words")
            words = " ".join(match["words"].split())
            blotted = f"{bones[:start]}\ue000"
            return self.speech.orders(blotted, _quoted(segment, begin, begin + start) | {start: words})

    def _place(self, own: tuple[Step, ...]) -> tuple[Step, ...]:
        """With what a line above has named, unless the order names it itself."""
        kinds = {step.kind for step in own}
        above = [step for topic in self.topics for step in topic.steps]
        if "section" in kinds or "line" in kinds:
            return own
        return (*(step for step in above if step.kind not in kinds), *own)

    def _is_topic(self, segment: Segment) -> bool:
        """Whether it only names a place: "Zu Kapitel 3:", "§ 3 wird wie folgt geändert:"."""
        bones = segment.bones.strip()
        begin = without_courtesy(segment.bones)
        header = self.speech.header(segment.bones[begin:], _quoted(segment, begin, len(segment.bones)))
        if header:
            inherited = [topic for topic in self.topics if topic.depth < segment.depth]
            self.topics = [*inherited, _Topic(segment.depth, header)]
            return True
        steps = self.speech.place(segment.bones, _quoted(segment, 0, len(segment.bones)))
        if steps and (bones.endswith(":") or "\n" in segment.bones.rstrip(" ") or segment.depth == 0):
            self.topics = [_Topic(segment.depth - 1, steps)]
            return True
        return False


def _quoted(segment: Segment, begin: int, end: int) -> dict[int, str]:
    return {
        offset - begin: segment.quotation(offset).words
        for offset in (match.start() for match in re.finditer("\ue000", segment.bones[:end]))
        if offset >= begin
    }


def _with_reason(order: Recognised, words: str) -> Recognised:
    match = _REASON.match(words)
    reason = words[match.end() if match else 0 :].strip()
    if words.lstrip().startswith("("):
        reason = reason.removesuffix(")")
    both = "\n\n".join(part for part in (order.reason, reason) if part)
    return replace(order, words=order.words + words, reason=both)


def _together(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbours that are left and of which nothing is to be said become one."""

    def plain(number: int) -> object:
        piece = pieces[number]
        return piece.kind if isinstance(piece, Left) and piece.why is None else number

    for _key, numbers in groupby(range(len(pieces)), plain):
        run = [pieces[number] for number in numbers]
        first = run[0]
        if isinstance(first, Left):
            yield replace(first, words="".join(piece.words for piece in run))
        else:
            yield first
