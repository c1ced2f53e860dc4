"""The sentences: one form for each kind of order, said and read back.

Patterns are matched against a sentence's skeleton (its quotations are numbered holes), in the order of `_FORMS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from amendments.exchange.instructions import heads
from amendments.exchange.instructions.heads import PHRASE, Setting, head_of, noun_of
from amendments.exchange.instructions.orders import (
    Add,
    AddSentences,
    AddWords,
    Append,
    Begin,
    Exchange,
    Order,
    Place,
    Rewrite,
    Shift,
    Strike,
    StrikeWords,
    Substitute,
    Turn,
    Words,
)
from amendments.exchange.instructions.places import HEADING, Path, Places, path_of, said
from amendments.exchange.instructions.quoting import HOLE, Skeleton, quote, quote_cells
from amendments.exchange.instructions.scopes import sentences
from amendments.exchange.instructions.trouble import NO_SENTENCE, NotUnderstood
from amendments.text.model import Content, Kind, Rich, concat

Part = str | Rich
_TIMES = ("", "erster", "zweiter", "dritter", "vierter", "fünfter", "sechster", "siebter", "achter", "neunter")
_IS = "(?:wird|werden)"
_NOUN = "(?:das Wort|die Wörter|die Zahl|die Angabe|das Zeichen|die Zeichen)"
_DATIVE = "(?:dem Wort|den Wörtern|der Zahl|der Angabe|dem Zeichen|den Zeichen)"
_SENTENCES = "(?:wird folgender Satz|werden folgende Sätze)"
_WHICH = rf"(?P<words>{HOLE})(?: an (?P<time>\w+\.?) Stelle)?"
_VALUE = rf"{HOLE}(?: \| {HOLE})*"
_CONTENTS = rf"(?P<what>(?:folgende[rn]? {PHRASE}|Folgendes))"
_CONTENT_LIST = rf"(?P<contents>(?:(?:{PHRASE}: )?{_VALUE} ?)+)"
_RANGE = r"(?:(?P<first>[^,]+?)(?: bis (?P<exact>einschließlich )?(?P<last>[^,]+?))?)"
_CITED = re.compile(r"§|^\W*(?:\d\S*\s+)?(?:Abs|Absatz|Satz|Nr|Nummer|Artikel|Art|Buchstabe|Anlage)\b")
_INSIDE = re.compile(r"(?:(?P<rest>.+) )?(?P<word>Satz|Spalte) (?P<number>\d+)")


# --- words


@dataclass(frozen=True)
class _Called:
    nominative: str
    dative: str
    verb: str


_CALLED = {
    "word": _Called("das Wort", "dem Wort", "wird"),
    "words": _Called("die Wörter", "den Wörtern", "werden"),
    "number": _Called("die Zahl", "der Zahl", "wird"),
    "sign": _Called("das Zeichen", "dem Zeichen", "wird"),
    "signs": _Called("die Zeichen", "den Zeichen", "werden"),
    "mixed": _Called("die Angabe", "der Angabe", "wird"),
}


def _called(text: str) -> _Called:
    """Word, number, sign, or the neutral "Angabe"."""
    if re.fullmatch(r"\W*[^\W\d_]{2,}(?:-[^\W\d_]+)*\W*", text):
        return _CALLED["word"]
    if re.fullmatch(r"\d+(?:[.,]\d+)*", text):
        return _CALLED["number"]
    if not re.search(r"\w", text):
        return _CALLED["sign" if len(text) == 1 else "signs"]
    if re.search(r"\S\s+\S", text) and re.search(r"[^\W\d_]{2}", text) and not _CITED.search(text):
        return _CALLED["words"]
    return _CALLED["mixed"]


def _which(words: Words) -> list[Part]:
    time = "" if not words.time else _TIMES[words.time] if words.time < len(_TIMES) else f"{words.time}."
    return [quote(Rich(words.text)), f" an {time} Stelle" if time else ""]


def _words(match: re.Match[str], skeleton: Skeleton) -> Words:
    time = match["time"] or ""
    if time not in _TIMES and not time.rstrip(".").isdecimal():
        raise NotUnderstood(NO_SENTENCE, time)
    number = _TIMES.index(time) if time in _TIMES else int(time.rstrip("."))
    return Words(skeleton.quoted(match["words"]).text, number)


# --- places


class Speech:
    """Says and reads the forms for one text. `here` is the paragraph that a line above has named."""

    def __init__(self, places: Places, here: Path = ()) -> None:
        self.places, self.here = places, here

    def dative(self, place: Place) -> list[Part]:
        if place.path == self.here and not (place.sentence or place.column):
            return ["Dort"]
        return ["In ", *self.name(place, "der ")]

    def name(self, place: Place, article: str = "") -> list[Part]:
        parts: list[Part] = []
        if place.path != self.here:
            parts += [article if place.path[-1].word == HEADING else "", said(place.path)]
        for word, number in (("Satz", place.sentence), ("Spalte", place.column)):
            parts.append(f"{' ' if parts else ''}{word} {number}" if number else "")
        return parts

    def place(self, words: str, skeleton: Skeleton) -> Place:
        if words == "Dort":
            return Place(self.here)
        rest, inside = words.removeprefix("In "), {"Satz": 0, "Spalte": 0}
        while (match := _INSIDE.fullmatch(rest)) is not None:
            inside[match["word"]] = int(match["number"])
            rest = match["rest"] or ""
        return Place(path_of(rest, skeleton) if rest else self.here, inside["Satz"], inside["Spalte"])

    def span(self, first: Path, last: Path) -> list[Part]:
        parts: list[Part] = ["Die " if first[-1].word == HEADING else "", said(first)]
        if last in (first, ()):
            return parts
        if last[:-1] == first[:-1] and last[-1].word != HEADING:
            return [*parts, " bis ", said(last[-1:])]
        return [*parts, " bis einschließlich ", said(last)]

    def ends(self, match: re.Match[str], skeleton: Skeleton) -> tuple[Path, Path]:
        first = path_of(match["first"], skeleton)
        if not match["last"]:
            return first, first
        last = path_of(match["last"], skeleton)
        return first, last if match["exact"] else (*first[:-1], *last)

    def gap(self, after: Path, start: str, verb: str) -> list[Part]:
        if not after:
            return [start, verb]
        return ["Nach ", "der " if after[-1].word == HEADING else "", said(after), verb]

    # --- new paragraphs

    def setting(self, path: Path) -> Setting:
        """What need not be said of paragraphs that arrive behind `path`."""
        rank = self.places.find(path) if path else -1
        near = self.places.base[max(0, rank) : rank + 2]
        table = next((p.head.attribute("table") for p in near if p.head.kind is Kind.TABLE_ROW), "")
        return Setting(self.places.literal, table)

    def contents(self, contents: Sequence[Content], setting: Setting, case: str) -> tuple[list[Part], list[Part]]:
        """("folgender Absatz", ": „…“"); `case` is the masculine ending: r or n."""
        phrases = [(noun_of(each.head), heads.details(each.head, setting)) for each in contents]
        values = [quote_cells(each.rich) for each in contents]
        if len(set(phrases)) > 1:
            listed: list[Part] = []
            for (noun, detail), value in zip(phrases, values, strict=True):
                listed += ["\n" if listed else " ", noun.one, detail, ": ", value]
            return ["Folgendes"], [":", *listed]
        noun, detail = phrases[0]
        many = len(contents) > 1
        ending = "" if noun.feminine or many else case
        lines: list[Part] = []
        for value in values:
            lines += ["\n" if many else " ", value]
        return [f"folgende{ending} {noun.many if many else noun.one}", detail], [":", *lines]

    def read_contents(self, match: re.Match[str], skeleton: Skeleton, setting: Setting) -> tuple[Content, ...]:
        common = re.sub(r"^folgende[rn]? |^Folgendes$", "", match["what"])
        found = []
        for item in re.finditer(rf"(?:(?P<phrase>{PHRASE}): )?(?P<value>{_VALUE})(?: |$)", match["contents"]):
            phrase = common or item["phrase"] or ""
            rich = skeleton.cells(item["value"])
            found.append(Content(head_of(phrase, skeleton, setting, rich.text), rich))
        return tuple(found)


# --- saying


def _say_exchange(speech: Speech, order: Exchange) -> list[Part]:
    old, new = _called(order.old.text), _called(order.new.text)
    return [
        *speech.dative(order.place), f" {old.verb} {old.nominative} ", *_which(order.old),
        f" durch {new.nominative} ", quote(order.new), " ersetzt.",
    ]  # fmt: skip


def _say_strike_words(speech: Speech, order: StrikeWords) -> list[Part]:
    old = _called(order.old.text)
    return [*speech.dative(order.place), f" {old.verb} {old.nominative} ", *_which(order.old), " gestrichen."]


def _say_add_words(speech: Speech, order: AddWords) -> list[Part]:
    anchor, new = _called(order.anchor.text), _called(order.new.text)
    side = "vor" if order.before else "nach"
    return [
        *speech.dative(order.place), f" {new.verb} {side} {anchor.dative} ", *_which(order.anchor),
        f" {new.nominative} ", quote(order.new), " eingefügt.",
    ]  # fmt: skip


def _say_add_sentences(speech: Speech, order: AddSentences) -> list[Part]:
    side = "Vor " if order.before else "Nach "
    many = len(sentences(order.new.text)) > 1
    what = " werden folgende Sätze eingefügt: " if many else " wird folgender Satz eingefügt: "
    return [side, *speech.name(order.place), what, quote(order.new)]


def _say_rewrite(speech: Speech, order: Rewrite) -> list[Part]:
    name = speech.name(order.place, "Die ")
    return [*(name if any(name) else ["Der Absatz"]), " wird wie folgt gefasst: ", quote_cells(order.new)]


def _say_strike(speech: Speech, order: Strike) -> list[Part]:
    if order.place.sentence:
        return [*speech.name(order.place), " wird gestrichen."]
    many = order.last not in ((), order.place.path)
    return [*speech.span(order.place.path, order.last), f" {'werden' if many else 'wird'} gestrichen."]


def _say_add(speech: Speech, order: Add) -> list[Part]:
    what, contents = speech.contents(order.contents, speech.setting(order.after), "r")
    verb = " werden " if len(order.contents) > 1 and what != ["Folgendes"] else " wird "
    return [*speech.gap(order.after, "Am Anfang des Textes", verb), *what, " eingefügt", *contents]


def _say_substitute(speech: Speech, order: Substitute) -> list[Part]:
    what, contents = speech.contents(order.contents, speech.setting(order.last), "n")
    verb = " wird durch " if order.first == order.last else " werden durch "
    return [*speech.span(order.first, order.last), verb, *what, " ersetzt", *contents]


def _say_shift(speech: Speech, order: Shift) -> list[Part]:
    verb = " wird " if order.first == order.last else " werden "
    where = speech.gap(order.after, "an den Anfang des Textes", "")
    where[0] = "nach " if order.after else where[0]
    return [*speech.span(order.first, order.last), verb, *where, " verschoben."]


def _say_begin(speech: Speech, order: Begin) -> list[Part]:
    noun = noun_of(order.head)
    detail = heads.details(order.head, speech.setting(order.place.path))
    where: list[Part] = [f"mit Satz {order.place.sentence}"]
    if order.words is not None:
        where = [f"vor {_called(order.words.text).dative} ", *_which(order.words)]
    article = "eine neue" if noun.feminine else "ein neuer"
    return [*speech.dative(Place(order.place.path)), " beginnt ", *where, f" {article} {noun.one}", detail, "."]


def _say_append(speech: Speech, order: Append) -> list[Part]:
    how: list[Part] = [""]
    if not order.between.text:
        how = [" ohne Zwischenraum"]
    elif order.between != Rich(" "):
        how = [" mit ", quote(order.between), " dazwischen"]
    target: list[Part] = ["die " if order.left[-1].word == HEADING else "", said(order.left)]
    return [*speech.span(order.right, order.right), " wird", *how, " an ", *target, " angefügt."]


def _say_turn(speech: Speech, order: Turn) -> list[Part]:
    noun = noun_of(order.head)
    detail = heads.details(order.head, speech.setting(order.path))
    article = "eine" if noun.feminine else "einen"
    return [*speech.span(order.path, order.path), f" wird in {article} {noun.one}", detail, " umgewandelt."]


_SAY: dict[type, Callable[..., list[Part]]] = {
    Exchange: _say_exchange,
    StrikeWords: _say_strike_words,
    AddWords: _say_add_words,
    AddSentences: _say_add_sentences,
    Rewrite: _say_rewrite,
    Strike: _say_strike,
    Add: _say_add,
    Substitute: _say_substitute,
    Shift: _say_shift,
    Begin: _say_begin,
    Append: _say_append,
    Turn: _say_turn,
}


def say(speech: Speech, order: Order) -> Rich:
    return concat(part if isinstance(part, Rich) else Rich(part) for part in _SAY[type(order)](speech, order))


# --- reading

Match = re.Match[str]


def _read_exchange(speech: Speech, match: Match, skeleton: Skeleton) -> Order:
    place = speech.place(match["place"], skeleton)
    return Exchange(place, _words(match, skeleton), skeleton.quoted(match["new"]))


def _read_strike_words(speech: Speech, match: Match, skeleton: Skeleton) -> Order:
    return StrikeWords(speech.place(match["place"], skeleton), _words(match, skeleton))


def _read_add_words(speech: Speech, match: Match, skeleton: Skeleton) -> Order:
    place = speech.place(match["place"], skeleton)
    return AddWords(place, _words(match, skeleton), skeleton.quoted(match["new"]), match["side"] == "vor")


def _read_add_sentences(speech: Speech, match: Match, skeleton: Skeleton) -> Order:
    place = speech.place(match["place"], skeleton)
    return AddSentences(place, skeleton.quoted(match["new"]), match["side"] == "Vor")


def _read_rewrite(speech: Speech, match: Match, skeleton: Skeleton) -> Order:
    place = Place(speech.here) if match["place"] == "Der Absatz" else speech.place(match["place"], skeleton)
    return Rewrite(place, skeleton.cells(match["value"]))


def _read_strike(speech: Speech, match: Match, skeleton: Skeleton) -> Order:
    place = speech.place(match["first"], skeleton)
    if place.sentence:
        return Strike(place)
    first, last = speech.ends(match, skeleton)
    return Strike(Place(first), last)


def _read_add(speech: Speech, match: Match, skeleton: Skeleton) -> Order:
    after = path_of(match["place"], skeleton) if match["place"] else ()
    return Add(after, speech.read_contents(match, skeleton, speech.setting(after)))


def _read_substitute(speech: Speech, match: Match, skeleton: Skeleton) -> Order:
    first, last = speech.ends(match, skeleton)
    return Substitute(first, last, speech.read_contents(match, skeleton, speech.setting(last)))


def _read_shift(speech: Speech, match: Match, skeleton: Skeleton) -> Order:
    after = path_of(match["place"], skeleton) if match["place"] else ()
    return Shift(*speech.ends(match, skeleton), after)


def _read_begin(speech: Speech, match: Match, skeleton: Skeleton) -> Order:
    place = speech.place(match["place"], skeleton)
    head = head_of(match["head"], skeleton, speech.setting(place.path))
    if match["sentence"]:
        return Begin(Place(place.path, int(match["sentence"])), None, head)
    return Begin(place, _words(match, skeleton), head)


def _read_append(_speech: Speech, match: Match, skeleton: Skeleton) -> Order:
    between = Rich(" ")
    if match["bare"]:
        between = Rich()
    elif match["between"]:
        between = skeleton.quoted(match["between"])
    return Append(path_of(match["left"], skeleton), path_of(match["first"], skeleton), between)


def _read_turn(speech: Speech, match: Match, skeleton: Skeleton) -> Order:
    path = path_of(match["first"], skeleton)
    return Turn(path, head_of(match["head"], skeleton, speech.setting(path)))


_IN = r"(?P<place>In .+?|Dort)"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[Speech, Match, Skeleton], Order]], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"{_IN} {_IS} {_NOUN} {_WHICH} durch {_NOUN} (?P<new>{HOLE}) ersetzt\.", _read_exchange),
        (rf"{_IN} {_IS} {_NOUN} {_WHICH} gestrichen\.", _read_strike_words),
        (rf"{_IN} {_IS} (?P<side>vor|nach) {_DATIVE} {_WHICH} {_NOUN} (?P<new>{HOLE}) eingefügt\.", _read_add_words),
        (
            rf"(?P<side>Vor|Nach) (?P<place>(?:.+ )?Satz \d+) {_SENTENCES} eingefügt: (?P<new>{HOLE})",
            _read_add_sentences,
        ),
        (rf"(?P<place>.+?) wird wie folgt gefasst: (?P<value>{_VALUE})", _read_rewrite),
        (
            rf"(?:Nach (?P<place>.+?)|Am Anfang des Textes) {_IS} {_CONTENTS} eingefügt: {_CONTENT_LIST}",
            _read_add,
        ),
        (rf"{_RANGE} {_IS} durch {_CONTENTS} ersetzt: {_CONTENT_LIST}", _read_substitute),
        (rf"{_RANGE} {_IS} (?:nach (?P<place>.+?)|an den Anfang des Textes) verschoben\.", _read_shift),
        (
            rf"{_IN} beginnt (?:mit Satz (?P<sentence>\d+)|vor {_DATIVE} {_WHICH}) eine? neuer? (?P<head>{PHRASE})\.",
            _read_begin,
        ),
        (
            (
                rf"(?P<first>.+?) wird(?P<bare> ohne Zwischenraum)?(?: mit (?P<between>{HOLE}) dazwischen)? an "
                r"(?P<left>.+?) angefügt\."
            ),
            _read_append,
        ),
        (rf"(?P<first>.+?) wird in einen? (?P<head>{PHRASE}) umgewandelt\.", _read_turn),
        (rf"{_RANGE} {_IS} gestrichen\.", _read_strike),
    )
)


def read(speech: Speech, words: str, skeleton: Skeleton) -> Order:
    """The order of one sentence, given without its quotations. Raises NotUnderstood."""
    for pattern, reader in _FORMS:
        if (match := pattern.fullmatch(words)) is not None:
            return reader(speech, match, skeleton)
    raise NotUnderstood(NO_SENTENCE, words)
