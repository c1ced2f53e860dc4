from amendments.web.filters import spelled, turning


def test_a_text_without_turns_stays_whole() -> None:
    assert turning("Der Beirat berichtet.") == [("Der Beirat berichtet.", "")]


def test_a_character_that_turns_the_direction_is_a_part_with_its_code() -> None:
    assert turning("ab\u202ecd\u200f") == [("ab", ""), ("\u202e", "U+202E"), ("cd", ""), ("\u200f", "U+200F")]


def test_the_parts_joined_are_the_text() -> None:
    text = "\u2066x\u2069 y\u061c"
    assert "".join(part for part, _ in turning(text)) == text


def test_where_nothing_can_be_drawn_the_code_takes_the_place_of_the_character() -> None:
    assert spelled("ab\u202ecd") == "ab[U+202E]cd"
