"""Two files compared, without a server."""

from __future__ import annotations

from pathlib import Path

import click

from amendments.cli.files import TERMINAL, FileRefused, Source, all_literal, check_out, open_source, write_all
from amendments.cli.paper_files import open_template, template_option, with_editions
from amendments.cli.printing import check_terminal, print_notes, print_redline, steps
from amendments.cli.speaking import Spoken, language_option, say, speech
from amendments.exchange.imported import Imported
from amendments.exchange.redlines import SUFFIXES, Paper, write
from amendments.exchange.returned import same_tables, unlike
from amendments.exchange.words import N_
from amendments.text import align, text_of

MOST_UNLIKE = 1_000_000
"""Characters of both files up to which any two texts are compared."""

READING, COMPARING, WRITING = N_("Lesen"), N_("Vergleichen"), N_("Schreiben")
TWO_DOCUMENTS = N_(
    "Das ist nicht dasselbe Dokument wie %(name)s: nur %(share)s %% der Wortfolgen stehen in beiden. So lange Texte"
    " werden nur verglichen, wenn sie zwei Fassungen sind."
)
HARDLY_ALIKE = N_(
    "%(name)s und %(other)s haben fast nichts gemeinsam: nur %(share)s %% der Wortfolgen stehen in beiden. Sind das"
    " zwei Fassungen eines Dokuments?"
)
HELP = N_("""Zeigt, was OTHER gegenüber BASE ändert.

Gelesen werden .docx, .odt, .html, .md und .txt. Wer nachverfolgte Änderungen als Wünsche ihrer Verfasser sehen
will, nimmt `amendments merge`.
""")
EXAMPLE = N_("""Beispiel:
  amendments redline entwurf.md beschluss.md -o aenderungen.html
""")


@click.command(cls=Spoken, help=HELP, epilog=EXAMPLE)
@click.argument("base", type=click.Path(path_type=Path, readable=False))
@click.argument("other", type=click.Path(path_type=Path, readable=False))
@click.option(
    "-o",
    "--out",
    default=TERMINAL,
    help=N_("Wohin: .docx, .odt, .pdf, .html, .md, .txt, .json oder .xml (Akoma Ntoso); - für das Terminal."),
)
@template_option
@click.option("--rejected", is_flag=True, help=N_("Nachverfolgte Änderungen als abgelehnt lesen statt als angenommen."))
@click.option("--markdown", is_flag=True, help=N_("Die Zeichen von .md als Auszeichnung lesen statt als Text."))
@click.option("--force", is_flag=True, help=N_("OUT ersetzen, wenn es die Datei schon gibt."))
@language_option
def redline(
    base: Path, other: Path, out: str, *, template: Path | None, rejected: bool, markdown: bool, force: bool
) -> None:
    if out == TERMINAL:
        check_terminal()
    else:
        check_out(Path(out), filter(None, (base, other, template)), SUFFIXES, force=force)
    letterhead = open_template(template, Path(out))
    sources = [open_source(base), open_source(other)]
    literal = all_literal(sources, markdown=markdown)
    names = (*(READING for _ in sources), COMPARING, *(() if out == TERMINAL else (WRITING,)))
    with steps(names) as done:
        found = []
        for source in sources:
            found.append(source.read(literal=literal, markdown=markdown, reject_tracked=rejected))
            done()
        strange = judged_alike(sources, found)
        paper = compared(sources, found, Path(out))
        done()
        if out != TERMINAL:
            write_all({Path(out): write(paper, Path(out).suffix.lower(), letterhead)})
            done()
    print_notes((*strange, *paper.notes))
    if out == TERMINAL:
        print_redline(paper)


def judged_alike(sources: list[Source], found: list[Imported]) -> tuple[str, ...]:
    """A sentence where the two seem to be no states of one document. Long ones are refused then: they would cost
    minutes and show nothing but that.
    """
    share = unlike(found[0].contents, found[1].contents)
    if share is None:
        return ()
    names = [source.name for source in sources]
    figure = f"{100 * share:.0f}"
    if sum(len(content.text) for each in found for content in each.contents) > MOST_UNLIKE:
        raise FileRefused(sources[1].path, say(TWO_DOCUMENTS, name=names[0], share=figure))
    return (say(HARDLY_ALIKE, name=names[0], other=names[1], share=figure),)


def compared(sources: list[Source], found: list[Imported], out: Path) -> Paper:
    """The redline of two files, as it is written to `out`."""
    old, new = found
    base = text_of(old.contents, "base")
    alignment = align(base, same_tables(old.contents, new.contents), "other", copy=True)
    names = [source.name for source in sources]
    notes = [f"{name}: {speech().said(note)}" for name, each in zip(names, found, strict=True) for note in each.notes]
    paper = Paper(alignment.redline.nodes, names[0], names[1], notes=tuple(notes), speech=speech())
    return with_editions(paper, base, sources, out)
