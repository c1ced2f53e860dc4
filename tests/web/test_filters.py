from datetime import UTC, date, datetime

import pytest

from amendments.web.filters import day, moment, spelled, turning, until


def test_a_text_without_turns_stays_whole() -> None:
    assert turning("Der Beirat berichtet.") == [("Der Beirat berichtet.", "")]


def test_a_character_that_turns_the_direction_is_a_part_with_its_code() -> None:
    assert turning("ab\u202ecd\u200f") == [("ab", ""), ("\u202e", "U+202E"), ("cd", ""), ("\u200f", "U+200F")]


def test_the_parts_joined_are_the_text() -> None:
    text = "\u2066x\u2069 y\u061c"
    assert "".join(part for part, _ in turning(text)) == text


def test_where_nothing_can_be_drawn_the_code_takes_the_place_of_the_character() -> None:
    assert spelled("ab\u202ecd") == "ab[U+202E]cd"


def test_the_end_of_a_stay_names_its_day_only_where_it_is_another(app):
    came = datetime(2011, 11, 22, 17, 33, tzinfo=UTC)
    with app.test_request_context():
        assert until(datetime(2011, 11, 22, 19, 41, tzinfo=UTC), came) == "20:41"
        assert until(datetime(2011, 11, 22, 23, 10, tzinfo=UTC), came) == "23. November 2011, 00:10"


def test_an_hour_that_comes_twice_is_never_shortened(app):
    came = datetime(2011, 10, 29, 23, 30, tzinfo=UTC)
    with app.test_request_context():
        assert "Winterzeit" in until(datetime(2011, 10, 30, 1, 10, tzinfo=UTC), came)


@pytest.mark.parametrize("end", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)])
def test_a_page_can_show_the_ends_of_all_calendars(app, end):
    """In every time zone there is a date, though not the one that is stored."""
    with app.test_request_context():
        assert day(end)
        assert moment(end)
        assert day(date.max) == "31. Dezember 9999"
