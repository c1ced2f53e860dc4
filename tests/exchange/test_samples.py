"""Word and OpenDocument files that others made: what lies in installed packages and in the office program."""

from contextlib import suppress
from pathlib import Path

import pytest

from amendments.errors import TooLarge, Unreadable
from amendments.exchange.readers import read
from benchmarks.bench_samples import INSTALLED, read_as, samples


@pytest.mark.parametrize("folder", INSTALLED, ids=lambda folder: folder.name)
def test_every_one_is_read_or_refused_with_a_sentence(folder: Path) -> None:
    found = list(samples([folder]))
    if not found:
        pytest.skip(f"{folder} has no Word or OpenDocument file")
    for path in found:
        with suppress(Unreadable, TooLarge):  # any other error ends the test
            assert read(path.read_bytes(), read_as(path)).contents
