"""What styles say of words, titles and the numbers of lists (§16)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from amendments.exchange.building import Style
from amendments.exchange.odt.names import number_in, q
from amendments.text.model import MarkName

_CHAIN = 20


class Styles:
    """Styles (§16) of both parts by family and name."""

    def __init__(self, roots: list[etree._Element]) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._lists: dict[str, etree._Element] = {}
        for root in reversed(roots):
            for style in root.iter(q("style:style")):
                self._styles[style.get(q("style:family"), ""), style.get(q("style:name"), "")] = style
            for style in root.iter(q("text:list-style")):
                self._lists[style.get(q("style:name"), "")] = style

    def _chain(self, family: str, name: str) -> Iterator[tuple[str, etree._Element]]:
        for _ in range(_CHAIN):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield name, style
            name = style.get(q("style:parent-style-name"), "")

    def is_title(self, name: str) -> bool:
        return name == "Title" or any(
            own == "Title" or style.get(q("style:parent-style-name")) == "Title"
            for own, style in self._chain("paragraph", name)
        )

    def marks(self, name: str) -> Style:
        """The marks of a text style (§16.29.27): what it says itself, else what it is based on says."""
        said: dict[MarkName, bool] = {}
        if name.startswith(("Source_20_Text", "Teletype")):
            said[MarkName.CODE] = True
        for _, style in self._chain("text", name):
            properties = style.find(q("style:text-properties"))
            if properties is not None:
                said = _marks_of(properties) | said
        return frozenset((mark, "") for mark, on in said.items() if on)

    def look(self, name: str, level: int) -> tuple[str, int]:
        """How the numbers of a list read ("" for bullets) and where they start (§16.31, §19.500)."""
        for style in self._lists.get(name, ()):
            if style.get(q("text:level")) != str(level):
                continue
            form = style.get(q("style:num-format"), "")
            if style.tag != q("text:list-level-style-number") or form not in ("1", "a", "A", "i", "I"):
                return "", 1
            look = style.get(q("style:num-prefix"), "") + form + style.get(q("style:num-suffix"), "")
            return look, number_in(style.get(q("text:start-value")), 1)
        return "", 1


def _marks_of(properties: etree._Element) -> dict[MarkName, bool]:
    found: dict[MarkName, bool] = {}
    for mark, name, off in (
        (MarkName.STRONG, "fo:font-weight", ("normal", "400")),
        (MarkName.EM, "fo:font-style", ("normal",)),
        (MarkName.UNDERLINE, "style:text-underline-style", ("none",)),
        (MarkName.STRIKE, "style:text-line-through-style", ("none",)),
    ):
        value = properties.get(q(name))
        if value is not None:
            found[mark] = value not in off
    position = properties.get(q("style:text-position"), "")
    if position:
        found[MarkName.SUP] = position.startswith("super")
        found[MarkName.SUB] = position.startswith("sub")
    return found
