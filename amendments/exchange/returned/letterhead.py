"""What the letterhead says around the text is nobody's wish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from amendments.exchange.remarks import Remark
from amendments.exchange.returned.file import Alone, Contents, Returned
from amendments.exchange.words import NN_, counted
from amendments.text.model import Kind

LEFT_OUT = NN_("%(num)d Absatz des Briefkopfs nicht übernommen.", "%(num)d Absätze des Briefkopfs nicht übernommen.")


def without_letterhead(found: Returned) -> Returned:
    """A file of ours without the paragraphs that it says are its letterhead's: those before the text, and those behind
    it, where they stand to the letter in everybody's reading. Else somebody changed them, and everything stays.
    """
    letterhead = found.before.letterhead
    if letterhead is None:
        return found
    readings = [found.before.contents, found.whole, *(each.contents for each in found.alone)]
    readings += [each.ground for each in found.alone if each.ground]
    before, behind = map(min, zip(*map(letterhead.found_in, readings), strict=True))
    if not before + behind:
        return found
    left = _left(found.before.contents, before, behind)
    notes = (*found.before.notes, counted(before + behind, *LEFT_OUT))
    remarks = tuple(_moved(remark, left) for remark in found.before.remarks)

    def cut(contents: Contents) -> Contents:
        return tuple(contents[rank] for rank in _left(contents, before, behind))

    return Returned(
        replace(found.before, contents=cut(found.before.contents), notes=notes, remarks=remarks),
        cut(found.whole),
        tuple(Alone(each.author, cut(each.contents), cut(each.ground)) for each in found.alone),
    )


def _left(contents: Contents, before: int, behind: int) -> dict[int, int]:
    """Ranks of what is left to the ranks it has then; notes stand behind all paragraphs."""
    body = sum(content.head.kind is not Kind.FOOTNOTE for content in contents)
    ranks = (rank for rank in range(before, len(contents)) if not body - behind <= rank < body)
    return {rank: number for number, rank in enumerate(ranks)}


def _moved(remark: Remark, left: Mapping[int, int]) -> Remark:
    """What is said about the letterhead is said about no paragraph."""
    if remark.paragraph in left:
        return replace(remark, paragraph=left[remark.paragraph])
    return replace(remark, paragraph=-1, start=0, end=0)
