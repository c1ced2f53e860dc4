"""What browser and server each do by themselves, they do alike: counting, and drawing what turns the direction."""

import pytest


@pytest.mark.parametrize(
    ("text", "units", "points"),
    [("", 0, 0), ("abc", 2, 2), ("ä😀b", 4, 3), ("😀😀", 2, 1), ("e\u0301x", 2, 2), ("👩‍👧", 5, 3)],
)
def test_units_are_counted_as_code_points(visit, text, units, points):
    person = visit()
    person.page.goto("/sign-in")
    count, back = person.page.evaluate(
        """async ([text, units, points]) => {
            const module = await import("/static/js/modules/codepoints.js");
            return [module.codePoints(text, units), module.utf16Offset(text, points)];
        }""",
        [text, units, points],
    )
    assert (count, back) == (points, units)


def test_what_turns_the_direction_is_drawn_as_the_server_draws_it(visit):
    guest = visit()
    guest.page.goto("/sign-in")
    text = "ab\u202e<b>cd\u061c"
    found = guest.page.evaluate(
        """async (text) => {
            const module = await import("/static/js/modules/turning.js");
            const box = document.createElement("p");
            box.append(...module.drawn(text));
            return box.innerHTML;
        }""",
        text,
    )
    assert found == (
        'ab<bdi class="turning" data-code="U+202E">\u202e</bdi>&lt;b&gt;cd'
        '<bdi class="turning" data-code="U+061C">\u061c</bdi>'
    )
