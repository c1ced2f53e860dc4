"""Files come in by the pages and go home as they were: the paper the house began with, the versions of a statute."""

import pytest

from benchmarks import corpus
from tests.e2e.papers import Paper, file_of

SEED = sorted((corpus.ROOT.parent / "seed").glob("*.txt"))

needs_corpus = pytest.mark.skipif(not corpus.available(), reason="the corpus of real statutes is not here")


@pytest.mark.skipif(not SEED, reason="the paper the house began with is not here")
def test_the_first_paper_comes_in_as_text_and_goes_home_byte_for_byte(house, somebody):
    moderator = somebody(house.moderator)
    paper = Paper.brought_in(house, moderator, ("Sitzungsvorlage.txt", SEED[0].read_bytes()))
    assert paper.exported(moderator, 1) == SEED[0].read_bytes()


def test_the_name_of_a_file_is_that_of_its_text(house, somebody):
    moderator = somebody(house.moderator)
    paper = Paper.brought_in(house, moderator, ("Straßen & Plätze: Satzung.md", b"# Satzung\n\nEin Absatz.\n"))
    page = moderator.open(f"{paper.address}/versions/1/export")
    header = page.headers["Content-Disposition"]
    assert "filename*=UTF-8''Fassung%201%20Stra%C3%9Fen%20&%20Pl%C3%A4tze%20Satzung.md" in header
    assert page.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert page.headers["Cache-Control"] == "no-store"


def test_a_formatted_text_goes_home_as_markdown(house, somebody):
    moderator = somebody(house.moderator)
    source = "<!doctype html><title>x</title><h1>Satzung</h1><p>Ein <b>wichtiger</b> Absatz.</p>"
    paper = Paper.brought_in(house, moderator, ("Satzung.html", source.encode()))
    assert paper.exported(moderator, 1).decode() == "# Satzung\n\nEin **wichtiger** Absatz.\n"


def test_a_version_of_another_document_is_not_there(house, somebody):
    moderator = somebody(house.moderator)
    one, other = (Paper.brought_in(house, moderator, (f"{name}.md", b"Ein Absatz.\n")) for name in ("eins", "zwei"))
    foreign = one.address.split("/texts/")[0] + "/texts/" + other.address.split("/texts/")[1]
    moderator.open(f"{foreign}/versions/1/export", status=404)
    moderator.open(f"{one.address}/versions/2/export", status=404)


@needs_corpus
def test_new_files_of_a_statute_become_its_next_versions_and_open_proposals_stay(house, somebody):
    files = [f"documents/fomafueprv/v{number}.md" for number in (1, 2, 3)]
    moderator = somebody(house.moderator)
    paper = Paper.brought_in(house, moderator, file_of(files[0]))
    names, rank = paper.identities(moderator), standing_in_all(files)
    body, member = next(iter(house.members.items()))
    paper.propose(somebody(member), {"id": "p", "op": "delete", "paragraph": rank, "body": body}, names)

    for number, path in enumerate(files[1:], start=2):
        paper.confirm_import(moderator, paper.import_version(moderator, file_of(path)))
        assert paper.exported(moderator, number) == file_of(path)[1]
        chips = moderator.open(paper.address).words(f"//*[@id='p-{names[rank]}']//a[starts-with(@class, 'chip')]")
        assert [words.split(",")[0] for words in chips] == ["Vorschlag Ä 1"]

    sources = moderator.open(f"{paper.address}/redline?from=1&to=3").words("//*[@id='sources']/..//h3")
    assert sorted(sources) == ["Eingelesene Datei, Fassung 2", "Eingelesene Datei, Fassung 3"]


def standing_in_all(paths):
    """Rank of a paragraph of the first file that stands exactly once in each of them."""
    texts = [corpus.paragraphs_of(path) for path in paths]
    return next(rank for rank, words in enumerate(texts[0]) if all(text.count(words) == 1 for text in texts))


@needs_corpus
def test_where_several_paragraphs_could_be_meant_a_person_says_which(house, somebody):
    moderator = somebody(house.moderator)
    paper = Paper.brought_in(house, moderator, file_of("documents/kwkg2002gebv/v3.md"))
    file = file_of("documents/kwkg2002gebv/v4.md")
    seen = paper.import_version(moderator, file)
    answer, new = seen.all("//fieldset[.//input[starts-with(@name, 'answer-')]]")[:2]
    chosen = answer.xpath(".//input[@value!='new']")[-1]
    answers = {chosen.get("name"): chosen.get("value"), new.xpath(".//input/@name")[0]: "new"}

    paper.confirm_import(moderator, seen, answers)

    assert paper.exported(moderator, 2) == file[1]
    names = paper.identities(moderator)
    assert names[int(chosen.get("name").removeprefix("answer-"))] == chosen.get("value")
