"""Who, what, when: FRBR's three levels, and the names that a document refers to."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from amendments.exchange.akoma.values import Edition, Work
from amendments.exchange.akoma.xml import moment, put
from amendments.text.door import one_line

AUTHOR, SOURCE = "author", "#source"
FORMAT = "application/akn+xml"


def identification(meta: etree._Element, edition: Edition, file: str = "", author: str = AUTHOR) -> None:
    """`file`: which of several files of one wording this is."""
    work = edition.work
    place = put(meta, "identification", source=SOURCE)
    levels = (
        ("FRBRWork", work.iri, work.dated.isoformat()),
        ("FRBRExpression", edition.iri, moment(edition.at)),
        ("FRBRManifestation", f"{edition.iri}{file}.xml", moment(edition.at)),
    )
    for level, iri, dated in levels:
        found = put(place, level)
        put(found, "FRBRthis", value=iri)
        put(found, "FRBRuri", value=iri)
        if level == "FRBRWork":
            _aliases(found, work)
        put(found, "FRBRdate", date=dated, name="Generation")
        put(found, "FRBRauthor", href=f"#{author}")
        if level == "FRBRWork":
            _of_work(found, work)
        elif level == "FRBRExpression":
            put(found, "FRBRversionNumber", value=str(edition.number))
            put(found, "FRBRlanguage", language="deu")
        else:
            put(found, "FRBRformat", value=FORMAT)


def _aliases(found: etree._Element, work: Work) -> None:
    put(found, "FRBRalias", name="title", value=one_line(work.title))
    if work.address:
        put(found, "FRBRalias", name="address", value=work.address)


def _of_work(found: etree._Element, work: Work) -> None:
    put(found, "FRBRcountry", value="de")
    if work.reference:
        put(found, "FRBRnumber", value=one_line(work.reference))
    put(found, "FRBRname", value=one_line(work.title))


Name = tuple[str, str, str]
"""Of somebody or something: what it is (as in "TLCPerson"), its id, how it is called."""


def references(meta: etree._Element, names: Sequence[Name]) -> None:
    place = put(meta, "references", source=SOURCE)
    for kind, name, words in names:
        href = f"/akn/ontology/{kind.lower()}/{name}"
        put(place, f"TLC{kind}", eId=name, href=href, showAs=one_line(words) or "–")


def source(prefix: str = "") -> Name:
    """Who made the file."""
    return "Organization", f"{prefix}{SOURCE[1:]}", "Amendments"
