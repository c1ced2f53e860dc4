"""From a text that was made of our version back to our version: where a change in it has its place there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from amendments.text.aligning import Alignment, align
from amendments.text.carrying import Carried, CarryOver
from amendments.text.hunks import Edit, Hunk, hunk_from_json, hunk_to_json
from amendments.text.model import Text


class Back:
    """Carries edits of the text that `step` led to back to `base`, from which it led."""

    def __init__(self, base: Text, step: Alignment) -> None:
        self._names: dict[str, str] = {}
        if not step.moved:
            self._carry = CarryOver(step.redline.inverted())
            return
        # A redline turned round does not lead words back that moved; looked for anew they are found.
        turned = align(step.text, [paragraph.content for paragraph in base], "back", copy=True)
        self._names = {found.identity: own.identity for found, own in zip(turned.text, base, strict=True)}
        self._carry = CarryOver(turned.redline)

    def carry(self, edit: Edit) -> Carried:
        found = self._carry.carry(edit)
        return replace(found, hunks=tuple(self._renamed(hunk) for hunk in found.hunks)) if self._names else found

    def _renamed(self, hunk: Hunk) -> Hunk:
        data: dict[str, Any] = hunk_to_json(hunk)
        for key in {"paragraph", "left", "right", "after"} & data.keys():
            data[key] = self._names.get(data[key], data[key])
        if "block" in data:
            data["block"] = [self._names[name] for name in data["block"]]
        return hunk_from_json(data)
