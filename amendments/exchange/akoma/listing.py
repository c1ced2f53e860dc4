"""All proposals on a document as an <amendmentList>, one <amendment> for each."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from amendments.exchange.akoma.meta import SOURCE, Name, identification, references, source
from amendments.exchange.akoma.mods import Mods, Ordered
from amendments.exchange.akoma.values import Amendment, AmendmentList, Edition, Passage, Verdict, Work
from amendments.exchange.akoma.xml import Ids, moment, put, put_words, root, written
from amendments.exchange.instructions import Instructions
from amendments.text.model import Text

COUNTS = (("yes", "Ja"), ("no", "Nein"), ("abstained", "Enthaltung"))


def to_amendment_list(found: AmendmentList) -> bytes:
    """Without a proposal the list says so; the schema wants at least one component."""
    tree = root()
    listing = put(tree, "amendmentList", name="amendmentList", contains="singleVersion")
    meta = put(listing, "meta")
    identification(meta, Edition(found.work, max(1, len(found.amendments)), found.at))
    references(meta, [source(), ("Organization", "author", found.work.author)])
    put_words(put_words(put(listing, "preface"), "p", ""), "docTitle", found.work.title)
    body = put(listing, "collectionBody")
    ids, writers = Ids(), _Writers()
    for amendment in found.amendments:
        name = ids.new("", "amendment", str(amendment.number))
        _Writer(amendment, found.work, name, ids, writers).write(put(body, "component", eId=name))
    if not found.amendments:
        nothing = put(put(body, "component", eId="nothing"), "interstitial", eId="nothing__said")
        put_words(nothing, "p", "Es ist kein Vorschlag eingereicht.")
    return written(tree)


class _Writers:
    """The sentences of each wording, found once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Text, Instructions]] = {}

    def of(self, base: Text) -> Instructions:
        if id(base) not in self._known:
            self._known[id(base)] = base, Instructions(base)  # holds the text, so that no other gets its id
        return self._known[id(base)][1]


class _Writer:
    def __init__(self, amendment: Amendment, work: Work, prefix: str, ids: Ids, writers: _Writers) -> None:
        self.amendment, self.prefix, self.ids, self.writers = amendment, prefix, ids, writers
        self.work = Work(
            amendment.id,
            f"{amendment.label} zu: {work.title}",
            amendment.filed_at.date(),
            amendment.by,
            "amendment",
            amendment.label,
            amendment.address,
        )
        self._names: dict[tuple[str, str], Name] = {}

    def write(self, component: etree._Element) -> None:
        found = put(component, "amendment", name="amendment", contains="originalVersion")
        meta = put(found, "meta")
        author = self._name("Organization", self.amendment.by)
        identification(meta, Edition(self.work, 1, self.amendment.filed_at), author=author)
        body = put(found, "amendmentBody")
        self._heading(body)
        content = put(body, "amendmentContent", eId=f"{self.prefix}__content")
        ordered = [one for passage in self.amendment.passages for one in self._passage(content, passage)]
        if self.amendment.reason:
            reason = put(body, "amendmentJustification", eId=f"{self.prefix}__reason")
            for paragraph in self.amendment.reason.split("\n\n"):
                put_words(reason, "p", paragraph)
        self._workflow(meta, author)
        self._analysis(meta, ordered)
        references(meta, [source(f"{self.prefix}__"), *self._names.values()])
        _point_at(meta, f"#{self.prefix}__source")

    def _heading(self, body: etree._Element) -> None:
        heading = put(body, "amendmentHeading", eId=f"{self.prefix}__heading")
        title = f"{self.amendment.label}: {self.amendment.title}" if self.amendment.title else self.amendment.label
        put_words(heading, "p", title)
        amends = f" zu {self.amendment.amends}" if self.amendment.amends else ""
        state = f" ({self.amendment.state})" if self.amendment.state else ""
        put_words(heading, "p", f"{self.amendment.kind}{amends}, {self.amendment.by}{state}")

    def _passage(self, content: etree._Element, passage: Passage) -> list[Ordered]:
        instructions = self.writers.of(passage.base)
        put_words(content, "p", instructions.say(passage.hunks).text, class_="command")
        return list(Mods(passage, instructions, self.ids, self.prefix).write(content))

    # --- what is said about it

    def _name(self, kind: str, words: str, key: str = "") -> str:
        """The id of a name, which is listed once."""
        if (kind, words) not in self._names:
            self._names[kind, words] = kind, self.ids.new(self.prefix, kind.lower(), key), words
        return self._names[kind, words][1]

    def _verdicts(self) -> Iterable[Verdict]:
        found = {verdict: None for passage in self.amendment.passages for verdict in passage.verdicts}
        return sorted(found, key=lambda verdict: verdict.at)

    def _workflow(self, meta: etree._Element, author: str) -> None:
        workflow = put(meta, "workflow", source=SOURCE)
        filed = self._name("Concept", "eingereicht", "filed")
        put(workflow, "step", date=moment(self.amendment.filed_at), by=f"#{author}", outcome=f"#{filed}")
        if self.amendment.withdrawn_at:
            gone = self._name("Concept", "zurückgezogen", "withdrawn")
            put(workflow, "step", date=moment(self.amendment.withdrawn_at), by=f"#{author}", outcome=f"#{gone}")
        for verdict in self._verdicts():
            body = self._name("Organization", verdict.body)
            outcome = self._name("Concept", verdict.said, verdict.outcome)
            put(workflow, "step", date=moment(verdict.at), by=f"#{body}", outcome=f"#{outcome}")

    def _analysis(self, meta: etree._Element, ordered: Iterable[Ordered]) -> None:
        analysis = put(meta, "analysis", source=SOURCE)
        mods = put(analysis, "activeModifications")
        for one in ordered:
            mod = put(mods, "textualMod", eId=self.ids.new(self.prefix, "change"), type=one.kind)
            put(mod, "source", href=f"#{one.mod}")
            for address, position in one.places:
                put(mod, "destination", href=address, pos=position)
            for tag, words in (("old", one.old), ("new", one.new)):
                if words:
                    put(mod, tag, href=f"#{words}")
        voted = [verdict for verdict in self._verdicts() if verdict.yes is not None or verdict.vote]
        votes = put(analysis, "parliamentary") if voted else analysis
        for verdict in voted:
            self._voting(votes, verdict)
        for empty in [each for each in analysis if not len(each)]:
            analysis.remove(empty)
        if not len(analysis):
            meta.remove(analysis)

    def _voting(self, votes: etree._Element, verdict: Verdict) -> None:
        outcome = self._name("Concept", verdict.said, verdict.outcome)
        body = self._name("Organization", verdict.body)
        name = self.ids.new(self.prefix, "voting")
        voting = put(votes, "voting", eId=name, outcome=f"#{outcome}", refersTo=f"#{body}")
        if verdict.yes is None:
            said = self._name("Concept", "Abstimmung", "vote")
            put(voting, "count", eId=f"{name}__vote", value=verdict.vote, refersTo=f"#{said}")
            return
        for key, words in COUNTS:
            said = self._name("Concept", words, key)
            put(voting, "count", eId=f"{name}__{key}", value=str(getattr(verdict, key) or 0), refersTo=f"#{said}")


def _point_at(meta: etree._Element, name: str) -> None:
    """Every amendment of a list names its own source, as no two elements may have one id."""
    for element in meta.iter():
        if element.get("source") == SOURCE:
            element.set("source", name)
