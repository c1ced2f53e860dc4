"""The inspector finds what it is for."""

import pytest

from tests.guards.page import PageError, inspect

GOOD = """<!doctype html>
<html lang="de"><head><meta charset="utf-8"><title>Vorlagen – Stadt</title></head>
<body><h1>Vorlagen</h1>
<form method="post" action="/x"><input type="hidden" name="csrf_token" value="t">
<label for="a">Titel</label><input id="a" name="a"></form></body></html>"""


def test_a_good_page_passes():
    inspect(GOOD)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("</h1>", "</h1><h1>x</h1>", "h1"),
        ("<title>Vorlagen", "<title>Start", "title"),
        ('lang="de"', "", "language"),
        ('<label for="a">Titel</label>', "", "label"),
        ('name="csrf_token"', 'name="token"', "csrf_token"),
        ('id="a" name="a"', 'id="a" name="a" style="color:red"', "inline"),
        ('id="a" name="a"', 'id="a" name="a" onclick="x()"', "inline"),
        ("</body>", "<script>x()</script></body>", "inline script"),
        ("</body>", '<p id="a">x</p></body>', "2 times"),
        ("</body>", '<p aria-describedby="nowhere">x</p></body>', "nowhere"),
        ("</body>", "<p><div>x</div></p></body>", "not HTML5"),
        ("</body>", '<a href="javascript:x()">x</a></body>', "script"),
    ],
)
def test_a_fault_is_named(old, new, fault):
    assert old in GOOD
    with pytest.raises(PageError, match=fault):
        inspect(GOOD.replace(old, new, 1))
