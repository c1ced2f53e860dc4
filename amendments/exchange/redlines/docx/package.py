"""The file around the text: python-docx opens the template, its styles and parts are what ours are put into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from docx.document import Document as Template
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from amendments.exchange.redlines.docx.body import Styles
from amendments.exchange.redlines.docx.letterhead import opened, our_own, put_text
from amendments.exchange.redlines.docx.properties import custom_part
from amendments.exchange.redlines.docx.xml import NAMESPACES, moment
from amendments.exchange.redlines.remarks import Comment

_NUMBERING = f"<w:numbering {NAMESPACES}/>"
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)
_FOOTNOTES = f"<w:footnotes {NAMESPACES}>{_SEPARATORS}</w:footnotes>"
_BEFORE_TRACKING = frozenset(
    ("writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime",
     "doNotDisplayPageBoundaries", "displayBackgroundShape", "printPostScriptOverText",
     "printFractionalCharacterWidth", "printFormsData", "embedTrueTypeFonts", "embedSystemFonts",
     "saveSubsetFonts", "saveFormsData", "mirrorMargins", "alignBordersAndEdges",
     "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop", "hideSpellingErrors",
     "hideGrammaticalErrors", "activeWritingStyle", "proofState", "formsDesign", "attachedTemplate",
     "linkStyles", "stylePaneFormatFilter", "stylePaneSortMethod", "documentType", "mailMerge",
     "revisionView")
)  # fmt: skip
"""Settings that stand before the one that tracks changes (§17.15.1.78)."""


@dataclass
class File:
    """A document that is being made."""

    document: Template

    @classmethod
    def of(cls, template: bytes | None, language: str) -> File:
        """Raises Unreadable or TooLarge where the template is no harmless Word document."""
        return cls(our_own(language) if template is None else opened(template))

    # --- parts

    def link(self, address: str) -> str:
        return self.document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    def _part(self, kind: str, name: str, content_type: str, new: str) -> XmlPart:
        """The part of a kind, in which elements can be put; made as `new` where the template has none."""
        package, relations = self.document.part.package, self.document.part.rels
        number = next((each.rId for each in relations.values() if each.reltype == kind), None)
        known = None if number is None else relations[number].target_part
        if isinstance(known, XmlPart):
            return known
        part = XmlPart(
            known.partname if known else PackURI(name), content_type, parse_xml(known.blob if known else new), package
        )
        for each in known.rels.values() if known else ():
            target = each.target_ref if each.is_external else each.target_part
            part.load_rel(each.reltype, target, each.rId, each.is_external)
        if number is not None:
            del relations[number]
        self.document.part.relate_to(part, kind)
        return part

    @property
    def _lists(self) -> etree._Element:
        kind, content_type = RELATIONSHIP_TYPE.NUMBERING, CONTENT_TYPE.WML_NUMBERING
        element: etree._Element = self._part(kind, "/word/numbering.xml", content_type, _NUMBERING).element
        return element

    @property
    def _notes(self) -> XmlPart:
        return self._part(RELATIONSHIP_TYPE.FOOTNOTES, "/word/footnotes.xml", CONTENT_TYPE.WML_FOOTNOTES, _FOOTNOTES)

    def first_numbers(self) -> tuple[int, int]:
        """The first free number of an abstract list and of a list."""
        part = self._lists
        return (
            _free(part.iterfind(qn("w:abstractNum")), "w:abstractNumId"),
            _free(part.iterfind(qn("w:num")), "w:numId"),
        )

    def put_lists(self, abstract: Sequence[str], instances: Sequence[str]) -> None:
        """Every abstract list has to stand before every other one (§17.9.16)."""
        part = self._lists
        first = part.find(qn("w:num"))
        for element in _elements(abstract):
            part.append(element) if first is None else first.addprevious(element)
        for element in _elements(instances):
            part.append(element)

    def first_note(self) -> int:
        """The first free number of a footnote."""
        return _free(self._notes.element.iterfind(qn("w:footnote")), "w:id")

    def put_notes(self, notes: str) -> None:
        """Behind those of the template, and the separators Word wants to be there."""
        self._notes.element.extend(_elements([notes]))

    def link_of_note(self, address: str) -> str:
        return self._notes.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    def first_change(self) -> int:
        """The first free number of a tracked change or a bookmark."""
        parts = (part.element for part in self.document.part.package.iter_parts() if isinstance(part, XmlPart))
        found = (element.get(qn("w:id"), "") for part in parts for element in part.iter(etree.Element))
        return max((int(number) for number in found if number.isdecimal()), default=0) + 1

    def first_comment(self) -> int:
        """The first free number of a comment."""
        relations = self.document.part.rels.values()
        if not any(each.reltype == RELATIONSHIP_TYPE.COMMENTS for each in relations):
            return 0
        return max((comment.comment_id for comment in self.document.comments), default=-1) + 1

    def put_comments(self, comments: Iterable[Comment], styles: Styles) -> None:
        for comment in comments:
            put = self.document.comments  # made with the first one
            element = put.add_comment("\n".join(comment.lines), comment.author, "")._comment_elm  # noqa: SLF001 - no public way to date it
            element.set(qn("w:id"), str(comment.number))
            for style in element.iter(qn("w:pStyle"), qn("w:rStyle")):
                style.set(qn("w:val"), styles.comment_text if style.tag == qn("w:pStyle") else styles.comment)
            if comment.at:
                element.set(qn("w:date"), moment(comment.at))

    def put_body(self, xml: str) -> None:
        put_text(self.document.element.body, _elements([xml]))

    def put_properties(self, properties: Sequence[tuple[str, str]]) -> None:
        package = self.document.part.package
        kind = RELATIONSHIP_TYPE.CUSTOM_PROPERTIES
        known = [number for number, relation in package.rels.items() if relation.reltype == kind]
        if not known and not properties:
            return
        found = [package.rels.pop(number).target_part.blob for number in known]
        data = custom_part(found[0] if found else None, properties)
        part = Part(PackURI("/docProps/custom.xml"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, data, package)
        package.relate_to(part, kind)

    def track_on(self) -> None:
        """What is changed in the file from now on is tracked too."""
        settings = self.document.settings.element
        if settings.find(qn("w:trackRevisions")) is None:
            before = [rank for rank, each in enumerate(settings, 1) if etree.QName(each).localname in _BEFORE_TRACKING]
            settings.insert(max(before, default=0), settings.makeelement(qn("w:trackRevisions")))

    def saved(self, title: str, language: str, at: datetime | None) -> bytes:
        properties = self.document.core_properties
        properties.title, properties.language = title, language
        if at is not None:
            properties.created = properties.modified = at.astimezone(UTC)
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()


def _elements(parts: Iterable[str]) -> list[etree._Element]:
    return list(parse_xml(f"<w:x {NAMESPACES}>{''.join(parts)}</w:x>"))


def _free(elements: Iterable[etree._Element], name: str) -> int:
    return max((int(element.get(qn(name), "0")) for element in elements), default=0) + 1
