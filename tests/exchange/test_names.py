"""What people are called who send a file back without a name in it."""

from pathlib import PurePath

import pytest

from amendments.exchange.returned import labels


@pytest.mark.parametrize(
    ("base", "file", "name"),
    [
        ("entwurf.md", "entwurf_Soziales.md", "Soziales"),
        ("entwurf.md", "Entwurf - Seniorenbeirat.odt", "Seniorenbeirat"),
        ("entwurf.md", "entwurf(2).md", "(2)"),
        ("haushalt.md", "haushaltsausschuss.md", "haushaltsausschuss"),
        ("u.md", "u1.md", "u1"),
        ("entwurf.md", "entwurf.docx", "entwurf"),
        ("entwurf.md", "entwurf_.docx", "entwurf"),
        ("entwurf.md", "Bau_und_Umwelt.md", "Bau und Umwelt"),
    ],
)
def test_the_name_of_the_base_is_left_out_where_it_is_a_word_of_its_own(base, file, name):
    assert labels(PurePath(base), [(PurePath(file), None)]) == [name]


def test_a_name_that_is_a_whole_story_is_cut_off_and_two_of_them_are_told_apart():
    found = labels(PurePath("a.docx"), [(PurePath("a.docx"), "Q" * 3_000), (PurePath("b.docx"), "Q" * 4_000)])
    assert len(set(found)) == 2
    assert all(name.startswith("QQQ") and len(name) <= 110 for name in found)
