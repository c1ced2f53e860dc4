"""Whether the record is whole, without walking all of it for every page.

What was walked is remembered: by the record itself for every walk from the beginning that somebody asked for, by the
process for what came behind it. A page walks what is new and says since when nobody has looked at the rest.
"""

import logging
import threading
from dataclasses import dataclass, replace
from datetime import datetime

from amendments.audit.queries import BEGINNING, Anchor, Check, Verdict, holds, last_check, verify
from amendments.extensions import db
from amendments.web import clock

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Standing:
    """What is known of the chain."""

    verdict: Verdict
    whole_at: datetime
    """When it was last walked from its beginning."""
    whole_to: int
    """The last event of that walk; those behind it were walked as somebody looked."""


_known: dict[str, Standing] = {}
"""By database; what this process has walked and found whole."""
_walking = threading.Lock()


def standing() -> Standing:
    """Walk what has come since the last look. A damage that was recorded stands until a whole walk finds none."""
    check = last_check()
    if check is not None and not check.verdict.intact:
        return Standing(check.verdict, check.at, check.verdict.events)
    with _walking:
        name = str(db.engine.url)
        before = _newest(_known.get(name), check)
        if before is not None and not holds(_end(before)):
            log.warning("the record does not hold what was walked before")
            before = None
        verdict = verify(_end(before) if before else BEGINNING)
        found = replace(before, verdict=verdict) if before else Standing(verdict, clock.now(), verdict.events)
        if verdict.intact:
            _known[name] = found
    return found


def _newest(known: Standing | None, check: Check | None) -> Standing | None:
    """What reaches furthest, with the newest walk from the beginning."""
    if check is None:
        return known
    told = Standing(check.verdict, check.at, check.verdict.events)
    if known is None or known.verdict.events < told.verdict.events:
        return told
    return replace(known, whole_at=told.whole_at, whole_to=told.whole_to) if known.whole_at < told.whole_at else known


def _end(known: Standing) -> Anchor:
    return known.verdict.events, known.verdict.hash
