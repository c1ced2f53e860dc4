"""What every page has to be: valid HTML5, one h1 that begins the title, labelled fields, nothing inline."""

import html5lib

XHTML = "{http://www.w3.org/1999/xhtml}"
UNLABELLED = frozenset({"hidden", "submit", "button", "reset", "image"})


class PageError(AssertionError):
    """A page breaks a rule of the house."""


def inspect(source: str) -> None:
    """Raise PageError with everything that is wrong."""
    page = Page(source)
    faults = [
        *page.parse_errors(),
        *page.heading(),
        *page.ids(),
        *page.fields(),
        *page.forms(),
        *page.inline(),
        *page.language(),
    ]
    if faults:
        raise PageError("\n".join(faults))


class Page:
    """A parsed page and the questions asked of it; each answers with a list of faults."""

    def __init__(self, source: str) -> None:
        self.source = source
        parser = html5lib.HTMLParser(strict=False)
        self.tree = parser.parse(source)
        self._errors = parser.errors

    def parse_errors(self) -> list[str]:
        lines = self.source.splitlines()
        return [
            f"not HTML5: {code} in line {row}: {lines[row - 1].strip()[:100] if row <= len(lines) else ''}"
            for (row, _column), code, _data in self._errors
        ]

    def all(self, *names: str) -> list:  # type: ignore[type-arg]
        wanted = {XHTML + name for name in names}
        return [element for element in self.tree.iter() if element.tag in wanted]

    def heading(self) -> list[str]:
        headings = [words(element) for element in self.all("h1")]
        if len(headings) != 1:
            return [f"{len(headings)} h1 elements"]
        titles = [words(element) for element in self.all("title")]
        if not headings[0] or len(titles) != 1 or not titles[0].startswith(headings[0]):
            return [f"the title {titles} does not begin with the h1 {headings[0]!r}"]
        return []

    def ids(self) -> list[str]:
        found = [element.get("id") for element in self.tree.iter() if element.get("id") is not None]
        faults = [
            f"id {name!r} stands {found.count(name)} times" for name in sorted(set(found)) if found.count(name) > 1
        ]
        for element in self.tree.iter():
            for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
                missing = set((element.get(attribute) or "").split()) - set(found)
                faults += [f"{attribute} names {name!r}, which is nowhere" for name in sorted(missing)]
        return faults

    def fields(self) -> list[str]:
        inside = {id(field) for label in self.all("label") for field in label.iter()}
        named = {label.get("for") for label in self.all("label")}
        return [
            f"field {field.get('name')!r} has no label"
            for field in self.all("input", "select", "textarea")
            if field.get("type") not in UNLABELLED
            and field.get("id") not in named
            and id(field) not in inside
            and not field.get("aria-label")
            and not field.get("aria-labelledby")
        ]

    def forms(self) -> list[str]:
        faults = []
        for form in self.all("form"):
            if (form.get("method") or "get").lower() != "post":
                continue
            names = [field.get("name") for field in form.iter() if field.tag == XHTML + "input"]
            if "csrf_token" not in names:
                faults.append(f"form to {form.get('action')!r} has no csrf_token")
        return faults

    def inline(self) -> list[str]:
        faults = [f"inline {element.tag.removeprefix(XHTML)}" for element in self.all("style")]
        faults += [
            "inline script"
            for element in self.all("script")
            if not element.get("src") and element.get("type") != "application/json"
        ]
        for element in self.tree.iter():
            for name, value in element.attrib.items():
                if name == "style" or name.startswith("on"):
                    faults.append(f"inline {name}={value!r}")
                if name in {"href", "src", "action"} and value.strip().lower().startswith(("javascript:", "data:text")):
                    faults.append(f"{name} runs a script")
        return faults

    def language(self) -> list[str]:
        root = next(element for element in self.tree.iter() if element.tag == XHTML + "html")
        return [] if root.get("lang") in {"de", "en"} else ["the language is not set"]


def words(element) -> str:  # type: ignore[no-untyped-def]
    return " ".join("".join(element.itertext()).split())
