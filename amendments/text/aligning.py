"""Alignment of two whole texts when no edits between them are known: a new file from outside.

Equal paragraphs first, then similar ones between them, then what was split, joined or moved. What cannot be told is
listed, not guessed: a paragraph with two near-equal candidates keeps no identity.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from amendments.text import _align_tokens
from amendments.text._similarity import similarity
from amendments.text.applying import apply_edits
from amendments.text.diff import diff_rich
from amendments.text.hunks import START, Delete, Edit, Gap, Hunk, Insert, Join, Move, Replace, Retype, Split
from amendments.text.model import Content, Kind, Paragraph, Rich, Text, concat
from amendments.text.redline import Redline
from amendments.text.tokens import tokenise

SIMILAR = 0.5
"""From here on two paragraphs between the same neighbours are one paragraph, edited."""
SIMILAR_IN_COPY = 0.55
"""The same in a copy, where nothing is looked for elsewhere first."""
VERY_SIMILAR = 0.6
"""Those above this are found first: what is less alike at its place may be more alike elsewhere."""
SIMILAR_ELSEWHERE = 0.75
"""From here on two paragraphs at different places are one paragraph, moved and edited: it takes more, since place says
nothing.
"""
CLEAR_LEAD = 0.1
"""A second candidate this close makes a match unsure."""
CONTAINED = 0.7
"""Two paragraphs between the same neighbours are one, much lengthened or shortened, when this share of the shorter
one's threes of tokens stands in the other.
"""
CONTAINED_WEIGHT = (0.6, 0.2)
"""What it is worth beside similar ones: the share found, times the first, and the second by how much of the longer one
it makes up.
"""
FEWEST_TOKENS = 5
"""Apart from white space; what is shorter says too little to be found inside of something else."""
REWRITTEN = 0.4
"""Below this similarity a pair is one change: a reader wants the two wordings, not the words they happen to share."""
REGION_CELLS = 250_000
"""Largest region (old times new paragraphs) in which every pair is compared; larger ones are matched by shared rare
words only.
"""


@dataclass(frozen=True)
class Unsure:
    """A new paragraph (index into the new contents) that could be any of several old ones (identity, similarity), best
    first.
    """

    new: int
    candidates: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Alignment:
    """`edit` turns the old text into the new one; `redline` shows it. Identities are those of `redline.accept()`.

    `pairs`: old identity -> index of the new content it has become (edited or not).
    """

    edit: Edit
    redline: Redline
    pairs: Mapping[str, int]
    moved: tuple[str, ...]
    splits: tuple[str, ...]
    joins: tuple[str, ...]
    inserted: tuple[int, ...]
    deleted: tuple[str, ...]
    unsure: tuple[Unsure, ...]

    @property
    def text(self) -> Text:
        return self.redline.accept()


def align(
    old: Text, contents: Sequence[Content], seed: str, answers: Mapping[int, str] | None = None, *, copy: bool = False
) -> Alignment:
    """Matches `contents` (a new file's paragraphs) to `old`. `seed` names the import: new identities derive from it.

    `answers`: a person's word on unsure ones: index of the new paragraph -> identity of the old one, or "" for "it is
    new".
    `copy`: `contents` are a copy of `old` in which somebody changed passages. There place is worth more: what stands
    between the same neighbours is the same paragraph however much of it was changed, which would be a guess where the
    way from one text to the other is unknown.
    """
    return _Aligner(old, contents, answers or {}, copy).run(seed)


@dataclass
class _Aligner:
    old: Text
    new: Sequence[Content]
    answers: Mapping[int, str]
    copy: bool = False
    to_new: dict[int, int] = field(default_factory=dict)
    unsure: list[Unsure] = field(default_factory=list)
    often: Counter[str] = field(default_factory=Counter)
    """How often each content stands in the text in which it stands more often."""
    splits: dict[int, tuple[int, int]] = field(default_factory=dict)
    """old index -> (offset, white space behind it): its right half is the new paragraph behind its own."""
    signs: dict[int, _Signs] = field(default_factory=dict)
    joins: dict[int, str] = field(default_factory=dict)
    """old index -> what stands between it and the following one, which was appended to it."""

    def run(self, seed: str) -> Alignment:
        self.tokens_old = [tokenise(paragraph.text) for paragraph in self.old]
        self.tokens_new = [tokenise(content.text) for content in self.new]
        self._answer()
        self._match_equal()
        self._match_similar(SIMILAR_IN_COPY if self.copy else VERY_SIMILAR)
        self._match_elsewhere()
        self._lean_left()
        self._find_splits_and_joins()
        if not self.copy:  # halves are known now, or one might be taken for something half alike
            self._match_similar(SIMILAR)
            self._find_splits_and_joins()
        if self.copy:
            self._match_alone()
        return self._finish(seed)

    # --- matching

    def _answer(self) -> None:
        index = {paragraph.identity: number for number, paragraph in enumerate(self.old)}
        for new, identity in self.answers.items():
            if identity in index:
                self.to_new[index[identity]] = new

    def _open(self) -> tuple[list[int], list[int]]:
        halves = {self.to_new[o] + 1 for o in self.splits}
        taken = {*self.to_new.values(), *self.answers, *(unsure.new for unsure in self.unsure), *halves}
        gone = {*self.to_new, *(o + 1 for o in self.joins)}
        return [o for o in range(len(self.old)) if o not in gone], [n for n in range(len(self.new)) if n not in taken]

    def _match_equal(self) -> None:
        old, new = self._open()
        old_hashes = [self.old[o].content.hash for o in old]
        new_hashes = [self.new[n].hash for n in new]
        position_old = position_new = 0
        for _, a, b, _, d in [*_align_tokens.changes(old_hashes, new_hashes), ("end", len(old), 0, len(new), 0)]:
            for step in range(a - position_old):
                self.to_new[old[position_old + step]] = new[position_new + step]
            position_old, position_new = b, d

    def _regions(self) -> Iterable[tuple[list[int], list[int]]]:
        """Open paragraphs between the same matched neighbours, as far as the matches keep their order."""
        spine = _increasing(sorted(self.to_new.items()))
        open_old, open_new = map(set, self._open())
        bounds = [(-1, -1), *spine, (len(self.old), len(self.new))]
        for (o1, n1), (o2, n2) in pairwise(bounds):
            old = [o for o in range(o1 + 1, o2) if o in open_old]
            new = [n for n in range(n1 + 1, n2) if n in open_new]
            if old and new:
                yield old, new

    def _match_similar(self, cutoff: float) -> None:
        for old, new in list(self._regions()):
            if len(old) * len(new) > REGION_CELLS:
                continue
            scores = {(o, n): max(self._score(o, n, cutoff), self._contained(o, n)) for o in old for n in new}
            for o, n in _best_chain(old, new, scores):
                self.to_new[o] = n

    def _score(self, o: int, n: int, cutoff: float) -> float:
        if (self.old[o].head.kind is not self.new[n].kind) and min(len(self.old[o].text), len(self.new[n].text)) < 40:
            return 0.0
        return similarity(*self._tokens(o, n), cutoff)

    def _tokens(self, o: int, n: int) -> tuple[list[str], list[str]]:
        return self.tokens_old[o], self.tokens_new[n]

    def _contained(self, o: int, n: int) -> float:
        """How much of the shorter one stands in the other, weighted; 0.0 where it says too little."""
        if not self.copy:
            return 0.0
        one, other = self._signs(self.tokens_old[o]), self._signs(self.tokens_new[n])
        short, long = (one, other) if len(one.signs) <= len(other.signs) else (other, one)
        if len(short.signs) < FEWEST_TOKENS:
            return 0.0
        weight = CONTAINED_WEIGHT[0] + CONTAINED_WEIGHT[1] * len(short.signs) / len(long.signs)
        if short.signs in (long.signs[: len(short.signs)], long.signs[-len(short.signs) :]):
            return weight
        if self.old[o].head.kind is not self.new[n].kind:
            return 0.0
        share = len(short.threes & long.threes) / len(short.threes)
        return share * weight if share >= CONTAINED else 0.0

    def _signs(self, tokens: list[str]) -> _Signs:
        """Made once for each paragraph; lists of tokens live as long as the aligner."""
        if id(tokens) not in self.signs:
            self.signs[id(tokens)] = _Signs(tokens)
        return self.signs[id(tokens)]

    def _match_alone(self) -> None:
        """As many old as new paragraphs, left alone between the same neighbours, are the same ones, written anew."""
        unsure = {unsure.new for unsure in self.unsure}
        joined, halves = {o + 1 for o in self.joins}, {self.to_new[o] + 1 for o in self.splits}
        for all_old, all_new in list(self._regions()):
            old, new = [o for o in all_old if o not in joined], [n for n in all_new if n not in halves]
            if len(old) == len(new) and unsure.isdisjoint(new):
                rows = (
                    Kind.TABLE_ROW in (self.old[o].head.kind, self.new[n].kind) for o, n in zip(old, new, strict=True)
                )
                if not any(rows):
                    self.to_new.update(zip(old, new, strict=True))

    def _match_elsewhere(self) -> None:
        """Pairs that belong together although their neighbours do not: moved paragraphs. Only clear ones are taken."""
        open_old, open_new = self._open()
        candidates: dict[int, list[tuple[float, int]]] = defaultdict(list)
        rivals: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for o, n in self._likely_pairs(open_old, open_new):
            score = self._score(o, n, SIMILAR_ELSEWHERE - CLEAR_LEAD)
            if score > 0:
                candidates[n].append((score, o))
                rivals[o].append((score, n))
        for n in sorted(candidates):
            found = sorted(candidates[n], key=lambda item: (-item[0], item[1]))
            best, o = found[0]
            if best < SIMILAR_ELSEWHERE:
                continue
            close = [item for item in found if best - item[0] < CLEAR_LEAD]
            back = [item for item in rivals[o] if best - item[0] < CLEAR_LEAD]
            clear = len(close) == 1 and len(back) == 1 and back[0][1] == n
            if clear and not self._stands_often(o, n):
                self.to_new[o] = n
            else:
                self.unsure.append(Unsure(n, tuple((self.old[o].identity, round(score, 3)) for score, o in found[:5])))

    def _stands_often(self, o: int, n: int) -> bool:
        """Whether equal words stand elsewhere as well: then nobody can tell a move from one struck here and one
        written there.
        """
        if not self.often:
            self.often = Counter(p.content.hash for p in self.old) | Counter(content.hash for content in self.new)
        return self.often[self.old[o].content.hash] > 1 or self.often[self.new[n].hash] > 1

    def _likely_pairs(self, old: list[int], new: list[int]) -> list[tuple[int, int]]:
        """Pairs that share a rare word: enough to find moved paragraphs without comparing all with all."""
        by_word: dict[str, list[int]] = defaultdict(list)
        for o in old:
            for word in {token for token in self.tokens_old[o] if len(token) > 3}:
                by_word[word].append(o)
        pairs: set[tuple[int, int]] = set()
        for n in new:
            shared: Counter[int] = Counter()
            for word in {token for token in self.tokens_new[n] if len(token) > 3}:
                if len(by_word.get(word, ())) <= 25:
                    shared.update(by_word.get(word, ()))
            pairs.update((o, n) for o, _ in shared.most_common(8))
        return sorted(pairs)

    # --- splits and joins

    def _lean_left(self) -> None:
        """Where a half was matched with the whole it was the end of, the other half takes its place: of a split and of
        a join the left one keeps its name.
        """
        taken = set(self.to_new.values())
        for o, n in sorted(self.to_new.items()):
            old, new = self.old[o].text, self.new[n].text
            if old == new or n in self.answers:
                continue
            if o and o - 1 not in self.to_new and new in (self.old[o - 1].text + gap + old for gap in ("", " ")):
                del self.to_new[o]
                self.to_new[o - 1] = n
            elif n and n - 1 not in taken and old in (self.new[n - 1].text + gap + new for gap in ("", " ")):
                self.to_new[o] = n - 1

    def _find_splits_and_joins(self) -> None:
        from_new = {n: o for o, n in self.to_new.items()}
        for o, n in sorted(self.to_new.items()):
            old, new = self.old[o].content, self.new[n]
            if old == new:
                continue
            if n + 1 < len(self.new) and n + 1 not in from_new:
                self._try_split(o, n)
            if o + 1 < len(self.old) and o + 1 not in self.to_new and o not in self.splits:
                self._try_join(o, n)
        self.unsure = [u for u in self.unsure if not any(self.to_new.get(o, -2) + 1 == u.new for o in self.splits)]

    def _try_split(self, o: int, n: int) -> None:
        text, left, right = self.old[o].text, self.new[n].text, self.new[n + 1].text
        if left and right and text.startswith(left) and text.endswith(right):
            gap = len(text) - len(left) - len(right)
            if 0 <= gap <= 1 and not text[len(left) : len(left) + gap].strip():
                self.splits[o] = (len(left), gap)

    def _try_join(self, o: int, n: int) -> None:
        left, right, text = self.old[o].text, self.old[o + 1].text, self.new[n].text
        if left and right and text.startswith(left) and text.endswith(right):
            between = text[len(left) : len(text) - len(right)]
            if len(left) + len(right) <= len(text) and between in ("", " "):
                self.joins[o] = between

    # --- the result as hunks

    def _finish(self, seed: str) -> Alignment:
        pairs = sorted(self.to_new.items())
        spine = set(_increasing(pairs))
        moved = [o for o, n in pairs if (o, n) not in spine]
        from_new = {n: o for o, n in pairs}
        split_halves = {self.to_new[o] + 1 for o in self.splits}
        joined = {o + 1 for o in self.joins}
        hunks = self._word_hunks(pairs)
        hunks += [
            Delete(p.identity, p.content) for o, p in enumerate(self.old) if o not in self.to_new and o not in joined
        ]
        hunks += self._arrivals(from_new, spine, split_halves)
        edit = Edit(seed, tuple(hunks))
        return Alignment(
            edit=edit,
            redline=apply_edits(Redline.of(self.old), [edit]),
            pairs={self.old[o].identity: n for o, n in pairs},
            moved=tuple(self.old[o].identity for o in moved),
            splits=tuple(self.old[o].identity for o in sorted(self.splits)),
            joins=tuple(self.old[o].identity for o in sorted(self.joins)),
            inserted=tuple(n for n in range(len(self.new)) if n not in from_new and n not in split_halves),
            deleted=tuple(p.identity for o, p in enumerate(self.old) if o not in self.to_new and o not in joined),
            unsure=tuple(self.unsure),
        )

    def _word_hunks(self, pairs: list[tuple[int, int]]) -> list[Hunk]:
        hunks: list[Hunk] = []
        for o, n in pairs:
            paragraph, content = self.old[o], self.new[n]
            if paragraph.content == content:
                continue
            if paragraph.head != content.head:
                hunks.append(Retype(paragraph.identity, paragraph.head, content.head))
            if o in self.splits:
                hunks += self._split_hunks(o, n)
            elif o in self.joins:
                hunks += self._join_hunks(o, n)
            elif self.copy and similarity(*self._tokens(o, n)) < REWRITTEN and not self._contained(o, n):
                hunks.append(_rewritten(paragraph, content))
            else:
                hunks += diff_rich(paragraph.identity, paragraph.content.rich, content.rich)
        return hunks

    def _split_hunks(self, o: int, n: int) -> list[Hunk]:
        paragraph, rich = self.old[o], self.old[o].content.rich
        offset, gap = self.splits[o]
        right = offset + gap
        hunks: list[Hunk] = [Split(paragraph.identity, offset, self.new[n + 1].head)]
        if gap:
            hunks.append(Replace(paragraph.identity, offset, right, rich.slice(offset, right), Rich()))
        hunks += diff_rich(paragraph.identity, rich.slice(0, offset), self.new[n].rich)
        for hunk in diff_rich(paragraph.identity, rich.slice(right, len(rich)), self.new[n + 1].rich):
            hunks.append(Replace(hunk.paragraph, hunk.start + right, hunk.end + right, hunk.old, hunk.new))
        return hunks

    def _join_hunks(self, o: int, n: int) -> list[Hunk]:
        left, right = self.old[o], self.old[o + 1]
        between = self.joins[o]
        whole = concat([left.content.rich, Rich(between), right.content.rich])
        hunks: list[Hunk] = [Join(left.identity, right.identity, len(left.text))]
        if whole == self.new[n].rich:
            if between:
                hunks.append(Replace(left.identity, len(left.text), len(left.text), Rich(), Rich(between)))
            return hunks
        cut = len(left.text) + len(between)
        rich = self.new[n].rich
        hunks += diff_rich(left.identity, left.content.rich, rich.slice(0, cut))
        hunks += diff_rich(right.identity, right.content.rich, rich.slice(cut, len(rich)))
        return hunks

    def _arrivals(self, from_new: dict[int, int], spine: set[tuple[int, int]], split_halves: set[int]) -> list[Hunk]:
        """Inserted and moved paragraphs, each in the gap behind the last paragraph that kept its place; in a copy
        behind those struck after it, as a reader sees it: first what goes, then what stands there instead.
        """
        hunks: list[Hunk] = []
        left = self._behind_struck(-1)
        waiting: list[Content] = []

        def flush() -> None:
            if waiting:
                hunks.append(Insert(Gap(left), tuple(waiting)))
                waiting.clear()

        for n, content in enumerate(self.new):
            o = from_new.get(n)
            if o is None:
                if n not in split_halves:
                    waiting.append(content)
                continue
            flush()
            if (o, n) in spine:
                left = self._behind_struck(o + 1 if o in self.joins else o)
            else:
                self._arrive(hunks, o, left)
        flush()
        return hunks

    def _behind_struck(self, o: int) -> str:
        """The gap behind an old paragraph (-1: before all), or in a copy behind the struck ones that follow it."""
        while self.copy and o + 1 < len(self.old) and o + 1 not in self.to_new:
            o += 1
        return self.old[o].identity if o >= 0 else START

    def _arrive(self, hunks: list[Hunk], o: int, left: str) -> None:
        """A moved paragraph; neighbours that move together are one block, whose inner gaps travel with it."""
        names = tuple(self.old[rank].identity for rank in ((o, o + 1) if o in self.joins else (o,)))
        last = hunks[-1] if hunks else None
        if isinstance(last, Move) and last.gap.after == left and o and last.block[-1] == self.old[o - 1].identity:
            hunks[-1] = Move(last.block + names, last.gap)
        else:
            hunks.append(Move(names, Gap(left)))


class _Signs:
    """The tokens of a paragraph without white space, and every three of them that follow one another."""

    def __init__(self, tokens: Iterable[str]) -> None:
        self.signs = [token for token in tokens if not token.isspace()]
        self.threes = set(zip(self.signs, self.signs[1:], self.signs[2:], strict=False))


def _rewritten(paragraph: Paragraph, content: Content) -> Replace:
    return Replace(paragraph.identity, 0, len(paragraph.text), paragraph.content.rich, content.rich)


def _increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence of (old, new) pairs, sorted by old, whose new indexes increase: what kept its order."""
    tails: list[int] = []
    tail_at: list[int] = []
    before: list[int] = []
    for number, (_, n) in enumerate(pairs):
        slot = bisect_left(tails, n)
        before.append(tail_at[slot - 1] if slot else -1)
        if slot == len(tails):
            tails.append(n)
            tail_at.append(number)
        else:
            tails[slot], tail_at[slot] = n, number
    chain: list[tuple[int, int]] = []
    number = tail_at[-1] if tail_at else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _best_chain(old: list[int], new: list[int], scores: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Order-preserving pairs of greatest total similarity (dynamic programming over the region)."""
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        row, below = best[i], best[i + 1]
        for j in range(len(new) - 1, -1, -1):
            score = scores[old[i], new[j]]
            row[j] = max(below[j], row[j + 1], below[j + 1] + score if score else 0.0)
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        score = scores[old[i], new[j]]
        if score and best[i][j] == best[i + 1][j + 1] + score:
            pairs.append((old[i], new[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
