"""The other programs beside which the engine is measured."""

from __future__ import annotations

import shutil

import pytest

from benchmarks import peers

PAIRS = [("Der Rat tagt.", "Der Beirat tagt."), ("Er berät.", "Er berät sich.")]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not there")
@pytest.mark.parametrize("words", peers.GIT_WORDS)
def test_git_compares_all_pairs_in_one_go(words: str) -> None:
    seconds = peers.git_word_diff(PAIRS, peers.GIT_WORDS[words])
    assert seconds is not None
    assert seconds > 0
    with pytest.raises(RuntimeError):  # nothing differs: nothing was measured
        peers.git_word_diff([("gleich", "gleich")])


def test_without_git_nothing_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert peers.git_word_diff(PAIRS) is None
