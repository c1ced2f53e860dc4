"""What is filed, said and decided in each document of the town."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from amendments import text as engine
from amendments.decisions import services as decisions
from amendments.decisions.rules import Outcome
from amendments.decisions.services import Verdict
from amendments.documents import queries as documents
from amendments.proposals import services as proposing
from amendments.proposals.queries import wording_base
from amendments.text import edits as controls
from amendments.web.actor import Actor
from tests.security.planted import canary, hostile

if TYPE_CHECKING:
    from tests.security.world import Paper


class Sayings:
    """What happens in one document."""

    def __init__(self, paper: Paper, author: Actor, moderator: Actor, committee_id: UUID) -> None:
        self.paper, self.author, self.moderator, self.committee_id = paper, author, moderator, committee_id

    def on_the_first_version(self) -> None:
        self._change("published", "fördert", f"{canary(self.paper.name, 'publishedwording')} stützt")
        self._change("returned", "fördert den", f"{canary(self.paper.name, 'returnedwording')} bremst den")
        self._decide("published", Outcome.AGREED)

    def on_the_second_version(self) -> None:
        name = self.paper.name
        self._change("open", "Vereine", hostile(name, "openwording"), committee_id=self.committee_id)
        self._change("rival", "Vereine", f"{canary(name, 'rivalwording')} Verbände")
        self._change("child", "bei der", "während der", parent="open")
        self._change("agreed", "berichtet", f"{canary(name, 'agreedwording')} erzählt")
        self._change("rejected", "Kindertagesstätten", f"{canary(name, 'rejectedwording')} Horte")
        self._change("later", "Netzwerk", f"{canary(name, 'laterwording')} Netz")
        self._change("withdrawn", "Fragen", f"{canary(name, 'withdrawnwording')} Sorgen")
        self._change("draft", "Bericht", f"{canary(name, 'draftwording')} Plan", draft=True)
        for kept in ("open", "agreed"):
            said = {"stance": "objection", "reason": hostile(name, f"{kept}position")}
            proposing.take_position(self.author, edit_id=self.paper.edit(kept), **said)
            comment = hostile(name, f"{kept}comment")
            proposing.add_comment(self.author, proposal_id=self.paper.proposals[kept].id, text=comment)
        self._decide("agreed", Outcome.AGREED)
        self._decide("rejected", Outcome.REJECTED)
        proposing.withdraw_proposal(self.author, proposal_id=self.paper.proposals["withdrawn"].id)

    def on_texts_for_few(self) -> None:
        for name, row in (("secret", self.paper.secret), ("dated", self.paper.later)):
            version = documents.current_version(row.id)
            paragraph = documents.load_text(version)[0]
            wording = engine.Rich(hostile(self.paper.name, f"{name}wording"))
            self.paper.proposals[name] = proposing.file_proposal(
                self.moderator,
                version_id=version.id,
                edits=[controls.replace_words(paragraph, 0, 2, wording)],
                title=hostile(self.paper.name, f"{name}title"),
                reason=hostile(self.paper.name, f"{name}reason"),
            )

    def _change(self, name: str, old: str, new: str, parent: str = "", **given: object) -> None:
        parent_id = self.paper.proposals[parent].id if parent else None
        base = wording_base(self.paper.version.id, parent_id)
        paragraph = next(p for p in base if old in p.text)
        start = paragraph.text.index(old)
        self.paper.proposals[name] = proposing.file_proposal(
            self.author,
            version_id=self.paper.version.id,
            edits=[controls.replace_words(paragraph, start, start + len(old), engine.Rich(new))],
            title=hostile(self.paper.name, f"{name}title"),
            reason=hostile(self.paper.name, f"{name}reason"),
            parent_id=parent_id,
            **given,  # type: ignore[arg-type]
        )

    def _decide(self, name: str, outcome: Outcome) -> None:
        reason = hostile(self.paper.name, f"{name}decision")
        verdicts = [Verdict(self.paper.edit(name), outcome)]
        decisions.decide_edits(self.moderator, version_id=self.paper.version.id, verdicts=verdicts, reason=reason)
