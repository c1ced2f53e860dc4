"""Who stands behind a change: from ids of edits to the short name and the address printed beside the words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for

from amendments.proposals.queries import LiveEdit, ProposalOn
from amendments.proposals.rules import label


@dataclass(frozen=True, slots=True)
class Chip:
    """A label beside a paragraph that leads to a proposal."""

    text: str
    href: str
    clash: bool
    title: str
    """Committee or author: read out with the label."""


@dataclass(frozen=True)
class Sources:
    """Called by templates with the ids of the edits of one change: (text, address, proposal id)."""

    names: Mapping[str, str]
    addresses: Mapping[str, str]
    proposals: Mapping[str, str]

    def __call__(self, by: tuple[str, ...]) -> tuple[str, str, str]:
        known = [edit for edit in by if edit in self.names]
        if not known:
            return ("", "#content", "")
        names = list(dict.fromkeys(self.names[edit] for edit in known))
        return (", ".join(names), self.addresses[known[0]], self.proposals[known[0]])


def sources_of(proposals: Iterable[ProposalOn]) -> Sources:
    names, addresses, ids = {}, {}, {}
    for entry in proposals:
        for edit in entry.edits:
            key = str(edit.edit_id)
            names[key] = label(entry.proposal.number)
            addresses[key] = url_for("workplaces.proposal", proposal_id=entry.proposal.id)
            ids[key] = str(entry.proposal.id)
    return Sources(names, addresses, ids)


def chip(entry: ProposalOn, edit: LiveEdit, *, clash: bool) -> Chip:
    who = entry.committee.short_name if entry.committee else entry.author_name
    return Chip(
        text=label(entry.proposal.number),
        href=url_for("workplaces.proposal", proposal_id=entry.proposal.id) + f"#edit-{edit.edit_id}",
        clash=clash,
        title=who,
    )
