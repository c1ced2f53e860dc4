"""The list of changes (§5.5.1): an insertion is named there and stands in the text, what is struck stands there and is
named in the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from amendments.exchange.redlines.odt.xml import info, words
from amendments.exchange.redlines.remarks import Remarks


@dataclass
class Changes(Remarks):
    """Of one file. `regions`: the elements of text:tracked-changes, which number `before` in the template."""

    before: int = 0
    regions: list[str] = field(default_factory=list)
    _known: dict[tuple[str, ...], str] = field(default_factory=dict)
    _noted: int = 0

    def insertion(self, by: tuple[str, ...]) -> str:
        """The id of a new one."""
        return self._region(f"<text:insertion>{self._info(by)}</text:insertion>")

    def deletion(self, by: tuple[str, ...], struck: str) -> str:
        return self._region(f"<text:deletion>{self._info(by)}{struck}</text:deletion>")

    def struck_insertion(self, by: tuple[str, ...], struck_by: tuple[str, ...], struck: str) -> str:
        """Of words that `by` put in and others struck there: the latest change comes first."""
        deletion = f"<text:deletion>{self._info(struck_by)}{struck}</text:deletion>"
        return self._region(f"{deletion}<text:insertion>{self._info(by)}</text:insertion>")

    def _region(self, change: str) -> str:
        name = f"aend{self.before + len(self.regions) + 1}"
        self.regions.append(f'<text:changed-region xml:id="{name}" text:id="{name}">{change}</text:changed-region>')
        return name

    def _info(self, by: tuple[str, ...]) -> str:
        if by not in self._known:
            self._known[by] = f"<office:change-info>{info(*self.author(by))}</office:change-info>"
        return self._known[by]

    def annotations(self) -> str:
        """The comments that were made since this was asked last."""
        new, self._noted = self.comments[self._noted :], len(self.comments)
        return "".join(
            f"<office:annotation>{info(comment.author, comment.at)}"
            + "".join(f"<text:p>{words(line)}</text:p>" for line in comment.lines)
            + "</office:annotation>"
            for comment in new
        )
