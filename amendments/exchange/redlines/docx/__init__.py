"""A redline as a Word document with tracked changes (ISO/IEC 29500-1 §17.13)."""

from amendments.exchange.redlines.docx.writer import to_docx

__all__ = ["to_docx"]
