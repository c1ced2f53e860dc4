"""Who sees a document and who may change it."""

from __future__ import annotations

from enum import StrEnum


class Visibility(StrEnum):
    PUBLIC = "public"
    COMMITTEE = "committee"
    RESTRICTED = "restricted"


class TextRole(StrEnum):
    RESOLUTION = "resolution"
    ANNEX = "annex"


class VersionRole(StrEnum):
    PUBLISHED = "published"
    SNAPSHOT = "snapshot"
