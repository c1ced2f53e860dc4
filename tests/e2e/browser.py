"""Somebody at the pages: opens addresses, fills in the forms that stand there, presses their buttons."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.guards.client import ORIGIN, InspectingClient

Element = html.HtmlElement


class Visitor(InspectingClient):
    """Inspects one page of each kind; the hundredth form to fill in looks like the first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen: set[tuple[str, str | None, int]] = set()

    def _inspect(self, response: TestResponse) -> None:
        asked = response.request
        kind = (asked.path.rpartition("/")[2][:20], asked.args.get("op"), response.status_code)
        if kind not in self.seen:
            self.seen.add(kind)
            super()._inspect(response)


class Page:
    """What came back, and where from."""

    def __init__(self, address: str, response: Any) -> None:
        self.address = address
        self.status: int = response.status_code
        self.data: bytes = response.data
        self.headers = response.headers
        source = response.get_data(as_text=True).replace("<wbr>", "")  # lxml takes it for an element with an end
        self.root: Element = html.document_fromstring(source or "<p></p>")

    def all(self, path: str) -> list[Any]:
        return list(self.root.xpath(path))

    def one(self, path: str) -> Any:
        found = self.all(path)
        assert len(found) == 1, f"{len(found)} times {path} on {self.address} ({self.status})"
        return found[0]

    def words(self, path: str) -> list[str]:
        return [" ".join(element.text_content().split()) for element in self.all(path)]

    def form(self, having: str) -> Element:
        """The form that has this inside."""
        return self.one(f"//form[@method='post'][.//{having}]")


class Browser:
    def __init__(self, client: InspectingClient) -> None:
        self.client = client

    def open(self, address: str, status: int = 200) -> Page:
        response = self.client.get(address)
        assert response.status_code == status, f"{response.status_code} for {address}"
        return Page(address, response)

    def send(self, page: Page, form: Element, typed: Mapping[str, Any] | None = None, status: int = 303) -> Page:
        """The form as it stands, with what was typed; a list for several values, (name, bytes) for a file."""
        values = MultiDict(form.form_values())
        for field in page.all(f"//*[@form='{form.get('id')}'][not(@type='checkbox')]") if form.get("id") else ():
            values.add(field.get("name"), field.get("value"))
        for name, value in (typed or {}).items():
            values.setlist(name, value if isinstance(value, list) else [_sent(value)])
        address = urljoin(page.address, form.get("action") or page.address)
        response = self.client.post(address, data=values, headers={"Referer": ORIGIN + page.address})
        answer = Page(address, response)
        assert response.status_code == status, f"{response.status_code} for {address}: {answer.words('//main')}"
        return answer

    def follow(self, answer: Page) -> Page:
        parts = urlsplit(answer.headers["Location"])
        return self.open(parts.path + (f"?{parts.query}" if parts.query else ""))

    def sign_in(self, email: str, password: str) -> Browser:
        page = self.open("/sign-in")
        self.send(page, page.form("input[@name='password']"), {"email": email, "password": password})
        return self


def _sent(value: Any) -> Any:
    return (BytesIO(value[1]), value[0]) if isinstance(value, tuple) else value
