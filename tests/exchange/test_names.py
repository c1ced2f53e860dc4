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
