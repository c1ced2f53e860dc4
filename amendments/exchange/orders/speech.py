"""What a sentence orders: its words as tokens, the tokens as one of few forms. A word that is not known here makes the
sentence no order: what is said beside it ("nicht", "falls", "oder") might turn it round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from amendments.exchange.orders.found import NO_ORDER, OPEN_QUOTE, QUESTION, Unsure
from amendments.exchange.orders.quotations import BROKEN
from amendments.exchange.orders.words import ORDINALS, pattern


class Form(Enum):
    EXCHANGE = "exchange"
    STRIKE_WORDS = "strike words"
    STRIKE = "strike"
    REWRITE = "rewrite"
    ADD = "add"
    """Behind or before an anchor: words, or a place."""
    AT_EDGE = "at edge"
    """At the end or the beginning of a place."""


class Unit(Enum):
    """What a quotation is said to be."""

    ANY = ""
    SENTENCE = "S"
    PARAGRAPH = "P"
    ITEM = "I"
    HEADING = "H"


@dataclass(frozen=True)
class Quote:
    words: str
    unit: Unit = Unit.ANY


@dataclass(frozen=True)
class Step:
    """One part of a place. `numbers`: first and last of a range, counted from 1; -1 is the last. `label`: as it is
    printed, or a title.
    """

    kind: str
    numbers: tuple[int, int] = (0, 0)
    label: str = ""
    said: str = ""


@dataclass(frozen=True)
class Said:
    form: Form
    place: tuple[Step, ...]
    old: Quote | None = None
    new: tuple[Quote, ...] = ()
    anchor: Quote | None = None
    until: Quote | None = None
    """The anchor's neighbour: the new words stand between them."""
    before: bool = False
    context: Quote | None = None
    """Words of the sentence that is meant."""


@dataclass(frozen=True)
class Token:
    code: str
    quote: Quote | None = None
    step: Step | None = None


# --- polite words around an order

_WHO = r"(?:wir|ich|(?:der|die|das|unser|unsere|namens|im namen)\b[^,.:!?]{1,60}?)"
_ASK = (
    r"(?:bitten?|bittet|beantragt?|beantragen|beantrage|schlagen?|schlägt|regt?|regen|rege|wünschen|wünscht|empfehlen|"
    r"empfiehlt|möchten?|würden?|stellen|stellt)"
)
_ALONG = (
    r"(?:\s(?:vor|an|darum|hiermit|daher|deshalb|dazu|zudem|außerdem|weiter|ferner|folgende[sn]?|"
    r"(?:den\s|die\s)?(?:folgende[n]?\s)?(?:Änderung(?:en)?|Antrag)|als|Änderungsantrag|dringend|herzlich|gerne?|zu)\b)*"
)
_NAMED = (
    r"(?:Unser(?:e)?|Mein(?:e)?|Ein(?:e)?|Folgender|Der)?\s?"
    r"(?:Vorschlag|Änderungsvorschlag|Änderungsantrag|Antrag|Bitte|Wunsch|Änderung)"
)
_FURTHER = r"(?:Außerdem|Ferner|Zudem|Weiterhin|Schließlich|Erstens|Zweitens|Drittens|Sodann)(?=[,:\s])"
_POLITE = re.compile(
    rf"\s*(?:{_WHO}\s{_ASK}\b{_ALONG}|{_NAMED}|Es wird (?:beantragt|gebeten|vorgeschlagen)|{_FURTHER})"
    r"\s*(?:[,:]|(?=\s))\s*(?:dass\b|folgende[s]?:)?",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\b(?:nicht|nie|kein\w*|gegen|ablehn\w*|abgelehnt|falsch\w*|früher\w*|bisher\w*|statt\w*|ob)\b", re.IGNORECASE
)
_BECAUSE = re.compile(r"\s*[,;–(-]\s*(?:weil|da|denn)\s(?P<reason>.+?)[.)]*\s*$", re.DOTALL)
_IN_BRACKETS = re.compile(r"\s*\((?:Begründung|Grund):?\s(?P<reason>[^()]+)\)[\s.]*$")
_STATES = re.compile(r"(?<!\w)(?:ist|sind)(?!\w)|\A\s*Sie\s")
_CITES = re.compile(r"(?<!\w)(?:laute[nt]|hei(?:ß|ss)(?:t|en))(?!\w)")
_ANEW = re.compile(
    r"(?<!\w)(?:soll\w*|mu(?:ss|ß)|müss\w*|möge\w*|wird|werden|künftig|neu|nun|jetzt|dann|folgt|bitte|zu|statt|stattdessen|anstatt|"
    r"anstelle|besser|lieber|würde)(?!\w)",
    re.IGNORECASE,
)
"""What makes a new wording of "lautet": alone it tells how the text reads."""
_TO_DO = re.compile(r"(?<!\w)zu\s\w+en(?!\w)|\w(?:zu)\w+en(?!\w)")


def without_courtesy(words: str) -> int:
    """Where the order itself begins, behind "Wir beantragen," and the like."""
    match = _POLITE.match(words)
    return match.end() if match and match[0].strip() and not _NO.search(match[0]) else 0


def reason_behind(words: str) -> tuple[int, str]:
    """Where the order ends, and why it is given: ", weil …"."""
    match = _BECAUSE.search(words) or _IN_BRACKETS.search(words)
    return (match.start(), match["reason"].strip()) if match else (len(words), "")


# --- reading


@dataclass
class _Group:
    """Tokens between two "und": what one order says."""

    codes: str = ""
    quotes: list[Quote] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    bare: bool = False
    """A place is named without a preposition: it may be what the order is about."""

    def note(self, step: Step, role: str) -> None:
        self.steps.append(step)
        if role in ("n", "v"):
            self.codes += "@"
        elif role == "":
            self.bare = True

    def end(self, unit: Unit) -> None:
        """What a quotation is may be said behind it: "„…“ als neuer Absatz"."""
        if unit is not Unit.ANY and self.quotes and self.quotes[-1].unit is Unit.ANY:
            self.quotes[-1] = replace(self.quotes[-1], unit=unit)
        elif unit is not Unit.ANY:
            self.codes += "!"


class Speech:
    """Reads the sentences about one text, of which these are the titles."""

    def __init__(self, titles: Sequence[str]) -> None:
        self._pattern = pattern(titles)

    def orders(self, words: str, quotation: dict[int, str]) -> list[Said]:
        """`quotation`: what is quoted, by where its hole is in the words. Raises Unsure."""
        if BROKEN in words:
            raise Unsure(OPEN_QUOTE)
        if "?" in words:
            raise Unsure(QUESTION)
        if (_STATES.search(words) and not _TO_DO.search(words)) or (_CITES.search(words) and not _ANEW.search(words)):
            raise Unsure(NO_ORDER)
        tokens = list(self._tokens(words, quotation))
        whole = _read(_group(tokens))
        return [whole] if whole is not None else _parted(tokens)

    def place(self, words: str, quotation: dict[int, str]) -> tuple[Step, ...]:
        """The place that a line is, and nothing else; empty if it is more. ("Zu Kapitel 3:")"""
        try:
            tokens = list(self._tokens(words, quotation))
        except Unsure:
            return ()
        steps = tuple(token.step for token in tokens if token.step is not None)
        return steps if all(token.step or token.code in "ixkcy" for token in tokens) else ()

    def header(self, words: str, quotation: dict[int, str]) -> tuple[Step, ...]:
        """The place of "§ 3 wird wie folgt geändert:"; empty if it is no such line."""
        match = re.search(r"\s(?:wird|werden|ist|sind)\swie\sfolgt\s(?:zu\s)?(?:geändert|ändern):\s*$", words)
        return self.place(words[: match.start()], quotation) if match else ()

    def looks_like_one(self, words: str) -> bool:
        names = {match.lastgroup for match in self._pattern.finditer(words)}
        verbs = {f"word_{code}" for code in "DRGAH"}
        quoted = "word_Q" in names and bool(names & {"word_N", "word_C", "word_f", "word_s", "word_r"})
        return bool(names & verbs) or quoted or BROKEN in words

    def _tokens(self, words: str, quotation: dict[int, str]) -> Iterator[Token]:
        place = 0
        for match in self._pattern.finditer(words):
            if words[place : match.start()].strip():
                raise Unsure(NO_ORDER)
            place = match.end()
            yield _token_of(match, quotation)
        if words[place:].strip():
            raise Unsure(NO_ORDER)


def _token_of(match: re.Match[str], quotation: dict[int, str]) -> Token:
    name = match.lastgroup or ""
    if not name.startswith("word_"):
        return Token("L", step=_step(name, match, quotation))
    code = name.removeprefix("word_")
    if code == "Q":
        return Token("Q", quote=Quote(quotation[match.start()]))
    return Token(code)


def _step(name: str, match: re.Match[str], quotation: dict[int, str]) -> Step:
    said = " ".join(match[0].split())
    if name == "title":
        return Step("section", label=match["title_words"], said=said)
    if name == "section":
        if match["section_title"] is not None:
            title = quotation[match.start("section_title")]
            return Step("section", label=title, said=f"{match['section_word']} {title}")
        return Step("section", label=match["label"], said=said)
    if name == "bare_section":
        return Step("section", label=match["bare"], said=said)
    if name == "dotted_item":
        return Step("section", label=match["dotted"], said=said)
    if name in ("heading", "table"):
        return Step(name, said=said)
    kind = name.partition("_")[2]
    if name.startswith("nth_"):
        number = _ordinal(match[f"{kind}_nth"])
        return Step(kind, (number, number), said=said)
    return _counted(kind, match, said)


def _counted(kind: str, match: re.Match[str], said: str) -> Step:
    first = match[f"{kind}_no"]
    if kind == "letter":
        return Step(kind, (0, 0), first.lower(), said)
    last = match[f"{kind}_no_to"] or first
    if kind in ("line", "page") and not (first + last).isdecimal():
        raise Unsure(NO_ORDER)  # "Zeile 33f." are two
    numbers = tuple(int(re.sub(r"\D", "", one)) for one in (first, last))
    if numbers[1] < numbers[0] or (re.search(r"und|u\.|[/+]", match[0]) and numbers[1] != numbers[0] + 1):
        raise Unsure(NO_ORDER)  # "Zeilen 8 und 15" are two places
    return Step(kind, (numbers[0], numbers[1]), first if first == last else "", said)


def _ordinal(words: str) -> int:
    if words[0].isdigit():
        return int(words.rstrip("."))
    return next(number for word, number in ORDINALS if words.lower().startswith(word))


def _group(tokens: Sequence[Token]) -> _Group:
    """Codes of what matters: quotations, verbs, prepositions. Places are taken out, but for those something is put
    behind or before ("n@").
    """
    group = _Group()
    role, unit = "", Unit.ANY
    for token in _settled(tokens):
        if token.step is not None:
            group.note(token.step, role)
            role = "along"  # "Absatz 2 Satz 1", "Satz 1 in Absatz 2"
        elif token.code in "SPI":
            unit = Unit(token.code)
        elif token.code in "yc":  # "In Absatz 2 wird Satz 1 …", "In Absatz 2 den Satz 1 …"
            role = "" if role == "along" else role
        elif token.code not in "wxk":
            role = token.code if token.code in "nvi" else ""
            group.codes += token.code
            if token.quote is not None:
                group.quotes.append(replace(token.quote, unit=unit))
                unit = Unit.ANY
    group.end(unit)
    return group


def _settled(tokens: Sequence[Token]) -> Iterator[Token]:
    """Without the "in" before places; "in" right before a quotation stays, as "geändert in „…“" needs it."""
    for number, token in enumerate(tokens):
        if token.code == "i":
            behind = next((one.code for one in tokens[number + 1 :] if one.code not in "xwkycSPI"), "")
            if behind == "Q":
                yield Token("o")
            elif behind == "L":
                yield Token("i")
            continue
        yield token


_VERBS = "NDRCHGAT"


def _read(group: _Group) -> Said | None:
    codes = group.codes.replace("i", "")
    codes = (
        re.sub(r"f(?=[^f]*$)", "A", codes) if "f" in codes and not re.search("[GA]", codes) else codes.replace("f", "")
    )
    for read in (_read_exchange, _read_strike, _read_rewrite, _read_add, _read_edge):
        said = read(codes, group)
        if said is not None:
            return said
    return None


_OLD_NEW = re.compile(r"QdQR|QdQC|RQdQ|QRdQ|QoQC|CQoQ|QCoQ|QCdQ|QrQ|sQ[NTR]Q|sQQ[NTAR]?|N?sQQ|[NT]sQQ|QNQ|QQN|C?QrQ")
_NEW_OLD = re.compile(r"QsQ[NTRA]?|[NTA]QsQ")


def _read_exchange(codes: str, group: _Group) -> Said | None:
    quotes, place = group.quotes, tuple(group.steps)
    if len(quotes) != 2:
        return None
    if _OLD_NEW.fullmatch(codes):
        return Said(Form.EXCHANGE, place, old=quotes[0], new=(quotes[1],))
    if _NEW_OLD.fullmatch(codes):
        return Said(Form.EXCHANGE, place, old=quotes[1], new=(quotes[0],))
    return None


def _read_strike(codes: str, group: _Group) -> Said | None:
    quotes, place = group.quotes, tuple(group.steps)
    if codes in ("QD", "DQ", "DoQ"):
        return Said(Form.STRIKE_WORDS, place, old=quotes[0])
    if codes == "oQQD":
        return Said(Form.STRIKE_WORDS, place, old=quotes[1], context=quotes[0])
    if codes == "D" and group.bare:
        return Said(Form.STRIKE, place)
    return None


def _read_rewrite(codes: str, group: _Group) -> Said | None:
    quotes, place = group.quotes, tuple(group.steps)
    if group.bare and codes in ("NQ", "QN", "NNQ", "dQR", "RdQ", "dRQ", "NQN"):
        return Said(Form.REWRITE, place, new=(quotes[0],))
    if codes == "oQQdQR":
        return Said(Form.EXCHANGE, place, old=quotes[1], new=(quotes[2],), context=quotes[0])
    return None


def _read_add(codes: str, group: _Group) -> Said | None:
    quotes, place = group.quotes, tuple(group.steps)
    bones = re.sub("[AGTN]", "", codes)
    if len(bones) != len(codes) - 1:
        return None
    before = "v" in bones
    if re.fullmatch("[nv]QQ", bones):
        return Said(Form.ADD, place, anchor=quotes[0], new=(quotes[1],), before=before)
    if re.fullmatch("Q[nv]Q", bones):
        return Said(Form.ADD, place, anchor=quotes[1], new=(quotes[0],), before=before)
    if re.fullmatch("oQ[nv]QQ", bones):
        return Said(Form.ADD, place, anchor=quotes[1], new=(quotes[2],), before=before, context=quotes[0])
    if bones in ("zQuQQ", "QzQuQ"):
        new, anchor = (2, 0) if bones[0] == "z" else (0, 1)
        return Said(Form.ADD, place, anchor=quotes[anchor], until=quotes[anchor + 1], new=(quotes[new],))
    if re.fullmatch("[nv]@Q+|Q[nv]@", bones):
        return Said(Form.ADD, place, new=tuple(quotes), before=before)
    return None


def _read_edge(codes: str, group: _Group) -> Said | None:
    quotes, place = group.quotes, tuple(group.steps)
    if len(quotes) != 1 or not place:
        return None
    if codes in ("HQ", "QH", "BQA", "BAQ", "QBA", "ABQ", "AQB"):
        return Said(Form.AT_EDGE, place, new=tuple(quotes), before=True)
    if re.fullmatch("EQ[AG]|E[AG]Q|QE[AG]|[AG]EQ|[AG]QE|EQ|[G]Q|QG|oQG", codes):
        return Said(Form.AT_EDGE, place, new=tuple(quotes))
    return None


def _parted(tokens: Sequence[Token]) -> list[Said]:
    """Orders joined by "und": each may lean on the verb behind it and the place before it. Raises Unsure."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.code == "u":
            parts.append([])
        else:
            parts[-1].append(token)
    if not 1 < len(parts) < 6:
        raise Unsure(NO_ORDER)
    orders: list[Said] = []
    verb: Token | None = None
    place: list[Token] = []
    for part in reversed(parts):
        own = [token for token in part if token.code in _VERBS]
        verb = own[-1] if own else verb
        if not own and verb is not None:
            part.append(verb)
    for part in parts:
        own = [token for token in part if token.step is not None]
        if not own:
            part[:0] = [Token("i"), *place] if place else []
        else:
            place = own
        said = _read(_group(part))
        if said is None:
            raise Unsure(NO_ORDER)
        orders.append(said)
    return orders
