"""Deciding and publishing in two lines each."""

from amendments.consensus import queries, services
from amendments.decisions import services as decisions
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.documents.models import Version
from amendments.documents.queries import current_version, load_text, memory
from tests.factories import proposals


def agree(paper, *made, **given):
    version = current_version(paper.text.id)
    verdicts = (
        [Verdict(proposals.edit_id(proposal), Outcome.AGREED, rank=rank) for rank, proposal in enumerate(made)]
        if given.get("ordered")
        else [Verdict(proposals.edit_id(proposal), Outcome.AGREED) for proposal in made]
    )
    decisions.decide_edits(paper.moderator, version_id=version.id, verdicts=verdicts)


def publish(paper, actor=None, **given) -> Version:
    version = current_version(paper.text.id)
    expected = given.pop("expected_hash", None) or queries.preview(version.id).hash
    return services.publish(
        actor or paper.moderator, text_id=paper.text.id, base_version_id=version.id, expected_hash=expected, **given
    )


def words_of(version: Version) -> list[str]:
    memory.clear()
    return [paragraph.text for paragraph in load_text(version)]
