"""Who reads which words: one crawl over every page as each kind of person, and a word in every stored text."""

import html
import io
import re
import zipfile

import pytest
from pypdf import PdfReader

from tests.guards.client import InspectingClient
from tests.security.calls import CALLS, OF_DOCUMENTS, TEXT, path_of, rules
from tests.security.planted import MARKUP, canary
from tests.security.stage import LookingClient
from tests.security.world import FOREIGN, THINGS

pytestmark = pytest.mark.one_engine

PUBLISHED = ["title", "subject", "reference", "office", "text", "resolution", "heading", "paragraph"]
PUBLISHED += ["note", "label", "publishedwording", "openplace", "bareplace", "looseplace", "sittingplace"]
PUBLISHED += ["toldplace", "toldremark"]
PUBLISHED += ["adoptedtitle", "adoptedtext", "firstmeasure", "secondmeasure", "ratingwords", "measurereport"]
DRAFT = ("drafttitle", "draftreason", "draftwording")

READS = {
    "guest": (),
    "other_member": ("foreign",),
    "member": ("committee", "public"),
    "clerk": ("restricted",),
    "author": ("committee", "public", "restricted"),
    "admin": (*THINGS, *FOREIGN),
    "excluded": (),
    "barred": ("committee", "public"),
}
"""Documents whose inner life each of them sees. Whoever else there is gets the answers of a guest, says the matrix."""

OF_THE_SECRET = {"clerk": ("restricted",), "author": ("restricted",), "admin": (*THINGS, *FOREIGN)}
"""Documents of which each of them sees the text for few, and what was said about it."""

SAID = ("title", "reason", "wording", "position", "comment", "decision")
OF_THE_ITEM = tuple(f"{name}{word}" for name in ("open", "rival", "child") for word in SAID)
"""The contested place from which `barred` is excluded: the proposal, its later rival, the amendment to it."""

MORE = {
    TEXT: [{"view": "agreed"}, {"view": "all"}, {"view": "with_proposals", "version": 1}],
    f"{TEXT}/desk": [{"group": group} for group in ("soft", "collisions", "decided")],
    f"{TEXT}/redline": [{"whole": "1"}],
    f"{TEXT}/akoma-ntoso.xml": [{"version": 1}, {"version": 2, "from": 1}],
    f"{TEXT}/synopsis": [
        {"whole": "1"},
        {"column": ["kf", "k1", "k2"]},
        {"base": 1, "column": "v2", "whole": "1"},
        {"base": 2, "column": ["kf", "k1", "k2"]},
    ],
}


def crawl(stage, role, only=""):
    """(path, response) for every page with every id of the town, or of one document."""
    client = stage.client(role, InspectingClient if role in {"author", "guest"} else LookingClient)
    for (method, route), make in CALLS.items():
        if method != "GET" or route == "/health":
            continue
        papers = stage.world.papers if any(f":{name}>" in route for name in OF_DOCUMENTS) else ["committee"]
        for name in [only] if only else papers:
            paper = stage.world.papers[name]
            call = make(stage.world, paper)
            for address in addresses(stage.world, paper, route, call.address):
                path = path_of(stage.app, rules(stage.app)[method, route], address)
                main = address.get("text_id", paper.text.id) == paper.text.id  # its passages are none of another text
                more = [query for query in MORE.get(route, []) if main or query.keys().isdisjoint({"base", "version"})]
                for query in [call.query if main else {}, *more]:
                    yield path, client.get(path, query_string=query)


def addresses(world, paper, route, first):
    if "proposal_id" in route:
        return [first | {"proposal_id": row.id} for row in paper.proposals.values()]
    if "text_id" in route:
        texts = [first | {"text_id": row.id} for row in (paper.text, paper.resolution, paper.secret, paper.later)]
        second = [first | {"number": 2}]  # the main text alone has two versions
        return [*second, *(one | {"number": 1} for one in texts)] if "number" in route else texts
    if "meeting_id" in route:
        return [first]
    if "consultation_id" in route:
        return [{"consultation_id": row.id} for row in (*paper.steps.values(), paper.adopted.step)]
    if "committee_id" in route and "membership_id" not in route:
        return [{"committee_id": row.id} for row in world.committees.values()]
    return [first]


def allowed(role):
    """Canaries this person may read somewhere."""
    papers = {canary("public", name) for name in PUBLISHED}
    names = set()
    for thing in READS[role]:
        names |= {f"zq{thing}"}
    drafts = {canary(thing, name) for thing in THINGS for name in DRAFT} if role == "author" else set()
    return papers | drafts, tuple(names)


@pytest.mark.parametrize("role", READS)
def test_nobody_reads_what_is_not_for_them_and_all_of_it_is_text(stage, role):
    """On the way the author's client looks for broken markup too; here for the element that was planted."""
    leaks, pages = [], 0
    for path, response in crawl(stage, role, only="sealed" if role == "admin" else ""):
        assert response.status_code in {200, 302, 303, 403, 404}, (path, response.status_code)
        text = words_of(response)
        assert response.mimetype != "text/html" or "<img src=x" not in text, path
        pages += 1
        leaks += [f"{path}: {word}" for word in strange(role, path, html.unescape(text))]
    assert leaks == []
    assert pages > 30


def words_of(response):
    """The page, or what stands in the parts of a workbook, on the pages of a PDF, in the folded lines of a calendar."""
    data = response.get_data()
    if data.startswith(b"%PDF"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return "".join(book.read(name).decode() for name in book.namelist())
    text = data.decode()
    return text.replace("\r\n ", "") if response.mimetype == "text/calendar" else text


def strange(role, path, text):
    """Canaries on the page that are not for this person."""
    exact, prefixes = allowed(role)
    plain = role.replace("_", "")
    exact |= {canary("mail", plain), canary("agent", plain)}
    for word in sorted(set(re.findall(r"zq[a-z]+qz", text)) - exact):
        hidden = word.removesuffix("qz").endswith(DRAFT) or word.startswith("zqmail") or not_theirs(role, word)
        if word.startswith("zqmail") and role == "admin" and path.startswith("/accounts"):
            continue
        if hidden or not word.startswith(("zqname", "zqboard", *prefixes)):
            yield word


def not_theirs(role, word):
    """Parts of documents whose inner life this person sees else."""
    for thing in (*THINGS, *FOREIGN):
        name = word.removeprefix(f"zq{thing}").removesuffix("qz")
        if word.startswith(f"zq{thing}secret"):
            return thing not in OF_THE_SECRET.get(role, ())
        if word.startswith(f"zq{thing}") and name in OF_THE_ITEM:
            return role == "barred"
    return False


@pytest.mark.parametrize("thing", ["committee", "public"])
def test_the_words_kept_from_some_are_read_by_others(stage, thing):
    """The test above would be silent if nobody could read them."""
    paper, member, few = stage.world.papers[thing], stage.client("member"), stage.client("moderator")
    said = html.unescape(member.get(f"/documents/{paper.document.id}/texts/{paper.later.id}").text)
    assert canary(thing, "latertext") in said
    assert canary(thing, "laterparagraph") in said
    said = html.unescape(few.get(f"/documents/{paper.document.id}/texts/{paper.secret.id}").text)
    assert canary(thing, "secretparagraph") in said
    for role, seen in (("member", True), ("barred", False)):
        page = html.unescape(stage.client(role).get(f"/meetings/{paper.meeting.id}").text)
        assert (canary(thing, "openwording") in page) is seen
        assert canary(thing, "rejectedwording") in html.unescape(stage.client(role).get(desk(paper)).text)
    assert canary(thing, "secretwording") in html.unescape(few.get(f"/proposals/{paper.proposals['secret'].id}").text)


def desk(paper):
    return f"/documents/{paper.document.id}/texts/{paper.text.id}/desk?group=decided"


def test_the_planted_markup_reaches_the_pages(stage):
    """The test above would be silent if nothing hostile were shown."""
    paper = stage.world.papers["committee"]
    shown = html.unescape(stage.client("author").get(f"/proposals/{paper.proposals['open'].id}").text)
    for name in ("title", "opentitle", "openreason", "openwording", "openposition", "opencomment"):
        assert f"{canary('committee', name)} {MARKUP}" in shown, name
    decided = html.unescape(stage.client("author").get(f"/proposals/{paper.proposals['agreed'].id}").text)
    assert f"{canary('committee', 'agreeddecision')} {MARKUP}" in decided


@pytest.mark.parametrize("thing", ["committee", "restricted", "foreign", "sealed"])
def test_what_was_published_for_few_is_not_in_any_list(stage, thing):
    title = canary(thing, "title")
    for role in ("guest", "ended", "steering"):
        for path in ("/", "/my-desk", "/audit", "/committees", "/sign-in"):
            assert title not in stage.client(role).get(path).text


def test_the_record_keeps_silent_about_drafts_of_others(stage):
    """That somebody has begun to write is nobody's business yet."""
    for role in ("member", "moderator", "chair"):
        assert "Entwurf" not in stage.client(role).get("/audit").text
    assert "Entwurf" in stage.client("author").get("/audit").text
