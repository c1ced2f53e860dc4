"""A redline as an OpenDocument text with tracked changes (OpenDocument 1.3 Part 3 §5.5)."""

from amendments.exchange.redlines.odt.writer import to_odt

__all__ = ["to_odt"]
