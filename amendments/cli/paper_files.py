"""What the commands that write papers have in common: the letterhead, and the files as versions of one text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from amendments.cli.files import FileRefused, Source, open_source
from amendments.cli.speaking import say
from amendments.exchange.redlines import OF_EDITIONS, Paper
from amendments.exchange.words import N_
from amendments.text import Text, text_hash

NO_TEMPLATE = N_("Einen Briefkopf gibt es für .docx und .odt, nicht für %(name)s.")
OTHER_TEMPLATE = N_("Für %(name)s muss der Briefkopf eine Datei dieser Art sein: %(kinds)s.")
TEMPLATES = {".docx": (".docx", ".dotx"), ".odt": (".odt", ".ott")}
"""What a letterhead of each format may be."""

template_option = click.option(
    "--template",
    type=click.Path(path_type=Path, readable=False),
    help=N_("Eine Datei der Stadt im selben Format, deren Kopf und Aussehen übernommen werden."),
)


def open_template(template: Path | None, out: Path) -> bytes | None:
    """Its bytes. Raises FileRefused before the work, for one that OUT cannot have too."""
    if template is None:
        return None
    suffix = out.suffix.lower()
    if suffix not in TEMPLATES:
        raise FileRefused(template, say(NO_TEMPLATE, name=out.name))
    if template.suffix.lower() not in TEMPLATES[suffix]:
        raise FileRefused(template, say(OTHER_TEMPLATE, name=out.name, kinds=", ".join(TEMPLATES[suffix])))
    return open_source(template, known_as=f"{template.stem}{suffix}").data


def dates_of(sources: Sequence[Source]) -> list[datetime]:
    """When each file was written."""
    return [datetime.fromtimestamp(source.path.stat().st_mtime, UTC) for source in sources]


def with_editions(paper: Paper, base: Text, sources: Sequence[Source], out: Path) -> Paper:
    """For formats that name versions: the files, the base first, as version 1 and 2 of one text. It is named by what
    the base says, so that the same base is the same text; the versions are dated as the files are.
    """
    if out.suffix.lower() not in OF_EDITIONS:
        return paper
    from amendments.exchange.akoma import Edition, Work  # noqa: PLC0415 - loads lxml, for one format

    first, *others = dates_of(sources)
    work = Work(id=text_hash(base)[:32], title=Path(sources[0].name).stem, dated=first.date(), author="")
    return replace(paper, editions=(Edition(work, 1, first), Edition(work, 2, max(first, *others))))
