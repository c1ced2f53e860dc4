"""The words an order may be made of, as one pattern of named tokens: places, quotations, verbs, what says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from amendments.exchange.orders.quotations import QUOTED

_NUMBER = r"\d{1,4}(?:[a-z](?!\w))?"
_TO = r"(?:[-–—]|bis(?: einschließlich)?|und|u\.|/|\+)"
_RANGE = rf"(?P<{{0}}>{_NUMBER})(?:\s?{_TO}\s?(?P<{{0}}_to>{_NUMBER}))?(?!\.?\d)(?!\s?ff?\b)"
ORDINALS = (
    ("erste", 1), ("zweite", 2), ("dritte", 3), ("vierte", 4), ("fünfte", 5), ("sechste", 6), ("siebte", 7),
    ("achte", 8), ("neunte", 9), ("zehnte", 10), ("vorletzte", -2), ("letzte", -1),
)  # fmt: skip
_ORDINAL = rf"(?P<ordinal>(?:{'|'.join(word for word, _ in ORDINALS)})[nrms]?|\d{{1,2}}\.)"
_NOUNS = {
    "paragraph": r"Absatz(?:es)?|Absätze[n]?|Abs\.?",
    "sentence": r"Satz(?:es)?|Sätze[n]?|S\.",
    "item": r"(?:Spiegelstrich|Aufzählungspunkt|Listenpunkt|Anstrich|Unterpunkt)(?:e?s|e[n]?)?|Spstr\.",
    "number": r"(?:Punkt|Pkt\.|Punkte[ns]?|Punktes|Nummern?|Nr\.|Ziffern?|Ziff\.)",
    "letter": r"Buchstaben?|lit\.|Buchst\.",
    "line": r"Zeilen?|Zl?\.",
    "page": r"Seiten?",
    "footnote": r"Fußnoten?",
}
_SECTION = (
    r"Kapitels?|Kap\.|Abschnitte?s?|Abschn\.|Unterabschnitte?s?|Handlungsfeld(?:e?s)?|Teils?|Artikels?|Art\.|"
    r"Paragra(?:ph|f)(?:en)?|§|Gliederungspunkte?s?|Anlage|Anhangs?|Leitlinie|Maßnahme|Ziel(?:e?s)?|Themas?|Buch(?:es)?|"
    r"Gliederungsnummer|Abschnittsnummer"
)
_LABELLED = r"(?P<label>\d{1,3}(?:\.\d{1,3}){0,4}[a-z]?|[IVX]{1,6})\.?(?![\w])"
_COUNTABLE = {kind: noun for kind, noun in _NOUNS.items() if kind in ("paragraph", "sentence", "item", "number")}


def _token(name: str, pattern: str) -> str:
    return rf"(?P<{name}>(?<!\w)(?:{pattern})(?!\w))"


def _places() -> Iterator[str]:
    for kind, noun in _COUNTABLE.items():
        ordinal = _ORDINAL.replace("ordinal", f"{kind}_nth")
        yield rf"(?P<nth_{kind}>(?<!\w){ordinal}\s(?:{noun})(?!\w))"
    yield rf"(?P<dotted_item>(?<!\w)(?:{_NOUNS['number']})\s?(?P<dotted>\d{{1,3}}(?:\.\d{{1,3}}){{1,4}})(?![\w]))"
    for kind, noun in _NOUNS.items():
        number = _RANGE.replace("{0}", f"{kind}_no")
        if kind == "letter":
            number = r"(?P<letter_no>[a-z])\)?(?!\w)"
        yield rf"(?P<at_{kind}>(?<!\w)(?:{noun})\s?{number})"
    yield rf"(?P<section>(?<!\w)(?P<section_word>{_SECTION})\s?(?:{_LABELLED}|(?P<section_title>{QUOTED})))"
    yield r"(?P<bare_section>(?<![\w.,])(?P<bare>\d{1,3}(?:\.\d{1,3}){1,4})(?![\w%]))"
    yield _token("heading", r"(?:Zwischen|Kapitel)?[Üü]berschrift|Titels?")
    yield _token("table", r"Tabelle")


_WORDS = (
    ("Q", QUOTED),
    ("r", r"→|⇒|[-=]+>"),
    (
        "N",
        (
            r"wie folgt (?:neu |anders )?(?:geändert|ändern|zu ändern|gefa(?:ss|ß)t|zu fassen|fassen|formuliert|"
            r"zu formulieren|formulieren|umformuliert|lauten|lautet)|"
            r"(?:neu )?(?:gefa(?:ss|ß)t|zu fassen|fassen|formuliert|formulieren|zu formulieren|umformuliert|"
            r"umformulieren|umzuformulieren)|"
            r"(?:erhält|erhalten|bekommt|bekommen|erhalte) (?:künftig )?(?:folgende|die folgende|folgenden|"
            r"den folgenden|die|den) (?:neue |neuen )?(?:Fassung|Wortlaut|Formulierung|Text)|"
            r"(?:zu )?lauten|lautet|(?:zu )?hei(?:ß|ss)en|hei(?:ß|ss)t|Neufassung|neu"
        ),
    ),
    (
        "D",
        (
            r"(?:zu )?(?:streichen|löschen|entfernen|tilgen)|gestrichen|gelöscht|entfernt|entfällt|entfallen|"
            r"streiche|streicht|lösche|löscht|weglassen|weggelassen|wegzulassen|aufgehoben|aufheben|"
            r"aufzuheben|Streichung"
        ),
    ),
    ("R", r"(?:zu )?ersetzen|ersetzt|ersetze|ausgetauscht|austauschen|auszutauschen"),
    (
        "C",
        (
            r"(?:zu )?ändern|geändert|ändere|ändert|abgeändert|abändern|abzuändern|korrigiert|"
            r"(?:zu )?korrigieren"
        ),
    ),
    ("H", r"vorangestellt|voranstellen|voranzustellen"),
    (
        "G",
        (
            r"angefügt|anfügen|anzufügen|(?:zu )?ergänzen|ergänzt|ergänze|hinzugefügt|hinzufügen|hinzuzufügen|"
            r"angehängt|anhängen|anzuhängen"
        ),
    ),
    (
        "A",
        (
            r"eingefügt|einfügen|einzufügen|aufgenommen|aufnehmen|aufzunehmen|eingeschoben|einschieben|"
            r"einzuschieben"
        ),
    ),
    ("f", r"füge|fügen|fügt"),
    (
        "T",
        (
            r"(?:zu )?stehen|steht|(?:zu )?setzen|gesetzt|(?:zu )?schreiben|eingesetzt|einsetzen|einzusetzen|"
            r"tritt|treten"
        ),
    ),
    ("s", r"an\s(?:die\s)?Stelle (?:von|der|des)|anstelle(?: von)?|anstatt|statt|an Stelle von"),
    ("E", r"am (?:Ende|Schluss)|zum Schluss|ans Ende|an das Ende|abschließend"),
    ("B", r"am Anfang|zu Beginn|an den Anfang"),
    ("n", r"nach|hinter|im Anschluss an|danach"),
    ("v", r"vor"),
    ("z", r"zwischen"),
    ("d", r"durch|gegen|mit"),
    ("u", r"und|sowie"),
    ("i", r"innerhalb|in|im|bei|beim|zu|zum|zur|auf|aus|von|vom|unter|unterhalb"),
    (
        "w",
        (
            r"Satzteils?|Halbsatz(?:es)?|Teilsatz(?:es)?|Wort(?:e?s)?|Wörtern?|Worten?|Begriffe?[ns]?|"
            r"Ausdrucks?|Ausdrücke|Angaben?|Zahl(?:en)?|Formulierung(?:en)?|Passus|Passagen?|Textstellen?|"
            r"Textpassagen?|Wendung(?:en)?|Zeichen|Bezeichnung(?:en)?|Jahreszahl(?:en)?|Zusatz(?:es)?|"
            r"Betrags?|Datums?|Textteile?s?"
        ),
    ),
    ("S", r"Satz(?:es)?|Sätze[n]?"),
    ("P", r"Absatz(?:es)?|Absätze[n]?"),
    ("I", r"(?:Spiegelstrich|Aufzählungspunkt|Listenpunkt|Unterpunkt|Anstrich|Punkt)(?:e?s|e[n]?)?|Nummer"),
    (
        "y",
        (
            r"wird|werden|soll|sollen|sollte|sollten|muss|muß|müssen|müsste|ist|sind|möge|mögen|den|die|"
            r"das"
        ),
    ),
    ("c", r":"),
    (
        "x",
        (
            r"der|dem|des|eine?[nmrs]?|bitte|es|Sie|wir|ich|dort|hier|jetzt|künftig|neue[nrsm]?|"
            r"folgende[nrsm]?|weitere[nrsm]?|ersatzlos|komplett|vollständig|ganze[nrs]?|gesamte[nrs]?|lieber|"
            r"besser|stattdessen|um|als|auch|noch|dann|außerdem|ferner|zudem|weiterhin|ebenfalls|dass|einfach|"
            r"worden|jeweiligen|Text|folgt|wie|so"
        ),
    ),
    ("k", r'[,;.!()"/–—-]+'),
)


def pattern(titles: Sequence[str]) -> re.Pattern[str]:
    """All tokens. Titles of the text's headings are places too, exactly as they are written."""
    parts: list[str] = []
    known = sorted({title for title in titles if len(title) > 3}, key=len, reverse=True)
    if known:
        words = "|".join(re.escape(title) for title in known)
        parts.append(_token("title", rf"(?:(?:{_SECTION})\s)?(?P<title_words>(?-i:{words}))"))
    parts += _places()
    for code, pattern in _WORDS:
        name = f"word_{code}"
        bare = code in "Qrkc"
        parts.append(rf"(?P<{name}>{pattern})" if bare else _token(name, pattern.replace(" ", r"\s")))
    return re.compile("|".join(parts), re.IGNORECASE)
