"""Commands speak German here, whatever the machine speaks."""

import pytest


@pytest.fixture(autouse=True)
def german(monkeypatch):
    for name in ("LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
