"""The one place where the browser's counting meets the server's."""

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
