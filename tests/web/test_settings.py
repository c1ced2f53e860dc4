"""Settings and the clock."""

from datetime import UTC, datetime, timedelta

import pytest

from amendments.config import SettingError, load
from amendments.web import clock

GOOD = {"SECRET_KEY": "k" * 32, "DATA_DIR": "/tmp"}


def test_defaults_are_safe():
    settings = load(environ=GOOD)
    assert not settings.plain_http
    assert settings.demo_accounts is None
    assert settings.flask()["SESSION_COOKIE_SECURE"]
    assert settings.database_url == "sqlite:////tmp/amendments.db"


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "", "SECRET_KEY_FILE": "/nowhere/key"}, "SECRET_KEY"),
        ({"PLAIN_HTTP": "perhaps"}, "PLAIN_HTTP"),
        ({"MAX_BODY": "-1"}, "MAX_BODY"),
        ({"LIMIT_FILINGS": "many"}, "LIMIT_FILINGS"),
        ({"IMPORTS_AT_ONCE": "0"}, "IMPORTS_AT_ONCE"),
        ({"CLOCK_START": "yesterday"}, "CLOCK_START"),
        ({"CLOCK_START": "2011-11-22T18:30"}, "CLOCK_START"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL"),
    ],
)
def test_a_bad_setting_stops_the_start_and_is_named(given, named):
    with pytest.raises(SettingError, match=named):
        load(environ=GOOD | given)


def test_the_secret_key_may_lie_in_a_file(tmp_path):
    (tmp_path / "key").write_text("f" * 40 + "\n")
    assert load(environ={"SECRET_KEY_FILE": str(tmp_path / "key")}).secret_key == b"f" * 40


EVENING = datetime.fromisoformat("2011-11-22T18:30+01:00")


def test_a_clock_shows_the_same_in_every_process():
    set_at = datetime.now(UTC).timestamp() - 3600
    first, second = clock.running_from(EVENING, set_at), clock.running_from(EVENING, set_at)
    assert abs(first() - second()) < timedelta(seconds=1)
    assert abs(first() - EVENING - timedelta(hours=1)) < timedelta(seconds=5)
    assert first().tzinfo is UTC


def test_a_stopped_clock_stands_and_is_put_back():
    with clock.stopped(EVENING):
        assert clock.now() == EVENING
        assert clock.today().isoformat() == "2011-11-22"
    assert clock.now() > EVENING


def test_the_day_ends_at_the_towns_midnight():
    with clock.stopped(datetime(2011, 7, 1, 22, 30, tzinfo=UTC)):
        assert clock.today().isoformat() == "2011-07-02"
