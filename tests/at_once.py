"""Several people who press at the same moment."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from amendments.errors import Conflict
from amendments.web.transaction import write


def together(app: Flask, works: Sequence[Callable[[], object]]) -> list[str]:
    """Each work in a thread of its own, all beginning at once."""
    barrier = Barrier(len(works))

    def run(work: Callable[[], object]) -> str:
        with app.app_context():
            barrier.wait()
            try:
                write(work)
            except Conflict:
                return "conflict"
            return "done"

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))
