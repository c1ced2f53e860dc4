"""A town with its people, and which engine a statute is agreed on.

The way through is the same on both engines: all statutes go it on SQLite, the first one on PostgreSQL too.
"""

import pytest


@pytest.fixture
def house(session):
    from tests.e2e.papers import town

    return town()


@pytest.fixture
def somebody(app, house):
    """somebody(address) -> their browser, signed in with their password."""
    from tests.e2e.browser import Browser, Visitor
    from tests.e2e.papers import PASSWORD

    app.test_client_class = Visitor
    return lambda email: Browser(app.test_client()).sign_in(email, PASSWORD)


def pytest_collection_modifyitems(config, items):
    seen, kept, dropped = set(), [], []
    for item in items:
        params = item.callspec.params if hasattr(item, "callspec") else {}
        if "statute" not in params or params.get("engine_name") != "postgresql" or config.getoption("engine"):
            kept.append(item)
        elif item.function not in seen:
            seen.add(item.function)
            kept.append(item)
        else:
            dropped.append(item)
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept
