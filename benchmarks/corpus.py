"""Reads the public corpus (../shared/corpus beside the checkout, or AMENDMENTS_CORPUS) as values of the engine."""

from __future__ import annotations

import gzip
import json
import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from amendments.text.hunks import START, Delete, Edit, Gap, Hunk, Insert, Move, Replace
from amendments.text.model import Paragraph, Rich, Text, literal_content, new_identity

ROOT = Path(os.environ.get("AMENDMENTS_CORPUS", Path(__file__).resolve().parents[2] / "shared" / "corpus"))
Case = dict[str, Any]


def available() -> bool:
    return (ROOT / "pairs.jsonl.gz").is_file()


def rows(name: str) -> Iterator[Case]:
    """The cases of `pairs`, `merge/paragraph`, `merge/document`, `merge/collision` or `merge/reanchor`, one by one."""
    with gzip.open(ROOT / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def paragraphs_of(path: str) -> list[str]:
    """The paragraphs of a document file."""
    return (ROOT / path).read_text(encoding="utf-8").removesuffix("\n").split("\n\n")


def text_of(paragraphs: list[str], seed: str = "p") -> Text:
    """A literal text whose identities are `seed` and the rank."""
    return tuple(Paragraph(new_identity(seed, rank), literal_content(text)) for rank, text in enumerate(paragraphs))


def base_of(case: Case) -> list[str]:
    return case["base"] if "base" in case else paragraphs_of(case["base_file"])


def result_of(case: Case) -> list[str]:
    return case["expect"]["result"] if "result" in case["expect"] else paragraphs_of(case["expected_file"])


def edit_of(base: Text, proposal: Case) -> Edit:
    """One proposal of the corpus as an edit with one or more hunks. Text is normalised as at the door."""

    def identity(rank: int) -> str:
        return START if rank < 0 else base[rank].identity

    hunks: tuple[Hunk, ...]
    match proposal["op"]:
        case "edit":
            name = identity(proposal["paragraph"])
            hunks = tuple(
                Replace(
                    name,
                    h["start"],
                    h["end"],
                    base[proposal["paragraph"]].content.rich.slice(h["start"], h["end"]),
                    Rich(_nfc(h["new"])),
                )
                for h in proposal["hunks"]
            )
        case "delete":
            hunks = (Delete(identity(proposal["paragraph"]), base[proposal["paragraph"]].content),)
        case "insert":
            contents = tuple(literal_content(_nfc(text)) for text in proposal["paragraphs"])
            hunks = (Insert(Gap(identity(proposal["after"])), contents),)
        case "move":
            hunks = (Move((identity(proposal["paragraph"]),), Gap(identity(proposal["after"]))),)
        case other:
            raise ValueError(other)
    return Edit(proposal["id"], hunks)


def edits_of(base: Text, case: Case) -> list[Edit]:
    return [edit_of(base, proposal) for proposal in case["proposals"]]


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
