"""A letterhead that cannot be used is told to who starts the server, not to who wants a file."""

import pytest
from docx import Document

from amendments.config import SettingError, load
from amendments.workplaces.downloads.letterheads import check, letterhead
from tests.exchange.letterheads import odt_letterhead as odt


def settings(tmp_path, **given):
    return load({"data_dir": tmp_path, "secret_key": b"x" * 40, **given})


def test_a_good_one_is_taken(tmp_path):
    Document().save(tmp_path / "kopf.docx")
    (tmp_path / "kopf.odt").write_bytes(odt())
    found = settings(tmp_path, letterhead_docx=tmp_path / "kopf.docx", letterhead_odt=tmp_path / "kopf.odt")
    check(found)
    assert letterhead(found, "odt") == odt()
    assert letterhead(found, "pdf") is None


@pytest.mark.parametrize("suffix", ["docx", "odt"])
def test_any_other_is_named_at_the_start(tmp_path, suffix):
    (tmp_path / "kopf").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(SettingError, match=f"LETTERHEAD_{suffix.upper()} cannot be used: Die Datei"):
        check(settings(tmp_path, **{f"letterhead_{suffix}": tmp_path / "kopf"}))
