"""Reads a PDF as a screen reader does: by its tags, in their order."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
from outloud.content import PageContent
from outloud.model import Document

BLOCKS = {"P", "H1", "H2", "H3", "H4", "H5", "H6", "Lbl", "TH", "TD", "TOCI", "Title"}


@dataclass
class Block:
    role: str
    text: str = ""


@dataclass
class Read:
    """`blocks`: what is read aloud; `numbers`: per page and height, what stands in the left margin and beside it."""

    blocks: list[Block]
    numbers: list[tuple[str, str]]
    pages: int

    @property
    def text(self) -> str:
        return "\n".join(block.text for block in self.blocks if block.text)

    def of(self, *roles: str) -> list[str]:
        return [block.text for block in self.blocks if block.role in roles]


def read(data: bytes) -> Read:
    with pikepdf.open(BytesIO(data)) as document:
        words = {page.objgen: _marked(page) for page in document.pages}
        blocks = [Block("")]
        _walk(document.Root["/StructTreeRoot"]["/K"], {}, words, blocks)
    contents = contents_of(data)
    numbers = [pair for content in contents for pair in _numbers(content)]
    return Read([block for block in blocks if block.text], numbers, len(contents))


def contents_of(data: bytes) -> list[PageContent]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(data)
        found = Document(str(path))
        try:
            return [found.content(page.index) for page in found.pages]
        finally:
            found.close()


def _walk(
    node: object, pages: dict[int, str], words: dict[tuple[int, int], dict[int, str]], blocks: list[Block]
) -> None:
    """`pages`: what the page around says by number of marked content."""
    if isinstance(node, int):
        blocks[-1].text += pages.get(node, "")
    elif isinstance(node, pikepdf.Array):
        for each in node:
            _walk(each, pages, words, blocks)
    elif isinstance(node, pikepdf.Dictionary):
        here = words[node["/Pg"].objgen] if "/Pg" in node else pages
        if node.get("/Type") == "/MCR":
            blocks[-1].text += here.get(int(node["/MCID"]), "")
        elif "/S" in node:
            role = str(node["/S"]).removeprefix("/")
            outside = blocks[-1].role
            if role in BLOCKS:
                blocks.append(Block(role))
            _walk(node.get("/K", pikepdf.Array()), here, words, blocks)
            if role in BLOCKS:
                blocks.append(Block(outside))


def _marked(page: pikepdf.Page) -> dict[int, str]:
    """The words of each marked content, with those that stand for what is drawn (ISO 32000-1 §14.9.4)."""
    fonts = {name: _signs(font) for name, font in page.Resources.get("/Font", {}).items()}
    found: dict[int, str] = {}
    stack: list[tuple[int | None, bool]] = []  # number of the content, whether its words are replaced
    font: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), instruction.operands
        number, replaced = stack[-1] if stack else (None, False)
        if operator in ("BDC", "BMC"):
            properties = operands[1] if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else {}
            actual = properties.get("/ActualText")
            number = (
                int(properties["/MCID"]) if "/MCID" in properties else None if operands[0] == "/Artifact" else number
            )
            if actual is not None and number is not None and not replaced:
                found[number] = found.get(number, "") + str(actual)
            stack.append((number, replaced or actual is not None))
        elif operator == "EMC":
            stack.pop()
        elif operator == "Tf":
            font = fonts[str(operands[0])]
        elif operator in ("Tj", "TJ") and number is not None and not replaced:
            strings = operands[0] if operator == "TJ" else operands
            found[number] = found.get(number, "") + "".join(
                _decoded(bytes(each), font) for each in strings if isinstance(each, pikepdf.String)
            )
    return found


def _decoded(codes: bytes, font: dict[int, str]) -> str:
    return "".join(font.get(code, "") for (code,) in struct.iter_unpack(">H", codes))


def _signs(font: pikepdf.Dictionary) -> dict[int, str]:
    """What the codes of a font mean, by its ToUnicode map."""
    source = font["/ToUnicode"].read_bytes().decode("latin-1")
    found: dict[int, str] = {}
    for section in re.findall(r"beginbfchar(.*?)endbfchar", source, re.DOTALL):
        for code, meaning in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", section):
            found[int(code, 16)] = bytes.fromhex(meaning).decode("utf-16-be")
    assert "beginbfrange" not in source
    return found


def _numbers(content: PageContent) -> Iterator[tuple[str, str]]:
    """Artifacts that are numbers, with the words on the same line."""
    margin = [run for run in content.runs if run.artifact and run.text.strip().replace("–", "").isdigit()]
    for number in margin:
        line = [run for run in content.runs if run.tagged and abs(run.bbox[1] - number.bbox[1]) < 4]
        yield number.text.strip(), "".join(run.text for run in sorted(line, key=lambda run: run.bbox[0]))


# --- what is painted where


def out_of_order(data: bytes) -> list[int]:
    """Pages on which something is painted earlier or later than the tags read it."""
    with pikepdf.open(BytesIO(data)) as document:
        said: dict[tuple[int, int], list[int]] = {page.objgen: [] for page in document.pages}
        _marks_of(document.Root["/StructTreeRoot"]["/K"], (0, 0), said)
        tagged = [said[page.objgen] for page in document.pages]
    return [
        number
        for number, (read_aloud, content) in enumerate(zip(tagged, contents_of(data), strict=True), 1)
        if read_aloud != [mark for _, mark in content.paint_order if mark in set(read_aloud)]
    ]


def _marks_of(node: object, page: tuple[int, int], said: dict[tuple[int, int], list[int]]) -> None:
    """The numbers of the marked contents of each page, as the tree has them."""
    if isinstance(node, int):
        said[page].append(node)
    elif isinstance(node, pikepdf.Array):
        for each in node:
            _marks_of(each, page, said)
    elif isinstance(node, pikepdf.Dictionary):
        here = node["/Pg"].objgen if "/Pg" in node else page
        if node.get("/Type") == "/MCR":
            said[here].append(int(node["/MCID"]))
        elif "/S" in node:
            _marks_of(node.get("/K", pikepdf.Array()), here, said)


MARGIN = 50.0
"""Points at the top and at the foot of a page in which nothing of the text stands."""


def outside_of_margins(data: bytes) -> list[str]:
    """What is read aloud of the head and the foot of pages."""
    with pikepdf.open(BytesIO(data)) as document:
        heights = [float(page.mediabox[3]) for page in document.pages]
    return [
        run.text
        for height, content in zip(heights, contents_of(data), strict=True)
        for run in content.runs
        if run.tagged and run.text.strip() and not MARGIN < run.bbox[1] < height - MARGIN
    ]
