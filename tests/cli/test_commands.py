"""The console script: set up, check, refuse in one line."""

import pytest

from tests.factories.commands import run

PASSWORD = "lange Nacht im Saal"


@pytest.fixture
def house(monkeypatch, tmp_path):
    """An empty installation of its own."""
    for name in ("SECRET_KEY", "SECRET_KEY_FILE", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def init(capsys, monkeypatch, password=PASSWORD):
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    return run(capsys, "init", "--email", "amt@town.example", "--name", "Amt", "--password-stdin")


def test_init_makes_a_database_with_one_administrator(capsys, monkeypatch, house):
    code, out, err = init(capsys, monkeypatch)
    assert (code, err) == (0, "")
    assert "amt@town.example can sign in" in out
    assert (house / "secret_key").stat().st_mode & 0o777 == 0o600
    code, out, _err = run(capsys, "verify")
    assert code == 0
    assert out.startswith("1 events, chain intact")


def test_init_does_not_touch_an_installation(capsys, monkeypatch, house):
    init(capsys, monkeypatch)
    code, _out, err = init(capsys, monkeypatch)
    assert code == 2
    assert err.count("\n") == 1


def test_a_weak_password_is_refused_in_one_line(capsys, monkeypatch, house):
    code, out, err = init(capsys, monkeypatch, "kurz")
    assert (code, out) == (2, "")
    assert err.startswith("amendments: Das Passwort braucht")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [("verify",), ("serve",), ("nothing",), ("serve", "--port", "x"), ("init", "--nonsense")]
)
def test_what_cannot_be_done_is_one_line_and_exit_2(capsys, house, arguments):
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith("amendments: ")
    assert err.count("\n") == 1


def test_the_script_loads_no_web_before_a_command_needs_it():
    import subprocess
    import sys

    code = (
        "import sys, amendments.cli, amendments.text; print(*(m for m in ('flask', 'sqlalchemy') if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
