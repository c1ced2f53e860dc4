"""Commands speak German here, whatever the machine speaks."""

import pytest


@pytest.fixture(autouse=True)
def german(monkeypatch):
    for name in ("LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """An empty folder to work in, and no setting of the service."""
    for name in ("SECRET_KEY", "DATABASE_URL", "DATA_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path
