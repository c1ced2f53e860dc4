"""Word documents made for one test: python-docx writes them, a tracked change or another liar is set in by hand."""

import zipfile
from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from docx.document import Document
from hypothesis import HealthCheck, settings

# No test may fail because the machine is busy.
settings.register_profile("without clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("without clock")


@pytest.fixture
def word() -> Callable[..., bytes]:
    """`word(build)`: the bytes of a document that `build(document)` filled."""

    def written(build: Callable[[Document], None] | None = None) -> bytes:
        document = docx.Document()
        if build:
            build(document)
        else:
            document.add_paragraph("Text")
        stream = BytesIO()
        document.save(stream)
        return stream.getvalue()

    return written


@pytest.fixture
def repacked() -> Callable[..., bytes]:
    """`repacked(data, {name: bytes | None | function})`: an archive with entries replaced, added or left out."""

    def packed(data: bytes, changes: dict[str, object]) -> bytes:
        stream = BytesIO()
        with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
            for name in [*old.namelist(), *(name for name in changes if name not in old.namelist())]:
                entry = changes.get(name, old.read(name) if name in old.namelist() else b"")
                if callable(entry):
                    entry = entry(old.read(name))
                if isinstance(entry, bytes):
                    new.writestr(name, entry)
        return stream.getvalue()

    return packed


@pytest.fixture
def word_body(word: Callable[..., bytes], repacked: Callable[..., bytes]) -> Callable[[str], bytes]:
    """`word_body(xml)`: a document whose body is this WordprocessingML (prefix `w`)."""

    def bodied(xml: str) -> bytes:
        def put(document: bytes) -> bytes:
            start = document.index(b"<w:body>") + len(b"<w:body>")
            return document[:start] + xml.encode() + document[document.index(b"<w:sectPr") :]

        return repacked(word(), {"word/document.xml": put})

    return bodied
