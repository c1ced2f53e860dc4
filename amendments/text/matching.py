"""Which paragraph of one text is which of another, when no edits between them are known.

What stands once in both first, then equal ones and similar ones between these, then what was moved, split or joined.
What cannot be told is listed, not guessed: a paragraph with two near-equal candidates keeps no identity.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nsmallest
from itertools import pairwise, takewhile

from amendments.text._similarity import shared_tokens, similarity
from amendments.text.anchoring import changed_tokens
from amendments.text.cutting import Border, borders, exact_row, slices, struck_over
from amendments.text.model import Content, Kind, Text
from amendments.text.tokens import tokenise

SIMILAR = 0.35
"""From here on two paragraphs between the same neighbours are one paragraph, edited."""
SIMILAR_IN_COPY = 0.55
"""The same in a copy, where nothing is looked for elsewhere first, and with white space."""
VERY_SIMILAR = 0.7
"""Those above this are found first: what is less alike at its place may be more alike elsewhere."""
SIMILAR_ELSEWHERE = 0.75
"""From here on two paragraphs at different places are one paragraph, moved and edited: it takes more, since place says
nothing.
"""
CLEAR_LEAD = 0.1
"""A second candidate this close makes a match unsure."""
CONTAINED = 0.7
"""In a copy two paragraphs between the same neighbours are one, much lengthened or shortened, when this share of the
shorter one's threes of tokens stands in the other. So are, for `carrying`, two that were matched, much lengthened.
"""
CONTAINED_WEIGHT = (0.6, 0.2)
"""What it is worth beside similar ones: the share found, times the first, and the second by how much of the longer one
it makes up.
"""
FEWEST_TOKENS = 5
"""Apart from white space; what is shorter says too little to be found inside of something else."""
MOST_PIECES = 8
"""Neighbours on one side that are tried together as pieces of one whole; more are found step by step."""
TRIFLE = 1e-9
"""For each word or sign with which both begin: it decides between equals and nothing else."""
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


class Wording:
    """A paragraph's tokens, made when they are asked for: most paragraphs are equal to another and never compared."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def tokens(self) -> list[str]:
        return tokenise(self.text)

    @cached_property
    def signs(self) -> list[str]:
        """Without white space, which any two texts share."""
        return [token for token in self.tokens if not token.isspace()]

    @cached_property
    def threes(self) -> set[tuple[str, str, str]]:
        return set(zip(self.signs, self.signs[1:], self.signs[2:], strict=False))

    @cached_property
    def words(self) -> set[str]:
        """Those long enough to say something."""
        return {sign for sign in self.signs if len(sign) > 3}

    def share_in(self, other: Wording) -> float:
        """How many of its threes stand in the other one; 0.0 where it says too little."""
        return len(self.threes & other.threes) / len(self.threes) if len(self.signs) >= FEWEST_TOKENS else 0.0

    def within(self, other: Wording, *, ends: bool = False) -> float:
        """How much of the shorter of the two stands in the longer one, weighted; 0.0 where it says too little.
        `ends`: only all of it, at the beginning or at the end.
        """
        short, long = (self, other) if len(self.signs) <= len(other.signs) else (other, self)
        if len(short.signs) < FEWEST_TOKENS:
            return 0.0
        weight = CONTAINED_WEIGHT[0] + CONTAINED_WEIGHT[1] * len(short.signs) / len(long.signs)
        if short.signs in (long.signs[: len(short.signs)], long.signs[-len(short.signs) :]):
            return weight
        share = 0.0 if ends else short.share_in(long)
        return share * weight if share >= CONTAINED else 0.0


@dataclass
class Matcher:
    """`to_new`: old index -> index of the new content it has become."""

    old: Text
    new: Sequence[Content]
    answers: Mapping[int, str]
    copy: bool = False
    to_new: dict[int, int] = field(default_factory=dict)
    unsure: list[Unsure] = field(default_factory=list)
    often: Counter[Content] = field(default_factory=Counter)
    """How often each content stands in the text in which it stands more often."""
    splits: dict[int, tuple[Border, ...]] = field(default_factory=dict)
    """old index -> where it was cut: what follows each cut is the next new paragraph behind its own."""
    joins: dict[int, tuple[Border, ...]] = field(default_factory=dict)
    """old index -> where in what it has become the old ones behind it begin, which were appended to it."""

    def __post_init__(self) -> None:
        self.old_wordings = [Wording(paragraph.text) for paragraph in self.old]
        self.new_wordings = [Wording(content.text) for content in self.new]
        self.old_texts = [wording.text for wording in self.old_wordings]
        self.new_texts = [wording.text for wording in self.new_wordings]

    def run(self) -> Matcher:
        self._answer()
        self._match_single()
        self._match_equal()
        if self.copy:
            self._find_struck_borders()
        self._match_similar(SIMILAR_IN_COPY if self.copy else VERY_SIMILAR)
        self._match_elsewhere()
        self._find_splits_and_joins()
        if self.copy:
            self._match_alone()
        else:  # halves are known now, or one might be taken for something half alike
            self._match_similar(SIMILAR)
            self._find_splits_and_joins()
        return self

    def _answer(self) -> None:
        index = {paragraph.identity: number for number, paragraph in enumerate(self.old)}
        for new, identity in self.answers.items():
            if identity in index:
                self.to_new[index[identity]] = new

    def _open(self) -> tuple[list[int], list[int]]:
        taken = {*self.to_new.values(), *self.answers, *(unsure.new for unsure in self.unsure), *self.halves()}
        gone = {*self.to_new, *self.appended()}
        return [o for o in range(len(self.old)) if o not in gone], [n for n in range(len(self.new)) if n not in taken]

    def halves(self) -> set[int]:
        """New paragraphs that were cut from the one before."""
        return {self.to_new[o] + step for o, cut in self.splits.items() for step in range(1, len(cut) + 1)}

    def appended(self) -> set[int]:
        """Old paragraphs that were appended to the one before."""
        return {o + step for o, cut in self.joins.items() for step in range(1, len(cut) + 1)}

    def _match_single(self) -> None:
        """What stands once in both texts is the same, wherever it stands."""
        places = {self.new[n]: n for n in self._open()[1] if not self._stands_often(self.new[n])}
        for o in self._open()[0]:
            n = places.get(self.old[o].content)
            if n is not None:
                self.to_new[o] = n

    def _match_equal(self) -> None:
        """Those that stand more often, in their order, between the ones that stand once."""
        number_of: dict[Content, int] = {}
        for old, new in list(self._regions()):
            numbers_old = [number_of.setdefault(self.old[o].content, len(number_of)) for o in old]
            numbers_new = [number_of.setdefault(self.new[n], len(number_of)) for n in new]
            position_old = position_new = 0
            for a, b, _, d in [*changed_tokens(numbers_old, numbers_new), (len(old), 0, len(new), 0)]:
                for step in range(a - position_old):
                    self.to_new[old[position_old + step]] = new[position_new + step]
                position_old, position_new = b, d

    def _regions(self) -> Iterable[tuple[list[int], list[int]]]:
        """Open paragraphs between the same matched neighbours, as far as the matches keep their order."""
        spine = increasing(sorted(self.to_new.items()))
        open_old, open_new = map(set, self._open())
        bounds = [(-1, -1), *spine, (len(self.old), len(self.new))]
        for (o1, n1), (o2, n2) in pairwise(bounds):
            old = [o for o in range(o1 + 1, o2) if o in open_old]
            new = [n for n in range(n1 + 1, n2) if n in open_new]
            if old and new:
                yield old, new

    def _find_struck_borders(self) -> None:
        """Neighbours of which words were struck from inside the one to inside a later one, so that the rest is one."""
        for old, new in list(self._regions()):
            if len(old) * len(new) > REGION_CELLS or len(old) < 2:
                continue
            used = -1
            for n in new:
                begin = self.new[n].text[:FEWEST_TOKENS]
                alike = [o for o in old if o > used and self.old[o].text.startswith(begin)]
                for first, last in self._stretches(alike, set(old)):
                    cut = self._struck_border(first, last, n)
                    if cut:
                        used = last
                        self.to_new[first] = n
                        self.joins[first] = ((cut, cut),) * (last - first)
                        break

    def _stretches(self, old: Sequence[int], left: Collection[int]) -> Iterator[tuple[int, int]]:
        """Each of these with a few of the neighbours behind it that are `left`, the fewest first, but for tables."""
        for first in old:
            for last in range(first, first + MOST_PIECES):
                if last not in left or self.old[last].head.kind is Kind.TABLE_ROW:
                    break
                if last > first:
                    yield first, last

    def _struck_border(self, first: int, last: int, n: int) -> int:
        """Where in the new paragraph the border lies, 0 if there is none: what is left of each has to say something,
        and something else than what was struck of the other one, or that one was edited and this one struck.
        """
        if self._is_row(n):
            return 0
        left, right, whole = self.old_wordings[first], self.old_wordings[last], self.new_wordings[n]
        cut = struck_over(left.tokens, right.tokens, whole.tokens)
        if cut is None:
            return 0
        struck = "".join(right.tokens[: len(right.tokens) - len(whole.tokens) + cut]), "".join(left.tokens[cut:])
        kept = "".join(whole.tokens[:cut]), "".join(whole.tokens[cut:])
        if all(_says_more(Wording(here), Wording(there)) for here, there in zip(kept, struck, strict=True)):
            return len(kept[0])
        return 0

    # --- similar ones between the same neighbours

    def _match_similar(self, cutoff: float) -> None:
        for old, new in list(self._regions()):
            if len(old) * len(new) > REGION_CELLS:
                continue
            scores = {(o, n): self._worth(o, n, cutoff) for o in old for n in new}
            for o, n in _best_chain(old, new, scores):
                self.to_new[o] = n

    def _worth(self, o: int, n: int, cutoff: float) -> float:
        """Of equally similar ones the one that begins alike for longer is worth a trifle more."""
        score = max(self._score(o, n, cutoff), self.contained(o, n), self._retyped(o, n))
        if not score:
            return 0.0
        signs = zip(self.old_wordings[o].signs, self.new_wordings[n].signs, strict=False)
        return score + TRIFLE * sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], signs))

    def _score(self, o: int, n: int, cutoff: float) -> float:
        if (self.old[o].head.kind is not self.new[n].kind) and min(len(self.old[o].text), len(self.new[n].text)) < 40:
            return 0.0
        return self.likeness(o, n, cutoff)

    def _retyped(self, o: int, n: int) -> float:
        """Between the same neighbours the same words are the same paragraph, however short, and be it a heading now."""
        old, new = self.old[o].content, self.new[n]
        rows = Kind.TABLE_ROW in (old.head.kind, new.head.kind)
        return float(old.text == new.text != "" and not rows)

    def likeness(self, o: int, n: int, cutoff: float = 0.0) -> float:
        """Of a copy with white space, which stands between words that are alike."""
        one, other = self.old_wordings[o], self.new_wordings[n]
        if self.copy:
            return similarity(one.tokens, other.tokens, cutoff)
        return similarity(one.signs, other.signs, cutoff)

    def contained(self, o: int, n: int) -> float:
        """How much of the shorter one stands in the other, weighted; 0.0 where it says too little."""
        if not self.copy:  # elsewhere it may be one of several that were put together
            return 0.0
        other_kind = self.old[o].head.kind is not self.new[n].kind
        return self.old_wordings[o].within(self.new_wordings[n], ends=other_kind)

    def _match_alone(self) -> None:
        """As many old as new paragraphs, left alone between the same neighbours, are the same ones, written anew."""
        unsure = {unsure.new for unsure in self.unsure}
        for old, new in list(self._regions()):
            if len(old) == len(new) and unsure.isdisjoint(new):
                rows = (
                    Kind.TABLE_ROW in (self.old[o].head.kind, self.new[n].kind) for o, n in zip(old, new, strict=True)
                )
                if not any(rows):
                    self.to_new.update(zip(old, new, strict=True))

    # --- moved ones

    def _match_elsewhere(self) -> None:
        """Pairs that belong together although their neighbours do not: moved paragraphs. Only clear ones are taken."""
        candidates: dict[int, list[tuple[float, int]]] = defaultdict(list)
        rivals: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for o, n in self._likely_pairs(*self._open()):
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
            if clear and not (self._stands_often(self.old[o].content) or self._stands_often(self.new[n])):
                self.to_new[o] = n
            else:
                self.unsure.append(Unsure(n, tuple((self.old[o].identity, round(score, 3)) for score, o in found[:5])))

    def _stands_often(self, content: Content) -> bool:
        """Whether equal words stand elsewhere as well: then nobody can tell a move from one struck here and one
        written there.
        """
        if not self.often:
            self.often = Counter(p.content for p in self.old) | Counter(self.new)
        return self.often[content] > 1

    def _likely_pairs(self, old: list[int], new: list[int]) -> list[tuple[int, int]]:
        """Pairs that share a rare word: enough to find moved paragraphs without comparing all with all."""
        by_word: dict[str, list[int]] = defaultdict(list)
        for o in old:
            for word in self.old_wordings[o].words:
                by_word[word].append(o)
        pairs: set[tuple[int, int]] = set()
        for n in new:
            shared: Counter[int] = Counter()
            for word in self.new_wordings[n].words:
                if len(by_word.get(word, ())) <= 25:
                    shared.update(by_word.get(word, ()))
            pairs.update((o, n) for o in nsmallest(8, shared, key=lambda o: (-shared[o], o)))
        return sorted(pairs)

    # --- splits and joins

    def _find_splits_and_joins(self) -> None:
        """Of a split and of a join the left one keeps its name, whichever half it was matched with. Rows of tables are
        neither split nor joined.
        """
        found_old, found_new = self._open()
        left_old = {o for o in found_old if self.old[o].head.kind is not Kind.TABLE_ROW}
        left_new = {n for n in (*found_new, *(unsure.new for unsure in self.unsure)) if not self._is_row(n)}
        for o, n in sorted(self.to_new.items()):
            if self.old[o].content == self.new[n] or o in self.splits or o in self.joins:
                continue
            if self.old[o].head.kind is Kind.TABLE_ROW or self._is_row(n):
                continue
            first, cut = self._parted(self.old_wordings[o], self.new_wordings, n, left_new, texts=self.new_texts)
            if cut and (first == n or n not in self.answers):
                self.to_new[o], self.splits[o] = first, cut
                left_new.difference_update(range(first, first + len(cut) + 1))
                continue
            first, cut = self._parted(self.new_wordings[n], self.old_wordings, o, left_old, texts=self.old_texts)
            if cut and (first == o or n not in self.answers):
                del self.to_new[o]
                self.to_new[first], self.joins[first] = n, cut
                left_old.difference_update(range(first, first + len(cut) + 1))
        halves = self.halves()
        self.unsure = [unsure for unsure in self.unsure if unsure.new not in halves]

    def _is_row(self, n: int) -> bool:
        return self.new[n].kind is Kind.TABLE_ROW

    def _parted(
        self, whole: Wording, wordings: Sequence[Wording], own: int, left: set[int], *, texts: Sequence[str]
    ) -> tuple[int, tuple[Border, ...]]:
        """The most neighbours around `own`, out of those that are `left`, of which `whole` is made up: the first of
        them, and where each but the first begins. `texts`: those of the wordings, all of them put together once.
        """
        first, found = exact_row(whole.text, texts, own, left)
        if found or not self.copy:
            return first, found
        first, last = own, own
        while True:
            behind = _run(whole, wordings, range(last + 1, last + 1 + MOST_PIECES), left)
            before = _run(whole, wordings, range(first - 1, first - 1 - MOST_PIECES, -1), left)
            wider = [(first, last + step) for step in range(behind, 0, -1)]
            for low, high in (*wider, *((first - step, last) for step in range(before, 0, -1))):
                added = range(last + 1 - low, high + 1 - low) if high > last else range(first - low)
                cut = _cut(whole, wordings[low : high + 1], added)
                if cut:
                    first, last, found = low, high, cut
                    break
            else:
                return first, found


def _cut(whole: Wording, pieces: Sequence[Wording], added: range) -> tuple[Border, ...]:
    """Where `whole` parts into `pieces`, although words were changed in them. Those with the numbers `added` have to
    hold words that the others lack, or they only resemble them.
    """
    if not all(each.text for each in (whole, *pieces)):
        return ()
    if any(whole.words.isdisjoint(pieces[number].words) for number in added):
        return ()
    others = [token for number, piece in enumerate(pieces) if number not in added for token in piece.tokens]
    every = [token for piece in pieces for token in piece.tokens]
    gain = shared_tokens(whole.tokens, every) - shared_tokens(whole.tokens, others)
    if gain < SIMILAR_IN_COPY * (len(every) - len(others)):
        return ()
    found = borders(whole.text, [piece.text for piece in pieces]) or ()
    parts = [Wording(whole.text[start:end]) for start, end in slices(whole.text, found)]
    return found if found and all(_alike(parts[number], pieces[number]) for number in added) else ()


def _run(whole: Wording, wordings: Sequence[Wording], neighbours: range, left: set[int]) -> int:
    """How many of these are left and may be pieces of the whole; whatever follows one that shares no word is not."""
    number = 0
    for neighbour in neighbours:
        if neighbour not in left or (number and whole.words.isdisjoint(wordings[neighbour].words)):
            break
        number += 1
    return number


def _says_more(kept: Wording, struck: Wording) -> bool:
    return len(kept.signs) >= FEWEST_TOKENS and not similarity(kept.tokens, struck.tokens, SIMILAR_IN_COPY)


def _alike(part: Wording, piece: Wording) -> bool:
    """Whether a piece is this part of the whole, edited or shortened."""
    if similarity(part.tokens, piece.tokens, SIMILAR_IN_COPY):
        return True
    return len(piece.signs) <= len(part.signs) and part.within(piece) > 0


def increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
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
    """Order-preserving pairs of greatest total similarity, squared: two pairs half alike do not outvote one that is
    clearly alike (dynamic programming over the region).
    """
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        row, below = best[i], best[i + 1]
        for j in range(len(new) - 1, -1, -1):
            score = scores[old[i], new[j]]
            row[j] = max(below[j], row[j + 1], below[j + 1] + score * score if score else 0.0)
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        score = scores[old[i], new[j]]
        if score and best[i][j] == best[i + 1][j + 1] + score * score:
            pairs.append((old[i], new[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
