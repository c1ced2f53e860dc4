"""A version of a text as a <doc>, or the redline between two as one with both versions in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from amendments.exchange.akoma.body import NEW_PERIOD, OLD_PERIOD, Body
from amendments.exchange.akoma.meta import AUTHOR, SOURCE, identification, references, source
from amendments.exchange.akoma.parts import Part
from amendments.exchange.akoma.values import Edition, Sources
from amendments.exchange.akoma.xml import Ids, moment, put, put_words, root, written
from amendments.text.redline import Node, Op

_MODS = {Op.INSERT: "insertion", Op.DELETE: "repeal", Op.KEEP: "substitution"}


def to_akoma(
    nodes: Iterable[Node], edition: Edition, older: Edition | None = None, sources: Sources | None = None
) -> bytes:
    """`nodes`: the redline of the version against itself, or from `older` to it; `sources`: who stands behind its
    changes, for those who may know.
    """
    sources = sources or Sources()
    tree = root()
    doc = put(tree, "doc", name=edition.work.kind, contains="multipleVersions" if older else "singleVersion")
    meta = put(doc, "meta")
    identification(meta, edition, f".redline-{older.number}" if older else "")
    title = put_words(put(doc, "preface"), "p", "")
    put_words(title, "docTitle", edition.work.title)
    who = {name: f"who_{number + 1}" for name, number in sources.by.items()}
    body = Body(Ids(), who=who)
    main = put(doc, "mainBody")
    body.write(main, nodes)
    if not len(main):
        put(main, "p")
    _history(meta, edition, older, body.places)
    names = [("Organization", f"who_{number}", name) for number, name in enumerate(sources.names, 1)]
    references(meta, [source(), ("Organization", AUTHOR, edition.work.author), *_events(older), *names])
    return written(tree)


def _events(older: Edition | None) -> list[tuple[str, str, str]]:
    if older is None:
        return []
    words = ((OLD_PERIOD, "nur in der älteren Fassung"), (NEW_PERIOD, "nur in der neueren Fassung"))
    return [("Concept", f"in_{name}", said) for name, said in words]


def _history(meta: etree._Element, edition: Edition, older: Edition | None, places: Sequence[tuple[Part, str]]) -> None:
    """When each version appeared, what changed from the one to the other, and which passages are of one alone."""
    lifecycle = put(meta, "lifecycle", source=SOURCE)
    if older is None:
        put(lifecycle, "eventRef", eId="published", date=moment(edition.at), source=f"#{AUTHOR}", type="generation")
        return
    for version, name, kind in ((older, "published_old", "generation"), (edition, "published", "amendment")):
        put(lifecycle, "eventRef", eId=name, date=moment(version.at), source=f"#{AUTHOR}", type=kind)
    _changes(meta, edition, places)
    data = put(meta, "temporalData", source=SOURCE)
    ends = ((OLD_PERIOD, {"start": "#published_old", "end": "#published"}), (NEW_PERIOD, {"start": "#published"}))
    for name, interval in ends:
        put(put(data, "temporalGroup", eId=name), "timeInterval", refersTo=f"#in_{name}", **interval)


def _changes(meta: etree._Element, edition: Edition, places: Sequence[tuple[Part, str]]) -> None:
    changed = [
        (part, name)
        for part, name in places
        if part.op is not Op.KEEP or part.label != part.old_label or any(run.op is not Op.KEEP for run in part.runs)
    ]
    if not changed:
        return
    mods = put(put(meta, "analysis", source=SOURCE), "passiveModifications")
    for number, (part, name) in enumerate(changed, 1):
        words = part.op is not Op.KEEP or any(run.op is not Op.KEEP for run in part.runs)
        mod = put(mods, "textualMod", eId=f"change_{number}", type=_MODS[part.op] if words else "renumbering")
        put(mod, "source", href=edition.iri)
        put(mod, "destination", href=f"#{name}")
