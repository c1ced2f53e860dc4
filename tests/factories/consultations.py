"""Steps of the Beratungsfolge for tests, planned through the service."""

from typing import Any

from amendments.consultations import services
from amendments.consultations.models import Consultation
from amendments.consultations.services import Plan
from amendments.web import clock
from tests.factories.documents import Paper


def planned(paper: Paper, *committees: Any, **given: Any) -> Consultation:
    """A step of the paper; without committees that of its participant."""
    sitting = committees or (paper.participant,)
    values: dict[str, Any] = {"role": "preparation", "day": clock.today()}
    plan = Plan([committee.id for committee in sitting], **(values | given))
    return services.plan_consultation(paper.moderator, document_id=paper.document.id, plan=plan)
