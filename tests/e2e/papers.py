"""A town that agrees on real texts, and what its people do on the pages, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from uuid import UUID

from amendments.people import passwords
from benchmarks import corpus
from tests.e2e.browser import Browser, Page
from tests.factories import committees, people

PASSWORD = "ein langes Passwort der Probe"
BODIES = (
    "Beirat für Migration und Integration",
    "Sozialausschuss",
    "Jugendhilfeausschuss",
    "Seniorenbeirat",
    "Fraktion A",
    "Fraktion B",
    "Fraktion C",
    "Verwaltung",
)
"""Who the proposals of the corpus come from."""


@dataclass(frozen=True)
class Town:
    """Ids of committees, and the addresses of those who sit on them."""

    lead: UUID
    bodies: dict[str, UUID]
    moderator: str
    members: dict[str, str]
    """Body -> a person who sits on it and on three others."""


def town() -> Town:
    hashed = passwords.hash_password(PASSWORD)
    moderator = people.account(password_hash=hashed, name="Moderation")
    lead = committees.committee(name="Steuerungsgruppe")
    committees.membership(lead, moderator.id, "moderator")
    first, second = (people.account(password_hash=hashed, name=f"Mitglied {number}") for number in (1, 2))
    bodies = {name: committees.committee(name=name) for name in BODIES}
    members = {}
    for number, (name, committee) in enumerate(bodies.items()):
        person = (first, second)[number % 2]
        committees.membership(committee, person.id)
        members[name] = person.email
    return Town(lead.id, {name: committee.id for name, committee in bodies.items()}, moderator.email, members)


def file_of(path: str) -> tuple[str, bytes]:
    """(name, content) of a document of the corpus."""
    return path.replace("/", " "), (corpus.ROOT / path).read_bytes()


class Paper:
    """One document of the town, as its people meet it. `who` is somebody's browser."""

    def __init__(self, town: Town, address: str) -> None:
        self.town = town
        self.address = address
        """Of its text; everything else lies below."""

    @classmethod
    def brought_in(cls, town: Town, who: Browser, file: tuple[str, bytes]) -> Paper:
        """Choose the file, look at what was found, confirm."""
        page = who.open("/documents/new")
        typed: dict[str, Any] = {
            "file": file,
            "title": PurePath(file[0]).stem,
            "lead_committee_id": str(town.lead),
            "participant_ids": [str(committee_id) for committee_id in town.bodies.values()],
            "action": "preview",
        }
        seen = who.send(page, page.form("input[@name='title']"), typed, status=200)
        made = who.send(seen, seen.form("input[@name='title']"), {"action": "create"})
        downloads = who.follow(made).one("//a[contains(@href, '/downloads')]").get("href")
        return cls(town, downloads.split("/downloads")[0])

    def identities(self, who: Browser) -> list[str]:
        """The paragraphs' own names, as the page carries them."""
        return [element.get("data-paragraph") for element in who.open(self.address).all("//*[@data-paragraph]")]

    def exported(self, who: Browser, number: int) -> bytes:
        page = who.open(f"{self.address}/versions/{number}/export")
        assert page.headers["Content-Disposition"].startswith("attachment; filename=")
        return page.data

    # --- proposing

    def propose(self, who: Browser, case: dict[str, Any], names: list[str]) -> str:
        """One proposal of the corpus by the propose form; the address of its page."""
        query, typed = _asked(case, names)
        address = f"{self.address}/propose?" + "&".join(f"{name}={value}" for name, value in query.items())
        page = who.open(address)
        if case["op"] == "edit":
            typed = {"wording": new_wording(page, case)}
        typed |= {"committee_id": str(self.town.bodies[case["body"]]), "reason": case["id"], "action": "submit"}
        answer = who.send(page, page.form("*[@name='reason']"), typed)
        return str(answer.headers["Location"])

    # --- deciding and publishing

    def agree_all(self, who: Browser) -> None:
        """Tick all that fits together, page by page; nothing may be left open afterwards."""
        for group in ("undisputed", "soft"):
            while (page := who.open(f"{self.address}/desk?group={group}")).all("//input[@name='edit'][@form='many']"):
                edits = [field.get("value") for field in page.all("//input[@name='edit'][@form='many']")]
                who.send(page, page.one("//form[@id='many']"), {"edit": edits, "outcome": "agreed"})
        done = who.open(f"{self.address}/desk?group=decided").one("//progress")
        assert done.get("value") == done.get("max")

    def publish(self, who: Browser) -> None:
        page = who.open(f"{self.address}/publish")
        who.send(page, page.form("input[@name='expected_hash']"), {"note": "Nach der gemeinsamen Sitzung"})

    # --- a new file

    def import_version(self, who: Browser, file: tuple[str, bytes]) -> Page:
        """Choose the file; the page that shows what was matched."""
        page = who.open(f"{self.address}/import")
        return who.send(page, page.form("input[@name='file']"), {"file": file, "action": "preview"}, status=200)

    def confirm_import(self, who: Browser, seen: Page, answers: dict[str, str] | None = None) -> None:
        who.send(seen, seen.form("input[@name='file']"), {"action": "create", **(answers or {})})


def _asked(case: dict[str, Any], names: list[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """(query, fields) of the propose page for a proposal of the corpus."""

    def name(rank: int) -> str:
        return names[rank] if rank >= 0 else ""

    match case["op"]:
        case "edit":
            start, end = min(h["start"] for h in case["hunks"]), max(h["end"] for h in case["hunks"])
            return {"op": "change", "paragraph": name(case["paragraph"]), "start": start, "end": end}, {}
        case "delete":
            return {"op": "delete", "paragraph": name(case["paragraph"])}, {}
        case "insert":
            return {"op": "insert", "paragraph": name(case["after"])}, {"wording": "\r\n\r\n".join(case["paragraphs"])}
        case "move":
            return {"op": "move", "paragraph": name(case["paragraph"])}, {"after": name(case["after"])}
    raise ValueError(case["op"])


def new_wording(page: Page, case: dict[str, Any]) -> str:
    """What a person types who sees the stretch that is offered and wants the paragraph to read `after`."""
    asked = page.one("//*[@id='old-wording']/*[@class='asked']")
    before = "".join(part.text_content() for part in asked.itersiblings("span", preceding=True))
    behind = "".join(part.text_content() for part in asked.itersiblings("span"))
    old, new = case["before"], case["after"]
    assert old.startswith(before + asked.text_content().strip()[:1]) or before + asked.text_content() in old
    assert old.endswith(behind)
    assert new.startswith(before)
    assert new.endswith(behind)
    return new[len(before) : len(new) - len(behind)].strip()
