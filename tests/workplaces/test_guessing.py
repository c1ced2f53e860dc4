"""The committee a returned file seems to be for: whole words only, and rather none than a wrong one."""

from types import SimpleNamespace

import pytest

from amendments.workplaces.guessing import guessed_committee

NAMES = {
    "Stadtrat": "StR",
    "Hauptausschuss": "HA",
    "Sozialausschuss": "SozA",
    "Jugendhilfe- und Sozialausschuss": "JSA",
    "Beirat für Migration und Integration": "BMI",
    "Seniorenbeirat": "SenB",
    "Arbeitsgruppe Sprache und Bildung": "AG 1",
    "Arbeitsgruppe Arbeit und Wohnen": "AG 2",
    "Sozialamt": None,
}
COMMITTEES = [SimpleNamespace(id=name, name=name, short_name=short) for name, short in NAMES.items()]


@pytest.mark.parametrize(
    ("person", "file", "committee"),
    [
        ("Karl", "Konzept_HA.docx", "Hauptausschuss"),
        ("Karl", "antwort-seniorenbeirat.docx", "Seniorenbeirat"),
        ("Karl", "Konzept AG 2 (1).odt", "Arbeitsgruppe Arbeit und Wohnen"),
        ("Karl", "JSA_Stellungnahme.docx", "Jugendhilfe- und Sozialausschuss"),
        ("Jugendhilfe- und Sozialausschuss", "a.docx", "Jugendhilfe- und Sozialausschuss"),
        ("Beirat (Ä 7)", "a.docx", "Beirat für Migration und Integration"),
        ("Seniorenbeirat (Ä 2)", "Vorlage Stadtrat.docx", "Seniorenbeirat"),
    ],
)
def test_a_committee_that_is_named(person, file, committee):
    assert guessed_committee(COMMITTEES, person, file) == committee


@pytest.mark.parametrize(
    ("person", "file"),
    [
        ("Hanna Weiß", "Konzept_Hanna.docx"),
        ("Bernhard Maier", "Konzept.docx"),
        ("Mohammed", "Rückmeldung.docx"),
        ("Thomas Straub", "Anmerkungen Bahnhofstraße.docx"),
        ("Eva", "Entwurf Landauer Str 5.docx"),
        ("Anna", "Stand 3. Entwurf AG 12.docx"),
        ("Migration", "a.docx"),
        ("Sozial", "b.docx"),
        ("a", "b.docx"),
        ("", "c.docx"),
        ("Arbeitsgruppe", "b.docx"),
        ("Karl", "Vorlage Stadtrat, Antwort Seniorenbeirat.docx"),
    ],
)
def test_letters_inside_a_name_and_several_committees_are_no_guess(person, file):
    assert guessed_committee(COMMITTEES, person, file) == ""
