"""`redline` and `merge`: files in, one text out, nothing decided in silence."""

import json
import re
import shlex
import subprocess
import sys
import unicodedata

import pytest
from pypdf import PdfReader

from amendments.cli import merge, redline
from tests.factories.commands import DRAFT, put, run


def three(desk):
    """Three copies: two agree on ten years, two disagree about the month."""
    put(
        desk,
        entwurf=DRAFT,
        entwurf_Soziales=DRAFT.replace("Mai", "Juni").replace("zwei", "drei"),
        Senioren=DRAFT.replace("Mai", "Juli").replace("fünf", "zehn"),
        Jugend=DRAFT.replace("fünf", "zehn").replace("Die Verw", "Neu: Kosten.\n\nDie Verw"),
    )
    return ["entwurf.md", "entwurf_Soziales.md", "Senioren.md", "Jugend.md"]


# --- redline


def test_a_redline_on_the_terminal_shows_what_changed_and_counts_the_rest(desk, capsys):
    put(desk, alt=DRAFT, neu=DRAFT.replace("fünf Jahre", "zehn Jahre"))
    code, out, err = run(capsys, "redline", "alt.md", "neu.md")
    assert (code, err) == (0, "")
    assert "Es gilt [-fünf-]{+zehn+} Jahre." in out
    assert "… 4 Absätze unverändert …" in out
    assert "\x1b" not in out


def test_colours_on_a_terminal_unless_no_color_says_otherwise(desk, monkeypatch, capsys):
    put(desk, alt="Es gilt fünf Jahre.", neu="Es gilt zehn Jahre.")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert "\x1b[31m" in run(capsys, "redline", "alt.md", "neu.md")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run(capsys, "redline", "alt.md", "neu.md")[1]


def texts_of(data):
    """The two texts that docs/commands.md says how to read off."""
    old, new = [], []
    for entry in data["paragraphs"]:
        for texts, left_out, absent, glued in (
            (old, "insert", "inserted", "split"),
            (new, "delete", "deleted", "joined"),
        ):
            words = "".join(run["text"] for run in entry["runs"] if run["op"] != left_out)
            moved = entry["change"] == "moved" and not any(run["op"] != left_out for run in entry["runs"])
            if entry["change"] == glued:
                texts[-1] += words
            elif entry["change"] != absent and not moved:
                texts.append(words)
    return old, new


def test_json_gives_both_texts_back_moves_splits_and_joins_included(desk, capsys):
    first, last = "Der erste Absatz, der wandern wird.", "Der letzte Absatz, der bleibt, wo er ist."
    old = [
        "# Titel",
        first,
        "Ein längerer Satz steht hier. Danach beginnt, was von Fristen handelt.",
        "Die Kosten trägt der Kreis.",
        "Über Ausnahmen entscheidet ein Gericht.",
        "Weg damit, ganz.",
        last,
        "Und dieser auch.",
    ]
    new = [
        "## Titel",
        "Ein längerer Satz steht hier.",
        "Danach beginnt, was von Fristen handelt.",
        "Die Kosten trägt der Kreis. Über Ausnahmen entscheidet ein Gericht.",
        last,
        "Und dieser auch.",
        first,
    ]
    put(desk, alt="\n\n".join(old), neu="\n\n".join(new))
    assert run(capsys, "redline", "alt.md", "neu.md", "-o", "r.json")[0] == 0
    data = json.loads((desk / "r.json").read_text())
    assert texts_of(data) == (old, new)
    changes = {entry["change"] for entry in data["paragraphs"]}
    assert {"moved", "split", "joined", "deleted"} <= changes
    moved = [entry["move"] for entry in data["paragraphs"] if entry["change"] == "moved"]
    assert len(moved) == 2
    assert len(set(moved)) == 1


NUMBERED = ("<ol start='3'><li>die Kosten</li></ol>", "<ol start='4'><li>die Kosten</li></ol>")
REWORDED = ("<ol start='3'><li>die Kosten im Mai</li></ol>", "<ol start='4'><li>die Kosten im Juni</li></ol>")
LINKED = (
    "<p>Siehe <a href='https://stadt.example/alt'>hier</a>.</p>",
    "<p>Siehe <a href='https://stadt.example/neu'>hier</a>.</p>",
)
LABELLED = ("<p>(2) Der Rat tagt.</p>", "<p>(3) Der Rat tagt.</p>")


@pytest.mark.parametrize(
    ("pair", "terminal", "page", "change"),
    [
        (NUMBERED, "(Umnummeriert: 3. wird 4.)", "Umnummeriert: 3. wird 4.", ("retyped", True)),
        (REWORDED, "(Umnummeriert: 3. wird 4.)", "Umnummeriert: 3. wird 4.", ("retyped", True)),
        (LABELLED, "([-2-]{+3+}) Der Rat tagt.", "<small>Umnummeriert</small>", ("edited", True)),
        (
            LINKED,
            "[-hier <https://stadt.example/alt>-]{+hier <https://stadt.example/neu>+}",
            '<ins><a href="https://stadt.example/neu"',
            ("edited", None),
        ),
    ],
)
def test_a_changed_number_or_address_is_seen_everywhere(desk, capsys, pair, terminal, page, change):
    for name, words in zip(("alt", "neu"), pair, strict=True):
        (desk / f"{name}.html").write_text(f"<p>Davor.</p>{words}<p>Danach.</p>", encoding="utf-8")
    assert terminal in run(capsys, "redline", "alt.html", "neu.html")[1]
    for suffix in ("html", "json"):
        assert run(capsys, "redline", "alt.html", "neu.html", "-o", f"r.{suffix}")[0] == 0
    assert page in (desk / "r.html").read_text()
    assert "ins a::after" in (desk / "r.html").read_text()
    entries = json.loads((desk / "r.json").read_text())["paragraphs"]
    assert change in [(entry["change"], entry.get("renumbered")) for entry in entries]


def test_html_is_one_file_without_anything_from_elsewhere(desk, capsys):
    put(desk, alt="# <b>Titel</b>\n\nEs gilt fünf Jahre.", neu="# <b>Titel</b>\n\nEs gilt \u202ezehn Jahre.")
    assert run(capsys, "redline", "alt.md", "neu.md", "-o", "r.html")[0] == 0
    page = (desk / "r.html").read_text()
    assert "<del>fünf</del><ins>[U+202E]zehn</ins>" in page
    assert "&lt;b&gt;Titel" in page
    assert not re.search(r"<script|https?:|url\(|@import|<link|<img", page)
    assert '<html lang="de">' in page


def test_markdown_marks_changes_with_tags(desk, capsys):
    put(desk, alt="## Titel\n\nEs gilt fünf Jahre.", neu="## Titel\n\nEs gilt zehn Jahre.\n\nNeu dazu.")
    assert run(capsys, "redline", "alt.md", "neu.md", "-o", "r.md")[0] == 0
    assert (desk / "r.md").read_text() == (
        "## Titel\n\nEs gilt <del>fünf</del><ins>zehn</ins> Jahre.\n\n*(Neuer Absatz)* <ins>Neu dazu.</ins>\n"
    )


def test_a_text_file_and_a_page_are_compared_by_what_their_signs_mean(desk, capsys):
    put(desk, alt="# Titel\n\nEs **gilt** fünf Jahre.\n")
    (desk / "neu.html").write_text("<h1>Titel</h1><p>Es <b>gilt</b> zehn Jahre.")
    code, out, _err = run(capsys, "redline", "alt.md", "neu.html")
    assert code == 0
    assert out == "… 1 Absatz unverändert …\n\nEs gilt [-fünf-]{+zehn+} Jahre.\n"


# --- merge


def test_copies_are_merged_and_what_clashes_reads_as_the_base(desk, capsys):
    code, out, err = run(capsys, "merge", *three(desk), "-o", "zusammen.md", "--report", "bericht.json")
    assert (code, err) == (merge.UNDECIDED, "")
    text = DRAFT.replace("fünf", "zehn").replace("zwei", "drei").replace("Die Verw", "Neu: Kosten.\n\nDie Verw")
    assert (desk / "zusammen.md").read_text() == text
    rows = [line.split() for line in out.splitlines()]
    assert rows[1:] == [
        ["Soziales", "entwurf_Soziales.md", "2", "1", "0", "0", "1"],
        ["Senioren", "Senioren.md", "2", "1", "1", "0", "1"],
        ["Jugend", "Jugend.md", "2", "2", "1", "0", "0"],
    ]
    report = json.loads((desk / "bericht.json").read_text())
    (collision,) = report["collisions"]
    assert (collision["kind"], collision["paragraph"]) == ("hard", 1)
    assert {tuple(each["files"]) for each in collision["alternatives"]} == {("entwurf_Soziales.md",), ("Senioren.md",)}
    assert all("fünf Jahre" in each["text"] for each in collision["alternatives"])
    assert report["same"] == [["Jugend 1", "Senioren 2"]]


def test_the_order_of_the_files_plays_no_part(desk, capsys):
    base, *copies = three(desk)
    run(capsys, "merge", base, *copies, "-o", "eins.md")
    run(capsys, "merge", base, *reversed(copies), "-o", "zwei.md")
    assert (desk / "eins.md").read_bytes() == (desk / "zwei.md").read_bytes()


def test_without_a_clash_the_end_is_good(desk, capsys):
    base, *_others, last = three(desk)
    code, out, err = run(capsys, "merge", base, last)
    assert code == 0
    assert "{+Neu: Kosten.+}" in out
    assert "Jugend" in err


def test_a_file_nobody_touched_is_written_back_byte_for_byte(desk, capsys):
    odd = "\ufeff# Titel\r\nText ohne Leerzeile\r\n \r\n\r\nEnde, mit Umlaut: ä"
    put(desk, alt=odd, neu=odd)
    assert run(capsys, "merge", "alt.md", "neu.md", "-o", "o.md")[0] == 0
    assert (desk / "o.md").read_bytes() == (desk / "alt.md").read_bytes()


def test_the_page_shows_the_alternatives_and_who_wants_them(desk, capsys):
    assert run(capsys, "merge", *three(desk), "-o", "z.html")[0] == merge.UNDECIDED
    page = (desk / "z.html").read_text()
    assert '<section class="collision" id="w1"><h2>Widerspruch 1</h2>' in page
    assert "<del>Mai</del><ins>Juni</ins>" in page
    assert "<del>Mai</del><ins>Juli</ins>" in page
    assert '<span class="by">[Senioren, Jugend]</span>' in page


def test_two_that_strike_one_of_several_equal_paragraphs_are_asked_which(desk, capsys):
    struck = DRAFT.replace("(weggefallen)\n\n", "", 1)
    put(desk, entwurf=DRAFT, eins=struck, zwei=struck)
    code, out, err = run(capsys, "merge", "entwurf.md", "eins.md", "zwei.md", "-o", "o.md", "--report", "r.json")
    assert code == merge.UNDECIDED
    assert "ob sie dieselbe Stelle meinen" in err
    report = json.loads((desk / "r.json").read_text())
    (doubtful,) = report["doubtful"]
    assert (doubtful["paragraph"], doubtful["edits"]) == (3, ["eins 1", "zwei 1"])
    assert (doubtful["files"], doubtful["authors"]) == (["eins.md", "zwei.md"], ["eins", "zwei"])
    assert "Absatz 4 (eins, zwei): " in err
    assert report["collisions"] == []
    assert "Wünsche" in out


def test_changes_in_one_sentence_are_shown_merged(desk, capsys):
    put(
        desk,
        entwurf=DRAFT,
        eins=DRAFT.replace("zwei zusätzliche", "drei zusätzliche"),
        zwei=DRAFT.replace("für Sprachförderung", "für Deutsch"),
    )
    assert run(capsys, "merge", "entwurf.md", "eins.md", "zwei.md", "-o", "o.md", "--report", "r.json")[0] == 0
    (soft,) = json.loads((desk / "r.json").read_text())["soft"]
    assert soft["sentence"] == "Jede Grundschule erhält drei zusätzliche Stunden für Deutsch."
    assert soft["grade"] in {"clause", "sentence", "touch"}


def test_a_sentence_in_which_several_changes_meet_is_to_be_read_once(desk, capsys):
    put(
        desk,
        entwurf=DRAFT,
        eins=DRAFT.replace("zwei zusätzliche", "drei zusätzliche"),
        zwei=DRAFT.replace("für Sprachförderung", "für Deutsch"),
        drei=DRAFT.replace("Jede Grundschule", "Jede Schule"),
    )
    merged = "Jede Schule erhält drei zusätzliche Stunden für Deutsch."
    names = ("entwurf.md", "eins.md", "zwei.md", "drei.md")
    code, out, _ = run(capsys, "merge", *names)
    assert code == 0
    (line,) = [line for line in out.splitlines() if merged in line]
    assert line.startswith("- ")
    assert line.endswith(f"im selben Satzteil: {merged}")
    assert set(line[2:].split(", im selben")[0].split(", ")) == {"eins", "zwei", "drei"}
    assert run(capsys, "merge", *names, "-o", "z.html")[0] == 0
    assert (desk / "z.html").read_text().count(f"im selben Satzteil: {merged}") == 1


def test_one_wish_in_two_normal_forms_is_one(desk, capsys):
    wanted = DRAFT.replace("zusätzliche Stunden für Sprachförderung", "zusätzliche Plätze für Schüler")
    composed, parted = (unicodedata.normalize(form, wanted) for form in ("NFC", "NFD"))
    assert composed != parted
    put(desk, entwurf=DRAFT, eins=composed, zwei=parted)
    assert run(capsys, "merge", "entwurf.md", "eins.md", "zwei.md", "-o", "o.md", "--report", "r.json")[0] == 0
    found = json.loads((desk / "r.json").read_text())
    assert found["collisions"] == []
    assert found["same"]
    assert [line["same"] for line in found["files"]] == [line["proposals"] for line in found["files"]]
    assert (desk / "o.md").read_text() == composed


def tracked(body):
    """An OpenDocument text whose changes Anna and Bert have tracked."""
    from tests.exchange.test_odt import odt, region

    regions = region("a", "Anna", "deletion <text:p>kann</text:p>") + region("b", "Anna", "insertion ")
    regions += region("c", "Bert", "deletion <text:p>bald</text:p>")
    return odt(f"<text:tracked-changes>{regions}</text:tracked-changes>{body}")


WISHES = (
    '<text:p>Der Rat <text:change text:change-id="a"/><text:change-start text:change-id="b"/>soll'
    '<text:change-end text:change-id="b"/> das Konzept <text:change text:change-id="c"/> beschließen{}.</text:p>'
)


@pytest.mark.parametrize(
    ("how", "text", "people", "said"),
    [
        ("proposals", "Der Rat soll das Konzept beschließen.", ["Anna", "Bert"], "Wünsche"),
        ("accepted", "Der Rat soll das Konzept beschließen.", ["zurück"], "angenommen"),
        ("rejected", "Der Rat kann das Konzept bald beschließen.", ["zurück"], "abgelehnt"),
    ],
)
def test_tracked_changes_are_their_authors_wishes_or_taken_or_undone(desk, capsys, how, text, people, said):
    put(desk, entwurf="Der Rat kann das Konzept bald beschließen.")
    (desk / "zurück.odt").write_bytes(tracked(WISHES.format("")))
    arguments = ("merge", "entwurf.md", "zurück.odt", "-o", "o.txt", "--report", "r.json", "--tracked", how)
    code, _out, err = run(capsys, *arguments)
    assert (code, err) == (0, f"Hinweis: zurück.odt: 3 nachverfolgte Änderungen als {said} gelesen.\n")
    assert (desk / "o.txt").read_text().strip().replace("  ", " ") == text
    assert [line["author"] for line in json.loads((desk / "r.json").read_text())["files"]] == people


def test_two_authors_of_one_file_are_told_apart_in_what_is_to_be_read(desk, capsys):
    put(desk, entwurf="Der Rat kann das Konzept bald beschließen.")
    (desk / "zurück.odt").write_bytes(tracked(WISHES.format("")))
    out = run(capsys, "merge", "entwurf.md", "zurück.odt", "--report", "r.json")[1]
    assert "- Anna, Bert, im selben" in out
    (soft,) = json.loads((desk / "r.json").read_text())["soft"]
    assert (soft["files"], soft["authors"]) == (["zurück.odt"], ["Anna", "Bert"])


def test_what_was_changed_without_tracking_belongs_to_the_file(desk, capsys):
    put(desk, entwurf="Der Rat kann das Konzept bald beschließen.")
    (desk / "zurück.odt").write_bytes(tracked(WISHES.format(", sofort")))
    assert run(capsys, "merge", "entwurf.md", "zurück.odt", "-o", "o.txt", "--report", "r.json")[0] == 0
    files = {line["author"]: line["proposals"] for line in json.loads((desk / "r.json").read_text())["files"]}
    assert files == {"Anna": 1, "Bert": 1, "zurück": 1}
    assert "beschließen, sofort." in (desk / "o.txt").read_text()


# --- the commands themselves


def test_the_commands_load_no_web_no_database_and_no_reader_before_a_file_of_its_kind_comes():
    code = (
        "import sys, amendments.text, amendments.cli.merge, amendments.cli.redline;"
        "print(*(m for m in ('flask', 'sqlalchemy', 'werkzeug', 'bleach', 'lxml', 'markdown_it') if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize(("command", "epilog"), [("redline", redline.EXAMPLE), ("merge", merge.EXAMPLE)])
def test_the_example_of_the_help_runs(desk, capsys, command, epilog):
    code, out, _err = run(capsys, command, "--help")
    assert code == 0
    (line,) = [line.strip() for line in epilog.splitlines() if line.strip().startswith("amendments ")]
    assert line in " ".join(out.split())
    arguments = shlex.split(line)[1:]
    names = [name for name in arguments[1:] if "." in name]
    for number, name in enumerate(names[:-1]):
        (desk / name).write_bytes(as_file(name, f"Es gilt {number + 5} Jahre lang, dann berichtet die Stadt."))
    assert run(capsys, *arguments)[0] in (0, merge.UNDECIDED)
    assert (desk / names[-1]).stat().st_size > 0


def as_file(name, text):
    """A file of the kind its name says."""
    if name.endswith(".odt"):
        from tests.exchange.test_odt import odt

        return odt(f"<text:p>{text}</text:p>")
    if name.endswith(".docx"):
        import io

        import docx

        document = docx.Document()
        document.add_paragraph(text)
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()
    return text.encode()


@pytest.mark.parametrize("command", ["redline", "merge"])
def test_a_redline_is_written_as_pdf(desk, capsys, command):
    put(desk, entwurf=DRAFT, neu=DRAFT.replace("Mai", "Juni"))
    assert run(capsys, command, "entwurf.md", "neu.md", "-o", "r.pdf")[0] == 0
    pages = [page.extract_text() for page in PdfReader(desk / "r.pdf").pages]
    assert "[gestrichen: Mai][eingefügt: Juni]" in "".join(pages).replace("\n", "")


def test_what_several_people_want_leaves_as_tracked_changes_of_an_opendocument_text(desk, capsys):
    from amendments.exchange.odt import read_odt

    put(desk, entwurf=DRAFT, Senioren=DRAFT.replace("Mai", "Juli"), Jugend=DRAFT.replace("fünf", "zehn"))
    assert run(capsys, "merge", "entwurf.md", "Senioren.md", "Jugend.md", "-o", "alle.odt")[0] == 0
    data = (desk / "alle.odt").read_bytes()
    old, youth = (
        " ".join(content.text for content in read_odt(data, reject_tracked=True, author=author).contents)
        for author in (None, "Jugend")
    )
    assert set(read_odt(data).authors) == {"Senioren", "Jugend"}
    assert ("Mai" in old, "fünf" in old, "zehn" in old) == (True, True, False)
    assert youth == old.replace("fünf", "zehn")


@pytest.mark.parametrize("out", [[], ["-o", "neu.html"]], ids=["terminal", "file"])
def test_each_step_of_a_comparison_is_named_while_it_is_under_way(desk, capsys, monkeypatch, out):
    put(desk, entwurf=DRAFT, neu=DRAFT.replace("Mai", "Juni"))
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    code, _, err = run(capsys, "redline", "entwurf.md", "neu.md", *out)
    seen = re.findall(r"(Lesen|Vergleichen|Schreiben) +\[.*?\] +(\d/\d)", err)
    steps = [("Lesen", 0), ("Lesen", 1), ("Vergleichen", 2), *([("Schreiben", 3)] if out else [])]
    total = len(steps)
    assert code == 0
    assert seen == [*((name, f"{done}/{total}") for name, done in steps), (steps[-1][0], f"{total}/{total}")]
