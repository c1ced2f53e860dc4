"""Steps of the Beratungsfolge for tests, planned through the service."""

from typing import Any

from amendments.consultations import services
from amendments.consultations.models import Consultation
from amendments.consultations.services import Plan
from amendments.documents.queries import current_version, document_for
from amendments.web import clock
from tests.factories import committees
from tests.factories.documents import Paper


def planned(paper: Paper, *committees: Any, **given: Any) -> Consultation:
    """A step of the paper; without committees that of its participant."""
    sitting = committees or (paper.participant,)
    values: dict[str, Any] = {"role": "preparation", "day": clock.today()}
    plan = Plan([committee.id for committee in sitting], **(values | given))
    return services.plan_consultation(paper.moderator, document_id=paper.document.id, plan=plan)


def noted(paper: Paper, row: Consultation, result: str = "adopted", **given: Any) -> Consultation:
    """What the step came to; adopted by default, with the current version of each text."""
    texts = document_for(paper.moderator, paper.document.id).texts
    versions = {text.id: current_version(text.id).id for text in texts} if result == "adopted" else {}
    return services.note_result(
        paper.moderator,
        consultation_id=row.id,
        row_version=row.row_version,
        result=result,
        **({"versions": versions} | given),
    )


def closed(paper: Paper, council: Any = None) -> Consultation:
    """The council's step, which has decided the paper in its current version."""
    sitting = council or committees.committee(kind="council", name="Stadtrat")
    return noted(paper, planned(paper, sitting, role="decision"))
