"""Two whole texts compared: the short way to what `align` knows of them."""

from __future__ import annotations

from amendments.text.aligning import align
from amendments.text.hunks import Edit
from amendments.text.model import Text
from amendments.text.redline import Redline


def diff(old: Text, new: Text, seed: str = "diff") -> Edit:
    """What turns `old` into exactly `new`, as one edit in places of `old`. Its hunks may meet in one gap.

    Paragraphs are matched by what they say, as by `align`; the identities of `new` play no part. `seed` names the edit,
    and new identities derive from it. Linear where the texts are versions of one document.
    """
    return align(old, [paragraph.content for paragraph in new], seed).edit


def redline(old: Text, new: Text, seed: str = "diff") -> Redline:
    """`diff`, applied: `.reject()` is `old` and `.accept()` is `new`, paragraph by paragraph and byte for byte."""
    return align(old, [paragraph.content for paragraph in new], seed).redline
