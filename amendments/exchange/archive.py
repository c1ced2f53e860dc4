"""ZIP containers (PKWARE APPNOTE 6.3.10) from strangers, checked before anything is unpacked, and XML from inside of
them.

Python before 3.11.8 unpacks overlapping entries (CVE-2024-0450: 19 kB become gigabytes), and sizes in headers may lie:
so entries must lie one behind the other, and unpacking counts what really comes out.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from lxml import etree

from amendments.errors import TooLarge, Unreadable
from amendments.exchange.limits import MAX_ENTRIES, MAX_RATIO, MAX_TAGS, MAX_UNPACKED
from amendments.exchange.words import N_, Sentence

DAMAGED = N_("Die Datei ist beschädigt oder unvollständig. Bitte speichern Sie sie in Ihrem Schreibprogramm neu.")
PACKED = N_(
    "Die Datei ist auffällig gepackt und wird nicht geöffnet. Bitte speichern Sie sie in Ihrem Schreibprogramm neu."
)
UNPACKED = N_("Die Datei ist entpackt größer als 50 MB. Bitte entfernen Sie die Bilder oder teilen Sie die Datei.")
ENCRYPTED = N_("Die Datei ist mit einem Kennwort geschützt. Bitte speichern Sie sie ohne Kennwort.")
TOO_MUCH = N_("Die Datei ist zu umfangreich. Bitte teilen Sie sie in mehrere Texte.")
FOREIGN_XML = N_(
    "Die Datei enthält eine Dokumenttyp-Angabe, die in Büro-Dateien verboten ist. Bitte speichern Sie sie neu."
)

_LOCAL_HEADER = struct.Struct("<4s22xHH")
_SMALL = 100_000
"""Bytes below which one entry's ratio says nothing: a blank page of spaces packs well too."""
_CHUNK = 65_536


class Archive:
    """An archive that passed the checks. `names` are its entries; `read` unpacks one. Raises Unreadable or TooLarge."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, struct.error) as error:
            raise Unreadable(Sentence(DAMAGED)) from error
        self._left = MAX_UNPACKED
        _check(self._zip, data)
        self.names = frozenset(self._zip.namelist())

    def read(self, name: str) -> bytes:
        """The bytes of an entry. Raises Unreadable when there is none."""
        chunks: list[bytes] = []
        try:
            with self._zip.open(name) as stream:
                while chunk := stream.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise TooLarge(Sentence(UNPACKED))
                    chunks.append(chunk)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, RuntimeError) as error:
            raise Unreadable(Sentence(DAMAGED)) from error
        return b"".join(chunks)


def _check(archive: zipfile.ZipFile, data: bytes) -> None:
    entries = archive.infolist()
    names = [entry.filename.lower() for entry in entries]
    if len(entries) > MAX_ENTRIES or len(set(names)) < len(names):
        raise Unreadable(Sentence(PACKED))
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(Sentence(ENCRYPTED))
    if any(
        name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or "\x00" in name for name in names
    ):
        raise Unreadable(Sentence(PACKED))
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise Unreadable(Sentence(PACKED))
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise TooLarge(Sentence(UNPACKED))
    if any(entry.file_size > max(_SMALL, MAX_RATIO * entry.compress_size) for entry in entries):
        raise Unreadable(Sentence(PACKED))
    _check_places(entries, data, archive.start_dir)


def _check_places(entries: list[zipfile.ZipInfo], data: bytes, directory: int) -> None:
    """Every entry ends before the next begins, the last before the directory."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        start = entry.header_offset
        if start < end or start + _LOCAL_HEADER.size > len(data):
            raise Unreadable(Sentence(PACKED))
        sign, name_length, extra_length = _LOCAL_HEADER.unpack_from(data, start)
        if sign != b"PK\x03\x04":
            raise Unreadable(Sentence(DAMAGED))
        end = start + _LOCAL_HEADER.size + name_length + extra_length + entry.compress_size
    if end > directory:
        raise Unreadable(Sentence(PACKED))


def parse_xml(data: bytes) -> etree._Element:
    """The root of an XML part. No entity is resolved, nothing fetched, no document type allowed (ECMA-376 Part 2
    §7.2.3.1).
    """
    if data.count(b"<") > MAX_TAGS:
        raise TooLarge(Sentence(TOO_MUCH))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(Sentence(FOREIGN_XML if b"<!DOCTYPE" in data[:10_000] else DAMAGED)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(Sentence(FOREIGN_XML))
    return root
