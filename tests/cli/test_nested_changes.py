"""`merge` on files in which somebody changed what another had inserted: the two wordings are alternatives, while two
insertions beside one another are a question of order.
"""

import json
from io import BytesIO

import docx
import pytest
from lxml import etree

from amendments.cli import main
from tests.exchange.changing import word_file

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
START, END = "Der Rat beschließt das Konzept.", " Es gilt fünf Jahre."


def ins(who, inner):
    return f'<w:ins w:id="1" w:author="{who}" w:date="2011-11-22T10:00:00Z">{inner}</w:ins>'


def struck(who, words):
    inner = f'<w:r><w:delText xml:space="preserve">{words}</w:delText></w:r>'
    return f'<w:del w:id="2" w:author="{who}" w:date="2011-11-22T10:00:00Z">{inner}</w:del>'


def run(words):
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def word(between):
    """A Word document of one paragraph with this between its two sentences."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    inner = f'<w:p xmlns:w="{SPACE}">{run(START)}{between}{run(END)}</w:p>'
    paragraph._p.getparent().replace(paragraph._p, etree.fromstring(inner))
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def open_text(between):
    """An OpenDocument text of the same."""
    from tests.exchange.test_odt import odt, region

    regions = region("a", "Anna", "insertion ") + region("c", "Bert", "insertion ")
    return odt(f"<text:tracked-changes>{regions}</text:tracked-changes><text:p>{START}{between}{END}</text:p>")


def begun(name):
    return f'<text:change-start text:change-id="{name}"/>'


def ended(name):
    return f'<text:change-end text:change-id="{name}"/>'


ANNA, BERT = " Sie nennt die Kosten.", " Sie nennt alle Kosten."
NESTED = {
    "a word of it": word(
        ins("Anna", run(" Sie nennt ") + struck("Bert", "die"))
        + ins("Bert", run("alle"))
        + ins("Anna", run(" Kosten."))
    ),
    "all of it": word(ins("Anna", struck("Bert", ANNA)) + ins("Bert", run(BERT))),
    "a word put in": word(ins("Anna", run(" Sie nennt")) + ins("Bert", run(" alle")) + ins("Anna", run(" Kosten."))),
    "OpenDocument": open_text(
        f"{begun('a')} Sie nennt{ended('a')}{begun('c')} alle{ended('c')}{begun('a')} Kosten.{ended('a')}"
    ),
}
BESIDE = {
    "Word": word(ins("Anna", run(ANNA)) + ins("Bert", run(BERT))),
    "OpenDocument": open_text(f"{begun('a')}{ANNA}{ended('a')}{begun('c')}{BERT}{ended('c')}"),
}


@pytest.fixture
def report(tmp_path, monkeypatch, capsys):
    """`report(data)`: what `merge` reports of this returned file, and its page."""
    monkeypatch.chdir(tmp_path)

    def merged(data):
        (tmp_path / "entwurf.md").write_text(START + END)
        name = "zurück.odt" if b"opendocument" in data[:100] else "zurück.docx"
        (tmp_path / name).write_bytes(data)
        with pytest.raises(SystemExit) as ended_with:
            main(["merge", "entwurf.md", name, "-o", "o.html", "--report", "r.json", "--force"])
        capsys.readouterr()
        assert ended_with.value.code == 3
        return json.loads((tmp_path / "r.json").read_text()), (tmp_path / "o.html").read_text()

    return merged


@pytest.mark.parametrize("case", NESTED)
def test_another_wording_of_what_somebody_inserted_is_a_rival_wording(report, case):
    found, page = report(NESTED[case])
    (collision,) = found["collisions"]
    assert collision["kind"] == "hard"
    texts = {alternative["authors"][0]: alternative["text"] for alternative in collision["alternatives"]}
    assert texts["Bert"] == f"{START}{BERT}{END}"
    assert texts["Anna"] in (f"{START}{ANNA}{END}", f"{START} Sie nennt Kosten.{END}")
    assert "Reihenfolge offen" not in page


@pytest.mark.parametrize("case", BESIDE)
def test_what_somebody_inserted_beside_it_is_a_question_of_order(report, case):
    found, page = report(BESIDE[case])
    (collision,) = found["collisions"]
    assert collision["kind"] == "order"
    assert "Reihenfolge offen" in page


def test_who_only_struck_what_another_put_in_is_not_passed_over(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "entwurf.md").write_text("Eins.\n\nZwei.\n")
    new = [("Neu.", "+Anna -Bert"), ("", "+Anna -Bert")]
    (tmp_path / "zurück.docx").write_bytes(word_file(["Eins."], new, ["Zwei."]))
    with pytest.raises(SystemExit):
        main(["merge", "entwurf.md", "zurück.docx", "-o", "o.html"])
    assert "was in derselben Datei schon geändert war" in capsys.readouterr().err
