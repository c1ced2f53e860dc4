"""Measures the text engine on the public corpus. Facts only; tests judge samples by the same functions.

Each function takes cases and returns a `Figures`: how many cases, which failed (by id), and what else was counted.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import regex

from amendments.text import (
    Carried,
    CarryOver,
    Edit,
    Join,
    Outcome,
    Paragraph,
    Redline,
    Replace,
    Split,
    Text,
    align,
    apply,
    apply_edits,
    diff_paragraph,
    literal_content,
    merge,
    text_hash,
)
from amendments.text.tokens import inside_word, tokenise
from benchmarks import corpus
from benchmarks.corpus import Case


@dataclass
class Figures:
    cases: int = 0
    failed: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def judge(self, name: str, *, right: bool) -> None:
        self.cases += 1
        if not right:
            self.failed.append(name)


def words_of(text: Text) -> list[str]:
    return [paragraph.text for paragraph in text]


# --- pairs of one paragraph


def pairs(cases: Iterable[Case]) -> Figures:
    """Both texts back from the redline; counts hunks, those cut inside a word or a grapheme, marked characters."""
    figures = Figures()
    for case in cases:
        old = Paragraph("p", literal_content(case["before"]))
        new = literal_content(case["after"])
        hunks = diff_paragraph(old, new)
        redline = apply_edits(Redline.of((old,)), [Edit("e", hunks)])
        exact = redline.accept() == (Paragraph("p", new),) and redline.reject() == (old,)
        figures.judge(case["id"], right=exact)
        words = [hunk for hunk in hunks if isinstance(hunk, Replace)]
        figures.counts["hunks"] += len(words)
        figures.counts["cut in a word"] += sum(_cut(case["before"], hunk) for hunk in words)
        figures.counts["marked"] += sum(len(hunk.old) + len(hunk.new) for hunk in words)
        figures.counts["characters"] += len(case["before"]) + len(case["after"])
    return figures


def _cut(text: str, hunk: Replace) -> bool:
    if any(inside_word(text, offset) for offset in (hunk.start, hunk.end)):
        return True
    around = range(max(0, hunk.start - 40), min(len(text), hunk.end + 40))
    graphemes = {match.end() + around.start for match in regex.finditer(r"\X", text[around.start : around.stop])}
    return not {hunk.start, hunk.end} <= graphemes | {0, around.start}


# --- merging


def merging(cases: Iterable[Case]) -> Figures:
    """All proposals together must give the real next version."""
    figures = Figures()
    for case in cases:
        base = corpus.text_of(corpus.base_of(case))
        edits = corpus.edits_of(base, case)
        merged = merge(base, edits)
        right = words_of(merged.text) == corpus.result_of(case) and merged.redline.reject() == base
        figures.judge(case["id"], right=right)
        figures.counts["proposals"] += len(edits)
        figures.counts["refused"] += len(merged.contested)
        figures.counts["soft pairs"] += len(merged.soft)
    return figures


def collisions(cases: Iterable[Case]) -> Figures:
    """Groups, status, duplicates, the text without them, both orders, and the sets that can stand together."""
    figures = Figures()
    for case in cases:
        base = corpus.text_of(corpus.base_of(case))
        edits = corpus.edits_of(base, case)
        expected = case["expect"]
        merged = merge(base, edits)
        found, due = [list(group) for group in merged.components], sorted(map(sorted, expected["conflicts"]))
        figures.counts["to find"] += bool(due)
        figures.counts["found"] += bool(due) and found == due
        figures.counts["clean"] += not due
        figures.counts["clean refused"] += not due and bool(found)
        status = "clean" if not found else merged.collisions[0].kind.name.lower().replace("hard", "conflict")
        right = (
            found == due
            and status == expected["status"]
            and list(merged.applied) == sorted(expected["merged"])
            and words_of(merged.text) == expected["result"]
            and merged.redline.reject() == base
            and _duplicates(expected, [*merged.same, *merged.settled])
            and _orders(base, edits, expected)
            and _subsets(base, edits, expected)
        )
        figures.judge(case["id"], right=right)
        figures.counts[f"kind {case['collision']}"] += 1
    return figures


def _duplicates(expected: Case, found: Iterable[tuple[str, ...]]) -> bool:
    return sorted(map(sorted, expected.get("duplicates", []))) == sorted(map(sorted, found))


def _orders(base: Text, edits: list[Edit], expected: Case) -> bool:
    if "either" not in expected:
        return True
    one, other = expected["conflicts"][0]
    texts = [words_of(merge(base, edits, order).text) for order in ((one, other), (other, one))]
    return sorted(texts) == sorted(expected["either"])


def _subsets(base: Text, edits: list[Edit], expected: Case) -> bool:
    """Each set stands without a collision, and no other edit of the group can join it."""
    group = {edit.id: edit for ids in expected["conflicts"] for edit in edits if edit.id in ids}
    for names in expected.get("mergeable_subsets", []):
        chosen = [group[name] for name in names]
        if merge(base, chosen).collisions:
            return False
        if any(not merge(base, [*chosen, edit]).collisions for name, edit in group.items() if name not in names):
            return False
    return True


# --- carry-over into a file of unknown origin


def reanchoring(cases: Iterable[Case]) -> Figures:
    """Where an open proposal stands in the next version. `failed`: wrong places; `found`: outcomes as expected."""
    figures = Figures()
    for case in cases:
        base = corpus.text_of(case["old"])
        alignment = align(base, [literal_content(text) for text in case["new"]], "import")
        edit = corpus.edit_of(base, case["proposal"])
        carried = CarryOver(alignment.redline, foreign=True).carry(edit)
        expected = case["expect"]
        figures.judge(case["id"], right=not wrong_place(alignment.text, edit, carried, expected))
        due = expected["status"].replace("-", "_")
        for name in (case["reanchor"], f"all {expected['status']}"):
            figures.counts[f"of {name}"] += 1
            figures.counts[f"found {name}"] += carried.outcome == due
    return figures


def wrong_place(new: Text, edit: Edit, carried: Carried, expected: dict[str, Any]) -> bool:
    """A handed-back edit is never wrong; an anchored or adopted one is, unless it stands where and as it should."""
    if carried.outcome in (Outcome.PASSAGE_CHANGED, Outcome.PASSAGE_GONE):
        return False
    if carried.outcome != expected["status"].replace("-", "_"):
        return True
    ranks = {paragraph.identity: rank for rank, paragraph in enumerate(new)}
    rank = ranks[carried.paragraph]
    then = words_of(apply(new, [Edit(edit.id, carried.hunks)]))
    if "after" in expected and then[rank] != expected["after"]:
        return True
    return rank != expected["paragraph"] and not expected.get("same_text_twice")


# --- whole statutes


def transitions() -> Iterator[tuple[str, str, str, dict[str, int]]]:
    """(name, path of the old version, path of the new one, the manifest's counts)."""
    manifest = json.loads((corpus.ROOT / "documents" / "manifest.json").read_text(encoding="utf-8"))
    for document in manifest["documents"]:
        folder = f"documents/{document['name']}"
        for step in document["transitions"]:
            name = f"{document['name']} {step['from']} -> {step['to']}"
            yield name, f"{folder}/{step['from']}.md", f"{folder}/{step['to']}.md", step


def aligning(steps: Iterable[tuple[str, str, str, dict[str, int]]]) -> Figures:
    """Two versions of a statute as two files: exact, and how many paragraphs changed, came, went, moved.

    The manifest counts each paragraph once: what moved is not among the changed.
    """
    figures = Figures()
    for name, old_path, new_path, counted in steps:
        old = corpus.text_of(corpus.paragraphs_of(old_path))
        new = [literal_content(text) for text in corpus.paragraphs_of(new_path)]
        found = align(old, new, "import")
        right = [p.content for p in found.text] == new and found.redline.reject() == old
        figures.judge(name, right=right)
        contents = {paragraph.identity: paragraph.content for paragraph in old}
        kinds, moved = Counter(type(hunk) for hunk in found.edit.hunks), set(found.moved)
        figures.counts["moved as it was"] += sum(contents[name] == new[found.pairs[name]] for name in moved)
        ours = {
            "changed": sum(contents[name] != new[n] for name, n in found.pairs.items() if name not in moved),
            "inserted": len(found.inserted) + kinds[Split],
            "deleted": len(found.deleted) + kinds[Join],
            "moved": len(found.moved),
        }
        for key, count in ours.items():
            figures.counts[f"{key} ours"] += count
            figures.counts[f"{key} manifest"] += counted[key]
        figures.counts["as the manifest counts"] += all(counted[key] == count for key, count in ours.items())
        figures.counts["splits and joins"] += kinds[Split] + kinds[Join]
        figures.counts["unsure"] += len(found.unsure)
        figures.counts["characters"] += sum(len(content.text) for content in new)
    return figures


def tokenising() -> Figures:
    """All paragraphs of all pairs, and the same text hashed."""
    figures = Figures()
    for case in corpus.rows("pairs"):
        figures.counts["tokens"] += len(tokenise(case["before"]))
        text_hash((Paragraph("p", literal_content(case["before"])),))
        figures.judge(case["id"], right="".join(tokenise(case["before"])) == case["before"])
    return figures


# --- the report


def run() -> None:
    if not corpus.available():
        print(f"The public corpus is not at {corpus.ROOT}: nothing measured.")
        return
    print(f"{'':36}{'cases':>7}{'right':>9}{'seconds':>9}  figures")
    for title, measure, tell in (
        ("tokens", tokenising, _tell_tokens),
        ("pairs: exact both ways", lambda: pairs(corpus.rows("pairs")), _tell_pairs),
        ("merge/paragraph", lambda: merging(corpus.rows("merge/paragraph")), _tell_merging),
        ("merge/document", lambda: merging(corpus.rows("merge/document")), _tell_merging),
        ("merge/collision", lambda: collisions(corpus.rows("merge/collision")), _tell_collisions),
        ("merge/reanchor: no wrong place", lambda: reanchoring(corpus.rows("merge/reanchor")), _tell_reanchoring),
        ("documents: aligned exactly", lambda: aligning(transitions()), _tell_aligning),
    ):
        _report(title, measure, tell)


def _report(title: str, measure: Callable[[], Figures], tell: Callable[[Figures], str]) -> None:
    begin = time.perf_counter()
    figures = measure()
    figures.seconds = time.perf_counter() - begin
    share = 100 * (figures.cases - len(figures.failed)) / max(1, figures.cases)
    print(f"{title:36}{figures.cases:7}{share:8.2f}%{figures.seconds:9.1f}  {tell(figures)}", flush=True)
    for name in figures.failed[:20]:
        print(f"{'':36}not right: {name}")


def _tell_tokens(figures: Figures) -> str:
    return f"{figures.counts['tokens']} tokens"


def _tell_pairs(figures: Figures) -> str:
    counts = figures.counts
    return (
        f"{100 * counts['cut in a word'] / counts['hunks']:.2f} % of hunks cut inside a word or grapheme, "
        f"{counts['hunks'] / figures.cases:.2f} hunks a pair, "
        f"{100 * counts['marked'] / counts['characters']:.1f} % of the text marked"
    )


def _tell_merging(figures: Figures) -> str:
    counts = figures.counts
    return f"{counts['proposals']} proposals, {counts['refused']} refused, {counts['soft pairs']} soft pairs"


def _tell_collisions(figures: Figures) -> str:
    counts = figures.counts
    kinds = sum(key.startswith("kind ") for key in counts)
    return (
        f"{counts['found']} of {counts['to find']} collisions found, "
        f"{counts['clean refused']} of {counts['clean']} clean cases refused, {kinds} kinds"
    )


def _tell_reanchoring(figures: Figures) -> str:
    kinds = sorted(key.removeprefix("of ") for key in figures.counts if key.startswith("of "))
    shares = (f"{kind} {100 * figures.counts[f'found {kind}'] / figures.counts[f'of {kind}']:.1f} %" for kind in kinds)
    return f"{len(figures.failed)} wrong; found as expected: " + ", ".join(shares)


def _tell_aligning(figures: Figures) -> str:
    counts = figures.counts
    keys = ("changed", "inserted", "deleted", "moved")
    each = (f"{key} {counts[f'{key} ours']} ({counts[f'{key} manifest']})" for key in keys)
    return (
        f"ours (manifest): {', '.join(each)}; {counts['as the manifest counts']} steps with equal counts; "
        f"{counts['moved as it was']} moved as they were; "
        f"{counts['splits and joins']} splits and joins; {counts['unsure']} unsure; "
        f"{counts['characters'] / 1e6:.1f} M characters"
    )
