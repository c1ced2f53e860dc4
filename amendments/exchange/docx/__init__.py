"""Word documents: Office Open XML, ECMA-376 5th edition
(https://ecma-international.org/publications-and-standards/standards/ecma-376/).

Section numbers in this package are those of Part 1. Read with lxml alone. Deviations: text boxes, pictures, headers,
footers, comments and tables of contents are left out and counted; automatic numbers of headings are not part of their
text.
"""

from amendments.exchange.docx.reader import read_docx

__all__ = ["read_docx"]
