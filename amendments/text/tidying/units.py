"""What is read as one thing is drawn as one: words, numbers, dates, citations, compounds, pairs of brackets."""

from __future__ import annotations

import re

from amendments.text.tidying.sheet import Passage, Sheet, unite
from amendments.text.tokens import grapheme_around, inside_word, word_before, word_behind

WINDOW = 40
"""So many code points on both sides of an edge are searched for a number, date or compound that it would cut."""

_MONTH = "Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_NUMBER = re.compile(
    rf"(?<!\w)(?:\d{{1,2}}\.\s?(?:{_MONTH})(?:\s\d{{4}})?"  # a date with day, month and year
    r"|\d{1,3}(?:[ .\u00a0\u202f]\d{3})+(?:,\d+)?"  # groups of digits
    r"|\d+(?:[.,:/]\d+)+)"  # 7.6.2008, 18:30, 2013/64, 1,5
    r"(?!\w)"
)
_MONTH_END = "|".join(sorted({month[-3:] for month in _MONTH.split("|")}))
_CUT = re.compile(
    r"(?<=\d)(?=[.,:/ \u00a0\u202f]\d|\.\s?[JFMASOND])|(?<=\d[.,:/ \u00a0\u202f])(?=\d)"
    r"|(?<=\d\.)(?=\s[JFMASOND])|(?<=\d\.\s)(?=[JFMASOND])"
    rf"|(?<={_MONTH_END})(?=\s\d)|(?<=(?:{_MONTH_END})\s)(?=\d)"
)
"""Where an edge may lie inside a number or a date: worth a closer look ..."""
CUT_REACH = 3
"""... which it only does if one of so many characters in front of it or behind it is a digit."""
_DIGIT = re.compile(r"\d")
_ALONE = frozenset(["", *" ,.;:()-/\n"])
"""Beside these an edge cannot lie inside a word."""
_LABELS = {
    "abs": "Absatz", "absatz": "Absatz", "absätze": "Absatz", "absätzen": "Absatz", "satz": "Satz", "sätze": "Satz",
    "nr": "Nummer", "nummer": "Nummer", "nummern": "Nummer", "buchstabe": "Buchstabe", "§": "§", "§§": "§",
    "artikel": "Artikel", "art": "Artikel", "anlage": "Anlage", "anhang": "Anhang",
}  # fmt: skip
_LAST_LABEL = re.compile(r"([§\w]+)\.?\s*\Z")
_NUMBER_BEHIND = re.compile(r"\s*\d+[a-z]?(?!\w)")
_CITING = re.compile(
    r"\s*(?:(?:Absatz|Abs\.|Satz|Nummer|Nr\.|Buchstabe|Artikel|Art\.|Teil|vom|bis|und|oder)"
    r"|,? ?(?:S\.|Satz|Nummer|Absatz|Nr\.)|\) Nr\.)\s*"
)
LONGEST_CITING = 16
"""More characters never stand between two numbers of one citation."""
_NUMBER_LAST = re.compile(r"\d\w?\)?\Z")
_NUMBER_FIRST = re.compile(r"\(?\d")
_COMPOUND_BEFORE = re.compile(r"[\w\u00ad-]*[!-/:-@\[-^{-~\u00a1-\u00bf]?\Z")
_COMPOUND_BEHIND = re.compile(r"[!-/:-@\[-^{-~\u00a1-\u00bf]?[\w\u00ad-]*")
_HYPHEN_LAST = re.compile(r"-?\s*\Z")
_HYPHEN_FIRST = re.compile(r"\A\s*-?")
_PAIRS = (("(", ")"), ("„", "“"), ("[", "]"), ("‚", "‘"))
_OPENING, _CLOSING = (frozenset(signs) for signs in zip(*_PAIRS, strict=True))


def whole_words(sheet: Sheet) -> None:
    """No passage begins or ends inside a word, a number or a date; a changed space or hyphen takes its words along."""
    grown = False
    for index, passage in enumerate(sheet.passages):
        more = False
        for rest in (_rest_of_words, _rest_of_compound, _number_of_other_label, _rest_of_numbers):
            left, right = rest(sheet, passage)
            if left or right:
                _grow(sheet, index, left, right)
                more = True
        if more:
            _grow(sheet, index, *_rest_of_words(sheet, passage))
        grown |= more
    if grown:
        unite(sheet)


def _grow(sheet: Sheet, index: int, left: int, right: int) -> None:
    """Draws so many kept code points as changed, up to the next passage of the same authors; none where another
    author's passage or a cell's border is nearer.
    """
    passage = sheet.passages[index]
    if left:
        left = _as_far(left, sheet.room_before(index), neighbour=sheet.neighbour(index, -1))
        passage.start -= left
        passage.new_start -= left
    if right:
        right = _as_far(right, sheet.room_behind(index), neighbour=sheet.neighbour(index, 1))
        passage.end += right
        passage.new_end += right


def _as_far(length: int, room: int, *, neighbour: bool) -> int:
    return length if length <= room else room if neighbour else 0


def _rest_of_words(sheet: Sheet, passage: Passage) -> tuple[int, int]:
    old, new = sheet.old.text, sheet.new.text
    left = right = 0
    if old[passage.start - 1 : passage.start] not in _ALONE:
        left = max(_word_in_front(old, passage.start), _word_in_front(new, passage.new_start))
    if old[passage.end : passage.end + 1] not in _ALONE:
        right = max(_word_behind(old, passage.end), _word_behind(new, passage.new_end))
    return left, right


def _word_in_front(text: str, edge: int) -> int:
    """How much of the word, or of "§§", that an edge cuts stands in front of it."""
    if inside_word(text, edge):
        return edge - word_before(text, edge)
    if text[edge - 1 : edge + 1] != "§§":
        return 0
    before = text[max(0, edge - WINDOW) : edge]
    return len(before) - len(before.rstrip("§"))


def _word_behind(text: str, edge: int) -> int:
    if inside_word(text, edge):
        return word_behind(text, edge) - edge
    if text[edge - 1 : edge + 1] != "§§":
        return 0
    behind = text[edge : edge + WINDOW]
    return len(behind) - len(behind.lstrip("§"))


def whole_graphemes(sheet: Sheet) -> None:
    """No passage begins or ends inside a grapheme of one of the two texts. Last: no pass behind it may move them."""
    grown = False
    old, new = sheet.old.text, sheet.new.text
    for index, passage in enumerate(sheet.passages):
        signs = old[passage.start - 1 : passage.start + 1] + old[passage.end - 1 : passage.end + 1]
        signs += new[passage.new_start - 1 : passage.new_start + 1] + new[passage.new_end - 1 : passage.new_end + 1]
        if signs.isascii() and "\r" not in signs:
            continue
        while any(rest := _rest_of_graphemes(sheet, passage)):
            before = passage.start, passage.end
            _grow(sheet, index, *rest)
            if before == (passage.start, passage.end):
                break
            grown = True
    if grown:
        unite(sheet)


def _rest_of_graphemes(sheet: Sheet, passage: Passage) -> tuple[int, int]:
    old, new = sheet.old.text, sheet.new.text
    return (
        max(
            passage.start - grapheme_around(old, passage.start)[0],
            passage.new_start - grapheme_around(new, passage.new_start)[0],
        ),
        max(
            grapheme_around(old, passage.end)[1] - passage.end,
            grapheme_around(new, passage.new_end)[1] - passage.new_end,
        ),
    )


def _rest_of_numbers(sheet: Sheet, passage: Passage) -> tuple[int, int]:
    old, new = sheet.old.text, sheet.new.text
    near = old[max(0, passage.start - CUT_REACH) : passage.end + CUT_REACH]
    near += new[max(0, passage.new_start - CUT_REACH) : passage.new_end + CUT_REACH]
    if not _DIGIT.search(near):
        return 0, 0
    left = right = 0
    for text, start, end in ((old, passage.start, passage.end), (new, passage.new_start, passage.new_end)):
        if _CUT.match(text, start):
            left = max(left, start - number_around(text, start)[0])
        if _CUT.match(text, end):
            right = max(right, number_around(text, end)[1] - end)
    return left, right


def number_around(text: str, edge: int) -> tuple[int, int]:
    """Where the number or date begins and ends that the edge would cut; at the edge if there is none."""
    for match in _NUMBER.finditer(text, max(0, edge - WINDOW), edge + WINDOW):
        if match.start() < edge < match.end():
            return match.span()
    return edge, edge


def _rest_of_compound(sheet: Sheet, passage: Passage) -> tuple[int, int]:
    """The words that a changed space parts, and the rest of a compound whose hyphen changes."""
    struck, put_in = sheet.struck(passage), sheet.put_in(passage)
    spaces = (struck + put_in).isspace()
    if not spaces and not (struck and put_in and ("-" in struck or "-" in put_in)):
        return 0, 0
    text, start, end = sheet.old.text, passage.start, passage.end
    if spaces and (start == 0 or end == len(text)):  # where a paragraph was split or joined it parts no words
        return 0, 0
    left = text[start - 1 : start].isalpha() and _hyphens(_HYPHEN_FIRST, struck) != _hyphens(_HYPHEN_FIRST, put_in)
    right = text[end : end + 1].isalpha() and _hyphens(_HYPHEN_LAST, struck) != _hyphens(_HYPHEN_LAST, put_in)
    return (
        _length(_COMPOUND_BEFORE.search(text, max(0, start - WINDOW), start)) if left or spaces else 0,
        _length(_COMPOUND_BEHIND.match(text, end)) if right or spaces else 0,
    )


def _hyphens(where: re.Pattern[str], text: str) -> str:
    found = where.search(text)
    return found[0] if found else ""


def _length(found: re.Match[str] | None) -> int:
    return found.end() - found.start() if found else 0


def _number_of_other_label(sheet: Sheet, passage: Passage) -> tuple[int, int]:
    """A kept number is another one when it follows "Abs." in the old text and "Satz" in the new one."""
    if passage.inserts or passage.deletes or not sheet.old.text[passage.start].isdigit():
        return 0, 0
    parts = sheet.struck(passage), sheet.put_in(passage)
    if not parts[1][0].isdigit():
        return 0, 0
    match = _NUMBER_BEHIND.match(sheet.old.text, passage.end)
    if not match:
        return 0, 0
    labels = [_LABELS.get(found[1].lower()) if (found := _LAST_LABEL.search(part)) else None for part in parts]
    return (0, len(match[0])) if labels[0] and labels[1] and labels[0] != labels[1] else (0, 0)


def citations(sheet: Sheet) -> None:
    """A citation of which two numbers change is drawn in one."""
    joined: list[Passage] = []
    for passage in sheet.passages:
        last = joined[-1] if joined else None
        if last is not None and last.by == passage.by and _one_citation(sheet, last, passage):
            last.end, last.new_end = passage.end, passage.new_end
        else:
            joined.append(passage)
    sheet.passages = joined


def _one_citation(sheet: Sheet, one: Passage, other: Passage) -> bool:
    if other.start - one.end > LONGEST_CITING or not _CITING.fullmatch(sheet.old.text, one.end, other.start):
        return False
    if (one.inserts and other.inserts) or (one.deletes and other.deletes):
        return False
    lasts = [part for part in (sheet.struck(one), sheet.put_in(one)) if part]
    firsts = [part for part in (sheet.struck(other), sheet.put_in(other)) if part]
    if sheet.old.text.startswith(") Nr.", one.end):
        return all(_NUMBER_FIRST.match(part) for part in firsts)
    return all(_NUMBER_LAST.search(part) for part in lasts) and all(_NUMBER_FIRST.match(part) for part in firsts)


def brackets(sheet: Sheet) -> None:
    """A bracket or quotation mark right beside a passage goes along when its partner is inside."""
    text = sheet.old.text
    for index, passage in enumerate(sheet.passages):
        if (
            text[passage.start - 1 : passage.start] not in _OPENING
            and text[passage.end : passage.end + 1] not in _CLOSING
        ):
            continue
        parts = sheet.struck(passage), sheet.put_in(passage)
        for opening, closing in _PAIRS:
            if text[passage.start - 1 : passage.start] == opening and any(
                _lacks(part, opening, closing) for part in parts
            ):
                _grow(sheet, index, 1, 0)
            if text[passage.end : passage.end + 1] == closing and any(
                _lacks(part[::-1], closing, opening) for part in parts
            ):
                _grow(sheet, index, 0, 1)
    unite(sheet)


def _lacks(part: str, opening: str, closing: str) -> bool:
    """Whether a closing sign in the part has its opening one in front of the part."""
    if closing not in part:
        return False
    depth = 0
    for sign in part:
        depth += (sign == opening) - (sign == closing)
        if depth < 0:
            return True
    return False
