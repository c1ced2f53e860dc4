"""Fifty proposals on one text: whatever order they come in, the text and its hash are the same."""

from random import Random

import pytest

from amendments.text import Edit, Hunk, Paragraph, Rich, edits, merge, plain, text_hash, text_of

PARAGRAPHS, WORDS, PROPOSALS = 25, 30, 50


def wish(random: Random, text: tuple[Paragraph, ...]) -> tuple[Hunk, ...]:
    rank = random.randrange(len(text) - 1)
    paragraph = text[rank]
    match random.randrange(8):
        case 0:
            return edits.delete(paragraph)
        case 1:
            return edits.insert(paragraph.identity, [plain(f"Neu {random.randrange(3)}.")])
        case 2:
            return edits.split(paragraph, paragraph.text.index(" ", random.randrange(100)))
        case 3:
            return edits.join(paragraph, text[rank + 1])
        case 4:
            return edits.move([paragraph], text[(rank + 5) % len(text)].identity)
    start = 7 * random.randrange(WORDS - 3)
    new = Rich(random.choice(["", "anders ", "noch einmal anders "]))
    return edits.replace_words(paragraph, start, start + 7 * random.randrange(1, 3), new)


@pytest.mark.parametrize("seed", range(12))
def test_fifty_proposals_give_the_same_text_in_any_order(seed: int) -> None:
    random = Random(seed)
    words = (" ".join(f"Wort{random.randrange(10, 40)}" for _ in range(WORDS)) for _ in range(PARAGRAPHS))
    base = text_of(plain(text) for text in words)
    proposals = [Edit(f"e{number:02}", wish(random, base)) for number in range(PROPOSALS)]
    first = merge(base, proposals)
    assert first.applied
    assert first.collisions
    for _ in range(5):
        random.shuffle(proposals)
        again = merge(base, proposals)
        assert again == first
        assert text_hash(again.text) == text_hash(first.text)
