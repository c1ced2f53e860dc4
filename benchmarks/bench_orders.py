"""How many amendment orders in prose are understood, and whether what is understood is what was meant.

Three sets: orders written by hand (`tests/exchange/orders/cases.txt`), every change of the corpus said in our own
sentences, and these said more loosely: other quotation marks, short words, imperatives.

Wrong is every mail of which more or other words come into the text than were meant; of one that was understood in part
the words that came in are looked at. What is left of it in the corpus has one cause, counted apart as "full stop added"
and as wrong in the precision: a statute's paragraph ends in the middle of a sentence there (a list follows, or a
sentence is cut behind an abbreviation such as "III."), our sentences quote that stretch as a whole sentence, and
behind a quoted sentence the stop of the old one is put. People who quote a sentence mean it with its stop.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher

from amendments.exchange.instructions import Instructions
from amendments.exchange.orders import Left, Recognised, read_mail
from amendments.text import Edit, Text, apply, literal_content, text_of
from amendments.text.diff import diff_rich
from benchmarks import corpus
from tests.exchange.orders.cases import cases, made

_QUOTES = ("„“", '""', "»«", "“”", "„”", "«»", "‚‘")
_QUOTED = re.compile("„([^„“»«⟦⟧]*)“")
_WORD = re.compile(r"\w+|\s|[^\w\s]")
_CHANGED = 4
"""The paragraph of the frame that is changed."""
_LABEL = re.compile(r"^(?:\d+\.|[a-z]\)) ")
_NOUN = r"(?:das Wort|die Wörter|die Zahl|die Angabe|das Zeichen|die Zeichen)"
_IMPERATIVES = (
    (
        rf"^In (.+?) (?:wird|werden) {_NOUN} (Q) durch {_NOUN} (Q) ersetzt\.$",
        (
            r"Bitte in \1 \2 durch \3 ersetzen.",
            r"\1: statt \2 muss es heißen \3",
            r"In \1 soll \2 durch \3 ersetzt werden.",
            r"Ersetzen Sie in \1 \2 durch \3.",
        ),
    ),
    (
        rf"^In (.+?) (?:wird|werden) {_NOUN} (Q) gestrichen\.$",
        (
            r"Bitte in \1 \2 streichen",
            r"\1: \2 streichen.",
            r"In \1 ist \2 zu streichen.",
            r"Wir beantragen, in \1 \2 zu streichen.",
        ),
    ),
    (
        r"^In (.+?) (?:wird|werden) (nach|vor) \w+ \w+ (Q) \w+ \w+ (Q) eingefügt\.$",
        (
            r"In \1 bitte \2 \3 einfügen: \4",
            r"Bitte fügen Sie in \1 \2 \3 \4 ein.",
            r"\1: \2 \3 soll \4 eingefügt werden.",
        ),
    ),
    (
        r"^Nach (.+?) wird folgender Satz eingefügt: (Q)$",
        (r"Bitte nach \1 einfügen: \2", r"Nach \1 soll folgender Satz eingefügt werden: \2"),
    ),
    (
        r"^(?:Die )?(.+?) wird wie folgt gefasst: (Q)$",
        (r"\1 soll lauten: \2", r"\1 erhält folgende Fassung: \2", r"\1 neu fassen: \2"),
    ),
    (r"^(.+?) wird gestrichen\.$", (r"Bitte \1 streichen.", r"\1 entfällt.", r"Streichen Sie bitte \1.")),
)
"""Our own forms (Q: what is quoted), and how people say them."""


def loosened(sentence: str, chance: random.Random) -> str:
    """As somebody might write it who has not read the Handbuch."""
    label = _LABEL.match(sentence)
    mark, sentence = (label[0], sentence[label.end() :]) if label else ("", sentence)
    if re.search("„[^“]*„", sentence):
        return mark + sentence
    quotes = _QUOTED.findall(sentence)
    bones = _QUOTED.sub("⟪⟫", sentence)
    for pattern, ways in _IMPERATIVES:
        match = re.match(pattern.replace("Q", "⟪⟫"), bones)
        if match is not None:
            bones = match.expand(chance.choice(ways))
            break
    if chance.random() < 0.6:
        bones = re.sub(r"\bAbsatz (?=\d)", "Abs. ", bones)
    if chance.random() < 0.4:
        bones = re.sub(r"(?<=\d )Satz (?=\d)", "S. ", bones)
    opening, closing = chance.choice(_QUOTES)
    parts = bones.split("⟪⟫")
    return mark + "".join(
        part + (f"{opening}{quote}{closing}" if n < len(parts) - 1 else "")
        for n, (part, quote) in enumerate(zip(parts, [*quotes, ""], strict=False))
    )


def _changes() -> Iterator[tuple[Text, Text, str]]:
    """(before, after, our sentences) of every pair of the corpus, between other paragraphs of a statute."""
    for pair in corpus.rows("pairs"):
        beside = [] if pair["before"].startswith("(") else ["Der Rat dankt."]
        frame = [
            "# Gesetz",
            "## § 11 Anfang",
            "Der Rat berät.",
            "## § 12 Mitte",
            pair["before"],
            *beside,
            "## § 13 Ende",
            "Das gilt.",
        ]
        base = text_of(map(literal_content, frame))
        hunks = diff_rich(base[_CHANGED].identity, base[_CHANGED].content.rich, literal_content(pair["after"]).rich)
        if hunks:
            yield base, apply(base, [Edit("meant", hunks)]), Instructions(base).say(hunks).text


def _lines(sentences: str) -> Iterator[str]:
    """One order each; what is quoted may have lines of its own."""
    order = ""
    for line in sentences.split("\n"):
        order += f"\n{line}" if order else line
        if order.count("„") == order.count("“"):
            yield order
            order = ""
    if order:
        yield order


def _read(base: Text, mail: str) -> tuple[str, Text]:
    pieces = read_mail(base, mail)
    hunks = tuple(hunk for piece in pieces if isinstance(piece, Recognised) for hunk in piece.hunks)
    whole = not any(isinstance(piece, Left) and piece.why for piece in pieces)
    try:
        return ("whole" if whole and hunks else "part" if hunks else "none"), apply(base, [Edit("read", hunks)])
    except ValueError:
        return "none", base


def measured(told: Callable[[str], str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for base, wanted, sentences in _changes():
        mail = "\n".join(told(line) for line in _lines(sentences))
        how, text = _read(base, mail)
        if how == "none":
            found["not understood"] += 1
        elif text == wanted:
            found["right"] += 1
        elif len(text) == len(wanted) and all(a.text.endswith(b.text) for a, b in zip(text, wanted, strict=True)):
            found["right, number kept"] += 1
        elif how == "part" and _is_meant(base, text, wanted, but=""):
            found["in part"] += 1
        else:
            stop = _is_meant(base, text, wanted, but=".") if how == "part" else _is_the_same(text, wanted, but=".")
            found["full stop added" if stop else "wrong"] += 1
    return found


def _is_the_same(text: Text, wanted: Text, but: str) -> bool:
    return [one.text.replace(but, "") for one in text] == [one.text.replace(but, "") for one in wanted]


def _is_meant(base: Text, text: Text, wanted: Text, but: str) -> bool:
    """Whether all words that came in were meant, but for this sign."""
    if len(text) != len(wanted):
        return False
    old, new = (_WORD.findall(one[_CHANGED].text) for one in (base, text))
    there = wanted[_CHANGED].text.replace(but, "")
    return all(
        "".join(new[start:end]).replace(but, "").strip() in there
        for tag, _, _, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal"
    )


def _print(name: str, found: Counter[str], seconds: float) -> None:
    all_of_them, wrong = found.total(), found["wrong"] + found["full stop added"]
    right = found["right"] + found["right, number kept"]
    precision = right / max(1, right + wrong)
    figures = f"precision {precision:.4f}, recall {right / all_of_them:.3f}, {dict(found)}"
    print(f"   {name}: {all_of_them} orders, {figures}, {1000 * seconds / all_of_them:.1f} ms each")


def run() -> None:
    found: Counter[str] = Counter()
    began = time.process_time()
    for case in cases():
        wanted, got = case.expected, made(case)
        if wanted is None:
            found["rightly not understood" if got is None else "wrong"] += 1
        else:
            found["right" if got == wanted else "not understood" if got is None else "wrong"] += 1
    rightly = found.pop("rightly not understood", 0)
    _print(f"by hand ({rightly} more rightly not understood)", found, time.process_time() - began)
    if not corpus.available():
        return
    chance = random.Random(5)
    for name, told in (("our sentences", str), ("loosened", lambda line: loosened(line, chance))):
        began = time.process_time()
        _print(name, measured(told), time.process_time() - began)
