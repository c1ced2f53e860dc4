"""Akoma Ntoso of every step between versions of every statute: valid, both texts in it, and how long it takes."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from itertools import pairwise
from statistics import median

from amendments.exchange.akoma import Edition, Work, to_akoma
from amendments.text import Op, Redline, Text, align
from amendments.text.model import literal_content
from benchmarks import corpus
from benchmarks.akoma_reader import bare, faults, read

WORK = Work("0", "Gesetz", date(2011, 11, 2), "Rat")
OLDER, NEWER = (Edition(WORK, number, datetime(2011, 11, number, tzinfo=UTC)) for number in (2, 3))


def run() -> None:
    statutes = steps = invalid = wrong = 0
    seconds: list[float] = []
    for folder in sorted((corpus.ROOT / "documents").iterdir()):
        versions = sorted(folder.glob("v*.md"))
        statutes += len(versions) > 1
        texts = [corpus.paragraphs_of(f"documents/{folder.name}/{path.name}") for path in versions]
        for old, new in pairwise(texts):
            redline = align(corpus.text_of(old), [literal_content(each) for each in new], "new", copy=True).redline
            began = time.process_time()
            data = to_akoma(redline.nodes, NEWER, OLDER)
            seconds.append(time.process_time() - began)
            steps += 1
            found = faults(data)
            invalid += bool(found)
            wrong += not _is_both(data, redline)
    print(f"   {statutes} statutes, {steps} steps: {invalid} not valid, {wrong} with another text")
    print(f"   writing: median {median(seconds) * 1000:.0f} ms, longest {max(seconds):.2f} s")


def _is_both(data: bytes, redline: Redline) -> bool:
    return read(data, Op.DELETE) == _told(redline.accept()) and read(data, Op.INSERT) == _told(redline.reject())


def _told(text: Text) -> list[tuple[str, str]]:
    return [(paragraph.identity, bare(paragraph.content)) for paragraph in text]
