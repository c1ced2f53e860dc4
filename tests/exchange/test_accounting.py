"""What became of our proposals in a file that comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from amendments.exchange.imported import Imported
from amendments.exchange.readers import read_returned
from amendments.exchange.redlines import write
from amendments.exchange.remarks import Remark
from amendments.exchange.returned import Accounting, Fate, Returned, account, wanted_in
from amendments.text import Edit, apply
from benchmarks import corpus
from benchmarks.bench_accounting import of_statutes
from benchmarks.foreign_readers import has_office
from benchmarks.round_trip import paper_of
from tests.exchange.concept import BASE as TOWN
from tests.exchange.concept import BEIRAT, WISHES
from tests.exchange.test_wanted import BASE, returned, said

YEAR, COURSES, WITHOUT = (
    ("noch in diesem Jahr", "sofort"),
    ("Sprachkurse", "Sprachkurse und Treffen"),
    ("jährlich ", ""),
)
BEIRAT_7, AMT_9 = "Beirat (Ä 7)", "Amt (Ä 9)"


def wish(*changed: tuple[str, str]) -> list[Edit]:
    (own,) = wanted_in(BASE, returned(said(*changed), {}), "a.docx").wanted
    return [Edit(f"{changed[0][1]} {rank}", each.hunks) for rank, each in enumerate(own.wishes)]


FILED = {BEIRAT_7: wish(YEAR), AMT_9: wish(COURSES, WITHOUT)}


def settled(before: tuple[tuple[str, str], ...] = (), **alone: tuple[tuple[str, str], ...]) -> Accounting:
    """`before`: changed without tracking; `beirat`, `amt` and others: tracked."""
    names = {"beirat": BEIRAT_7, "amt": AMT_9}
    people = {names.get(key, key): said(*before, *changed) for key, changed in alone.items()}
    return account(BASE, FILED, wanted_in(BASE, returned(said(*before), people), "a.docx"))


def fates(found: Accounting) -> dict[str, Fate]:
    return {each.name: each.fate for each in found.accounts}


def left(found: Accounting) -> dict[str, int]:
    return {each.author: len(each.wishes) for each in found.left if each.wishes}


def test_what_is_tracked_as_it_was_waits() -> None:
    found = settled(beirat=(YEAR,), amt=(COURSES, WITHOUT))
    assert fates(found) == {BEIRAT_7: Fate.OPEN, AMT_9: Fate.OPEN}
    assert left(found) == {}


def test_what_was_accepted_in_the_file_is_taken_over() -> None:
    found = settled((YEAR,), amt=(COURSES, WITHOUT))
    assert fates(found) == {BEIRAT_7: Fate.ADOPTED, AMT_9: Fate.OPEN}
    assert left(found) == {}


def test_what_was_rejected_in_the_file_is_gone() -> None:
    found = settled(amt=(COURSES, WITHOUT))
    assert fates(found) == {BEIRAT_7: Fate.DROPPED, AMT_9: Fate.OPEN}


def test_what_reads_otherwise_is_changed_and_what_stands_there_is_listed() -> None:
    found = settled((("noch in diesem Jahr", "bald"),), amt=(("Sprachkurse", "Sprachkurse und Feste"), WITHOUT))
    assert fates(found) == {BEIRAT_7: Fate.CHANGED, AMT_9: Fate.CHANGED}
    assert [each.fates for each in found.accounts] == [(Fate.CHANGED,), (Fate.CHANGED, Fate.OPEN)]
    assert left(found) == {"": 1, AMT_9: 1}


def test_half_of_a_proposal_taken_over_is_a_changed_one() -> None:
    found = settled((COURSES,))
    assert fates(found) == {BEIRAT_7: Fate.DROPPED, AMT_9: Fate.CHANGED}
    assert [each.fates for each in found.accounts][1] == (Fate.ADOPTED, Fate.DROPPED)
    assert found.names(Fate.DROPPED) == (BEIRAT_7,)


def test_what_is_new_is_listed_by_who_put_it_in() -> None:
    found = settled((YEAR, ("Alle Ämter", "Sämtliche Ämter")), amt=(COURSES, WITHOUT), Ortsvorsteher=(("eng ", ""),))
    assert fates(found) == {BEIRAT_7: Fate.ADOPTED, AMT_9: Fate.OPEN}
    assert left(found) == {"Ortsvorsteher": 1, "": 1}


def test_what_others_say_about_a_proposal_stays_said() -> None:
    remark = Remark("Ortsvorsteher", None, "Dafür fehlt das Geld.", 0, 24, 30, (BEIRAT_7,))
    wording = Remark(BEIRAT_7, None, "Widerspruch 1: In Absatz 1 …", 0, 24, 30, (BEIRAT_7,))
    people = {BEIRAT_7: said(YEAR)}
    found = account(BASE, FILED, wanted_in(BASE, returned(said(), people, (remark, wording)), "a.docx"))
    assert [(each.wishes, each.comments) for each in found.left] == [((), (remark,))]


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
@pytest.mark.parametrize("name", WISHES)
def test_each_kind_of_change_that_comes_back_as_it_left_waits(name: str, suffix: str) -> None:
    filed = {BEIRAT.name: [Edit("e", WISHES[name])]}
    data = write(paper_of(TOWN, {"b": filed[BEIRAT.name]}, {"b": BEIRAT}), suffix)
    read = read_returned(data, f"a{suffix}")
    assert read.before.held == (BEIRAT.name,)
    found = account(TOWN, filed, wanted_in(TOWN, read, f"a{suffix}"))
    assert (fates(found), left(found)) == ({BEIRAT.name: Fate.OPEN}, {})


@pytest.mark.parametrize("name", WISHES)
def test_each_kind_of_change_that_was_accepted_or_rejected(name: str) -> None:
    filed = {BEIRAT.name: [Edit("e", WISHES[name])]}
    for text, fate in ((apply(TOWN, filed[BEIRAT.name]), Fate.ADOPTED), (TOWN, Fate.DROPPED)):
        read = Returned(Imported(tuple(p.content for p in text), format="docx"), tuple(p.content for p in text))
        found = account(TOWN, filed, wanted_in(TOWN, read, "a.docx"))
        assert (fates(found), left(found)) == ({BEIRAT.name: fate}, {})


@pytest.mark.skipif(not has_office(), reason="LibreOffice with its bridge to Python is not here")
@pytest.mark.skipif(not corpus.available(), reason="the corpus is not there")
def test_files_settled_and_edited_in_libreoffice(tmp_path: Path) -> None:
    figures = of_statutes(tmp_path, most=3)
    assert figures.cases > 5
    assert figures.counts["changed"] > 0
    assert figures.failed == []
