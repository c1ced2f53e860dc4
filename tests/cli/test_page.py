"""The page that `merge` writes."""

import json

import pytest

from amendments.cli import main

DRAFT = "Es gilt fünf Jahre.\n\nDer Rat tagt im Mai.\n"


def test_what_is_to_decide_stands_before_the_summary(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in (("alt", DRAFT), ("eins", DRAFT.replace("Mai", "Juni")), ("zwei", DRAFT.replace("Mai", "Juli"))):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["merge", "alt.md", "eins.md", "zwei.md", "-o", "x.html"])
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert 0 < page.index('<a href="#w1">') < page.index('<table class="summary">')
    assert '<td data-name="zu lesen" class="none">0</td>' in page


def test_who_wants_it_stands_in_brackets_and_no_figure_is_raised(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    long = "Ausschuss_für_Jugend_und_Gleichstellungsangelegenheiten"
    for name, text in (("alt", DRAFT), (f"alt_{long}", DRAFT.replace("fünf", "10")), ("alt_Rat", DRAFT + "\nNeu.\n")):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["merge", "alt.md", f"alt_{long}.md", "alt_Rat.md", "-o", "x.html"])
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    whole = long.replace("_", " ")
    assert f'<ins>10</ins> <span class="by" title="{whole}">[Ausschuss für Jugend und …]</span> Jahre' in page
    assert '<ins>Neu.</ins> <span class="by">[Rat]</span>' in page
    assert "<sup" not in page
    assert f'<span class="file">alt_<wbr>{long.replace("_", "_<wbr>")}.md</span>' in page


def test_two_files_of_one_name_are_told_apart_by_their_folders(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "alt.md").write_text(DRAFT, encoding="utf-8")
    for folder, month in (("eins", "Juni"), ("zwei", "Juli")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "zurück.md").write_text(DRAFT.replace("Mai", month), encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["merge", "alt.md", "eins/zurück.md", "zwei/zurück.md", "-o", "x.html", "--report", "r.json"])
    found = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert [line["file"] for line in found["files"]] == ["eins/zurück.md", "zwei/zurück.md"]
    assert [each["files"] for each in found["collisions"][0]["alternatives"]] == [
        ["eins/zurück.md"],
        ["zwei/zurück.md"],
    ]
    assert "zwei/zurück.md" in (tmp_path / "x.html").read_text(encoding="utf-8")
