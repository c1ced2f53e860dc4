"""What people are called whose changes come in files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from amendments.text.door import one_line

NOBODY = frozenset(
    ("", "author", "autor", "benutzer", "microsoft office user", "microsoft office-benutzer", "unbekannter autor",
     "unknown", "unknown author", "user")
)  # fmt: skip
"""Names that office programs write for somebody who gave none."""
_SEPARATORS = "_-. "
_LONGEST = 100


def labels(base: PurePath, found: Sequence[tuple[PurePath, str | None]]) -> list[str]:
    """A unique name for each (file, author of tracked changes or None).

    Who has no name of his own is called after the file, without the base's name where that stands before it as a word
    of its own.
    Where two have the same name, the file's or a number is added.
    """
    names = [
        shorten(author if author and author.casefold() not in NOBODY else _of_file(base, path))
        for path, author in found
    ]
    often = Counter(name.casefold() for name in names)
    names = [
        f"{name} ({shorten(one_line(path.name))})"
        if often[name.casefold()] > 1 and name != shorten(_of_file(base, path))
        else name
        for name, (path, _) in zip(names, found, strict=True)
    ]
    seen: Counter[str] = Counter()
    unique = []
    for name in names:
        seen[name] += 1
        unique.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return unique


def shorten(name: str) -> str:
    """Cut off where it is longer than any name of a person or a committee."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _of_file(base: PurePath, path: PurePath) -> str:
    stem, shared = one_line(path.stem), one_line(base.stem)
    rest = stem[len(shared) :] if stem.casefold().startswith(shared.casefold()) else ""
    own = "" if rest[:1].isalnum() else rest.strip(_SEPARATORS)
    return (own or stem).replace("_", " ").strip()
