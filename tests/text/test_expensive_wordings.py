"""Wordings made to keep the processor busy."""

import time

import pytest

from amendments.text.diff import diff_rich
from amendments.text.model import Rich

LENGTH = 50_000
REPEATED = {
    "one letter": ("a " * (LENGTH // 2), "b" + "a " * (LENGTH // 2) + "c a"),
    "three letters": ("x y z y " * (LENGTH // 8), "z x y x " * (LENGTH // 8)),
    "blanks": (" " * LENGTH, " x" * (LENGTH // 2)),
}


@pytest.mark.parametrize("name", REPEATED)
def test_repeating_oneself_costs_nobody_a_minute(name):
    old, new = REPEATED[name]
    began = time.process_time()
    hunks = diff_rich("p", Rich(old), Rich(new))
    assert time.process_time() - began < 5
    words, shift = old, 0
    for hunk in hunks:
        assert words[hunk.start + shift : hunk.end + shift] == hunk.old.text
        words = words[: hunk.start + shift] + hunk.new.text + words[hunk.end + shift :]
        shift += len(hunk.new) - len(hunk.old)
    assert words == new
