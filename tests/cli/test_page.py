"""The page that `merge` writes."""

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
