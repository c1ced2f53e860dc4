"""The package around an OpenDocument text (Part 2): is it one, and may it be opened?"""

from __future__ import annotations

from lxml import etree

from amendments.errors import Unreadable
from amendments.exchange.archive import ENCRYPTED, Archive, parse_xml
from amendments.exchange.formats import NOT_ODT
from amendments.exchange.odt.names import q
from amendments.exchange.words import N_, Sentence

MIME = b"application/vnd.oasis.opendocument.text"
CONTENT, STYLES, META, MANIFEST = "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"

MACROS = N_("Die Datei enthält Makros. Bitte speichern Sie sie in Ihrem Schreibprogramm ohne Makros.")


def opened(data: bytes, *, template: bool = False) -> Archive:
    """With `template` also one that documents are made of. Raises Unreadable or TooLarge for what is no OpenDocument
    text, or one with a password or macros.
    """
    archive = Archive(data)
    kinds = (MIME, MIME + b"-template") if template else (MIME,)
    if "mimetype" not in archive.names or archive.read("mimetype").strip() not in kinds:
        raise Unreadable(Sentence(NOT_ODT))
    if MANIFEST in archive.names and _encrypted(archive.read(MANIFEST)):
        raise Unreadable(Sentence(ENCRYPTED))
    if any(map(_macro, archive.names)):
        raise Unreadable(Sentence(MACROS))
    if CONTENT not in archive.names:
        raise Unreadable(Sentence(NOT_ODT))
    return archive


def text_in(content: etree._Element) -> etree._Element:
    """office:text of content.xml. Raises Unreadable for one of another kind of document."""
    text = content.find(f"{q('office:body')}/{q('office:text')}")
    if text is None:
        raise Unreadable(Sentence(NOT_ODT))
    return text


def properties_in(archive: Archive) -> list[tuple[str, str]]:
    """Names and values of those that people may add to (Part 3 §4.3.3)."""
    if META not in archive.names:
        return []
    found = parse_xml(archive.read(META)).iter(q("meta:user-defined"))
    return [(each.get(q("meta:name"), ""), "".join(map(str, each.itertext()))) for each in found]


def _macro(name: str) -> bool:
    """Libraries of macros; those without any have an index all the same."""
    return name.startswith("Scripts/") or (name.startswith("Basic/") and not name.endswith(("-lb.xml", "-lc.xml", "/")))


def _encrypted(manifest: bytes) -> bool:
    return next(parse_xml(manifest).iter(q("manifest:encryption-data")), None) is not None
