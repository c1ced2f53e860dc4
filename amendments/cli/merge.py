"""Returned files to one text, without a server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import click

from amendments.cli.files import TERMINAL, FileRefused, check_out, open_source, same_place, write_all
from amendments.cli.gathering import PROPOSALS, TRACKED, gather, nested, once_each
from amendments.cli.paper_files import dates_of, open_template, template_option, with_editions
from amendments.cli.printing import check_terminal, print_notes, print_redline, progress, table
from amendments.cli.speaking import Spoken, language_option, say, speech
from amendments.exchange.imported import Imported
from amendments.exchange.literal import bind, write_literal
from amendments.exchange.markdown_writer import to_markdown
from amendments.exchange.plain_writer import to_plain
from amendments.exchange.redlines import COLUMNS, SUFFIXES, Paper, Person, as_json, to_json, write
from amendments.exchange.returned import (
    Consolidated,
    SoftJson,
    authors_of,
    collisions_by_copy,
    consolidate,
    report,
    tallies,
    wishes_in,
)
from amendments.exchange.words import N_
from amendments.text import text_of
from amendments.text.door import one_line

TABLES = frozenset((".csv", ".xlsx"))
UNDECIDED = 3
"""Exit code: something waits for a person."""
GRADES = {
    "rewrite": N_("der Satz wurde weitgehend neu geschrieben"),
    "touch": N_("unmittelbar nebeneinander"),
    "clause": N_("im selben Satzteil"),
    "sentence": N_("im selben Satz"),
    "order": N_("die Reihenfolge des Neuen wurde gewählt"),
}
"""What people read for a grade of the report."""
PARAGRAPH = N_("Absatz %(number)d")
SAME_PLACE = N_("Dorthin geht schon der Text. Bitte nennen Sie für den Bericht eine andere Datei.")
DOUBTFUL = N_(
    "Absatz %(number)d (%(people)s): mehrere Dateien ändern etwas bei Absätzen, die den Platz getauscht haben, oder in"
    " einer Reihe gleicher Absätze oder Wörter; ob sie dieselbe Stelle meinen, ist ihnen nicht anzusehen. Was gleich"
    " ist, wurde einmal geändert."
)
HELP = N_("""Führt die Änderungen aller RETURNED an BASE zusammen.

RETURNED sind bearbeitete Fassungen von BASE, auch mit nachverfolgten Änderungen: .docx, .odt, .html, .md, .txt.
Endet mit 0, wenn nichts offen ist, mit 3, wenn etwas zu entscheiden bleibt, mit 2 bei einem Fehler.
""")
EXAMPLE = N_("""Beispiel:
  amendments merge entwurf.docx sozialausschuss.docx seniorenbeirat.odt -o zusammen.html
""")


@click.command(cls=Spoken, help=HELP, epilog=EXAMPLE)
@click.argument("base", type=click.Path(path_type=Path, readable=False))
@click.argument("returned", type=click.Path(path_type=Path, readable=False), nargs=-1, required=True)
@click.option(
    "-o",
    "--out",
    default=TERMINAL,
    help=N_(
        "Wohin: .docx, .odt, .pdf, .html, .md, .txt, .json, .xml (Akoma Ntoso), die Wünsche als Tabelle .csv oder"
        " .xlsx; - für das Terminal."
    ),
)
@template_option
@click.option(
    "--report", "report_to", type=click.Path(path_type=Path, readable=False), help=N_("Wohin der Bericht geht (.json).")
)
@click.option(
    "--tracked",
    type=click.Choice(TRACKED),
    default=PROPOSALS,
    show_default=True,
    help=N_("Nachverfolgte Änderungen: als Wünsche ihrer Verfasser, als angenommen, als abgelehnt."),
)
@click.option("--markdown", is_flag=True, help=N_("Die Zeichen von .md als Auszeichnung lesen statt als Text."))
@click.option("--force", is_flag=True, help=N_("Dateien ersetzen, die es schon gibt."))
@language_option
@click.pass_context
def merge(
    context: click.Context,
    /,
    base: Path,
    returned: tuple[Path, ...],
    *,
    out: str,
    template: Path | None,
    report_to: Path | None,
    tracked: str,
    markdown: bool,
    force: bool,
) -> None:
    if out == TERMINAL:
        check_terminal()
    else:
        check_out(Path(out), filter(None, (base, *returned, template)), SUFFIXES | TABLES, force=force)
    if report_to is not None:
        check_out(report_to, (base, *returned), {".json"}, force=force)
        if same_place(report_to, Path(out)):
            raise FileRefused(report_to, SAME_PLACE)
    letterhead = open_template(template, Path(out))
    source = open_source(base)
    copies, repeats = once_each(source, [open_source(path) for path in returned])
    gathered = gather(source, copies, tracked, markdown=markdown)
    text = text_of(gathered.base.contents, "base")
    with progress(gathered.copies, N_("Vergleichen")) as bar:
        wishes = [wishes_in(text, copy) for copy in bar]
    merged = consolidate(text, gathered.copies, wishes)
    notes = (*repeats, *gathered.notes, *nested(gathered, text, wishes))
    paper = with_editions(paper_of(merged, one_line(base.name), notes), text, [source, *copies], Path(out))
    files = {}
    if out != TERMINAL:
        at = max(dates_of([source, *copies]))
        files[Path(out)] = _written(Path(out), merged, paper, gathered.base, template=letterhead, at=at)
    if report_to is not None:
        files[report_to] = as_json(report(merged))
    _deliver(paper, files, out)
    context.exit(0 if merged.settled else UNDECIDED)


def _deliver(paper: Paper, files: Mapping[Path, bytes], out: str) -> None:
    if files:
        write_all(files)
    if out == TERMINAL:
        print_redline(paper)
    print_notes(paper.notes)
    click.echo(summary(paper), err=out == TERMINAL)


def _written(
    out: Path, merged: Consolidated, paper: Paper, base: Imported, *, template: bytes | None, at: datetime
) -> bytes:
    """`.md`, `.txt`: the merged text itself, where the base stands for what is open. `at`: of the newest file."""
    text = merged.merge.text
    match out.suffix.lower():
        case ".docx" | ".html" | ".odt" | ".pdf" | ".xml" as suffix:
            return write(paper, suffix, template)
        case ".json":
            return as_json({**to_json(paper), "report": report(merged)})
        case ".csv" | ".xlsx" as suffix:
            return _table(merged, suffix, at)
        case _ if base.layout is not None:
            return write_literal(text, bind(base.layout, [paragraph.identity for paragraph in merged.base]))
        case ".md":
            return to_markdown(paragraph.content for paragraph in text).encode()
        case _:
            return to_plain(paragraph.content for paragraph in text).encode()


def _table(merged: Consolidated, suffix: str, at: datetime) -> bytes:
    from amendments.exchange.wish_table import to_csv, to_xlsx  # noqa: PLC0415 - loads xlsxwriter, for one format

    if suffix == ".csv":
        return to_csv(merged, speech().gettext)
    return to_xlsx(merged, speech().gettext, at)


def paper_of(merged: Consolidated, name: str, notes: Sequence[str]) -> Paper:
    """The merged text as a redline against the base, with everything that is to be said about it."""
    doubts = [
        say(DOUBTFUL, number=each.rank + 1, people=", ".join(authors_of(merged, each.edits)))
        for each in merged.doubtful
    ]
    return Paper(
        nodes=merged.merge.redline.nodes,
        old=name,
        new=say(N_("zusammengeführt")),
        people=tuple(Person(copy.label) for copy in merged.copies),
        by=merged.owner,
        collisions=collisions_by_copy(merged),
        lines=tallies(merged),
        soft=_to_read(report(merged)["soft"]),
        notes=(*doubts, *notes),
        speech=speech(),
    )


def _to_read(flags: Sequence[SoftJson]) -> tuple[str, ...]:
    """Each merged sentence once, under its heaviest grade, with everybody whose changes meet in it."""
    found: dict[tuple[int, str], tuple[str, dict[str, None]]] = {}
    for flag in flags:
        _, people = found.setdefault((flag["paragraph"], flag["sentence"]), (flag["grade"], {}))
        people.update(dict.fromkeys(flag["authors"]))
    return tuple(
        f"{', '.join(people)}, {say(GRADES[grade])}: {sentence or say(PARAGRAPH, number=paragraph + 1)}"
        for (paragraph, sentence), (grade, people) in found.items()
    )


def summary(paper: Paper) -> str:
    rows = [
        (line.label, line.file, *map(str, (line.wishes, line.applied, line.same, line.soft, line.collisions)))
        for line in paper.lines
    ]
    return table([[say(name) for name in COLUMNS], *rows])
