"""What is recorded about proposals: ids, outcomes and hashes, no free text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class ProposalDrafted:
    name: ClassVar[str] = "proposal:drafted"
    proposal_id: UUID
    version_id: UUID
    wish_hashes: tuple[str, ...]


@dataclass(frozen=True)
class DraftEdited:
    name: ClassVar[str] = "proposal:draft_edited"
    proposal_id: UUID
    version_id: UUID
    wish_hashes: tuple[str, ...]


@dataclass(frozen=True)
class DraftDiscarded:
    name: ClassVar[str] = "proposal:draft_discarded"
    proposal_id: UUID


@dataclass(frozen=True)
class ProposalFiled:
    name: ClassVar[str] = "proposal:filed"
    proposal_id: UUID
    number: int
    version_id: UUID
    kind: str
    origin: str
    committee_id: UUID | None
    parent_id: UUID | None
    wish_hashes: tuple[str, ...]
    """Of its edits, in their order."""
    resumes: tuple[UUID, UUID] | None
    """The proposal and its edit that were handed back and are filed anew by this one."""


@dataclass(frozen=True)
class FileKept:
    """A returned file was read, or could not be read; nothing has been proposed yet."""

    name: ClassVar[str] = "returned:kept"
    file_id: UUID
    text_id: UUID
    digest: str


@dataclass(frozen=True)
class FileSorted:
    """Somebody said which paragraphs of it are which."""

    name: ClassVar[str] = "returned:sorted"
    file_id: UUID


@dataclass(frozen=True)
class FilesChosen:
    """Somebody chose for whom and how what is in them shall be brought in; nothing has been proposed yet."""

    name: ClassVar[str] = "returned:chosen"
    text_id: UUID
    file_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class FileDropped:
    name: ClassVar[str] = "returned:dropped"
    file_id: UUID


@dataclass(frozen=True)
class ProposalWithdrawn:
    name: ClassVar[str] = "proposal:withdrawn"
    proposal_id: UUID
    voided_ids: tuple[UUID, ...]
    """Proposals that spoke of its wording and have become void."""


@dataclass(frozen=True)
class ProposalRestored:
    """It had been stated wrongly that it was withdrawn."""

    name: ClassVar[str] = "proposal:restored"
    proposal_id: UUID
    restored_ids: tuple[UUID, ...]
    """Proposals that had become void with it."""


@dataclass(frozen=True)
class PositionTaken:
    name: ClassVar[str] = "proposal:position_taken"
    proposal_id: UUID
    edit_id: UUID
    committee_id: UUID | None
    stance: str


@dataclass(frozen=True)
class CommentAdded:
    name: ClassVar[str] = "proposal:commented"
    proposal_id: UUID
    comment_id: UUID
