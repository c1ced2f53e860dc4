"""What is written into a file so that it is known again when it comes back."""

from __future__ import annotations

from collections.abc import Callable

from amendments.exchange.imported import Imported
from amendments.exchange.provenance import letterhead_of, properties_of
from amendments.exchange.redlines.paper import Paper
from amendments.text.redline import Redline


def properties_for(paper: Paper, template: bytes | None, read: Callable[..., Imported]) -> list[tuple[str, str]]:
    """Names and values. `read`: the reader of the format."""
    people = properties_of(paper.shown)
    if template is None:
        return people
    redline = Redline(paper.nodes)
    text = (paragraph.content for side in (redline.reject(), redline.accept()) for paragraph in side)
    around = letterhead_of(read(template, reject_tracked=True, template=True).contents, text)
    return people + (around.properties if around else [])
