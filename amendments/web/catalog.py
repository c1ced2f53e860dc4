"""The English words: collected from code and templates, compiled at start-up where `messages.po` is newer."""

import ast
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"


def compile_all(folder: Path = TRANSLATIONS) -> None:
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            compile_one(source, target)


def compile_one(source: Path, target: Path) -> None:
    """Written beside and moved into place: another process may be reading."""
    with source.open("rb") as words:
        catalog = read_po(words, locale=source.parent.parent.name)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent)
    except PermissionError:  # an installation that must not write; it was compiled when it was installed
        return
    with os.fdopen(handle, "wb") as compiled:
        write_mo(compiled, catalog)
    Path(name).replace(target)


SENTENCE = re.compile(r"^\S.*\s.*[.!?]$", re.DOTALL)
RAISED = frozenset(
    {
        *("register", "Known", "InvalidInput", "NotAllowed", "NotFound", "Conflict", "TooLarge", "Unreadable"),
        *("TooManyTries", "Unavailable", "SignInRequired", "Gone"),
    }
)
"""Calls whose sentences reach a page, where they are translated."""

Message = tuple[int, Any, Any, Any]
"""Line, function of gettext, words, comments; as Babel wants it."""


def extract(source: BinaryIO, keywords: Any, comment_tags: Any, options: dict[str, Any]) -> Iterator[Message]:
    """For Babel: what calls of gettext mark, and the sentences that rules and services raise without knowing gettext.

    Those are constants of a module, or arguments of the calls in RAISED, that read as a sentence.
    """
    yield from extract_python(source, keywords, comment_tags, options)  # type: ignore[arg-type]
    source.seek(0)
    for node in ast.walk(ast.parse(source.read())):
        for literal in literals(node):
            if SENTENCE.match(literal.value):
                yield literal.lineno, "_", literal.value, []


def literals(node: ast.AST) -> Iterator[Any]:
    """String constants of a constant's assignment or of a call that says a sentence."""
    candidates: list[ast.expr | None] = []
    if isinstance(node, ast.Assign) and all(isinstance(name, ast.Name) and name.id.isupper() for name in node.targets):
        candidates = [node.value]
    elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in RAISED:
        candidates = list(node.args)
    for candidate in candidates:
        if isinstance(candidate, ast.Constant) and isinstance(candidate.value, str):
            yield candidate
