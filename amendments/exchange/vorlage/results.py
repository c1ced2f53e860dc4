"""The words for what a body decided, and the numbers in such words as papers print them (NORMS §5)."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """`adopted`: carried or not, None where nothing was decided (`noted`: only taken note of). Numbers are those that
    are known; `unanimous` where the words say so. `without_objection`: nobody asked for a vote.
    """

    adopted: bool | None = None
    yes: int | None = None
    no: int | None = None
    abstained: int | None = None
    present: int | None = None
    unanimous: bool = False
    without_objection: bool = False
    noted: bool = False


_NUMBER = r"(?<!\d)(?P<number>\d{1,6})(?!\d)"
_COUNTS = {
    "yes": (r"ja(?:-?stimmen?)?", r"dafür"),
    "no": (r"nein(?:-?stimmen?)?", r"gegenstimmen?", r"dagegen"),
    "abstained": (r"(?:stimm)?enthaltung(?:en)?", r"enth\."),
    "present": (r"anwesend(?:e)?",),
}
_NEGATED = re.compile(r"\b(?:abgelehnt|nicht (?:beschlossen|angenommen|empfohlen|zugestimmt))")
_CARRIED = re.compile(r"\b(?:beschlossen|angenommen|zugestimmt|empfohlen|empfehlung|zustimmung)")


def result_words(result: Result) -> str:
    """What a paper prints: "einstimmig bei 1 Enthaltung", "mehrheitlich abgelehnt (3 Ja, 17 Nein)"; empty if nothing
    is known. A vote is unanimous if nobody said no and somebody yes; a tie is rejected.
    """
    if result.noted:
        return "zur Kenntnis genommen"
    if result.without_objection:
        return "ohne Widerspruch angenommen"
    if result.yes is not None and result.no is not None:
        return _counted(result.yes, result.no, result.abstained or 0)
    if result.unanimous:
        said = "einstimmig" if result.adopted is not False else "einstimmig abgelehnt"
        return said + (f" bei {_abstentions(result.abstained)}" if result.abstained else "")
    return {True: "angenommen", False: "abgelehnt", None: ""}[result.adopted]


def _abstentions(number: int) -> str:
    return f"{number} Enthaltung{'en' if number > 1 else ''}"


def _counted(yes: int, no: int, abstained: int) -> str:
    if no == 0 < yes:
        return "einstimmig" + (f" bei {_abstentions(abstained)}" if abstained else "")
    numbers = f"{yes} Ja, {no} Nein" + (f", {_abstentions(abstained)}" if abstained else "")
    if yes > no:
        return f"mehrheitlich angenommen ({numbers})"
    how = "bei Stimmengleichheit" if yes == no else "mehrheitlich" if yes else "einstimmig"
    return f"{how} abgelehnt ({numbers})"


def read_result(words: str) -> Result:
    """What the words of a result say; an empty Result if they say nothing that is known."""
    said = " ".join(words.split()).casefold()
    counts = {name: _count(said, forms) for name, forms in _COUNTS.items()}
    yes, no, abstained = counts["yes"], counts["no"], counts["abstained"]
    if "ohne widerspruch" in said:
        return Result(adopted=True, without_objection=True)
    if "kenntnis" in said and yes is None:
        return Result(noted=True)
    unanimous = "einstimmig" in said
    if yes is not None and no is None and (unanimous or abstained is not None):
        no = 0
    adopted: bool | None = None
    if yes is not None and no is not None:
        adopted = yes > no
    elif _NEGATED.search(said):
        adopted = False
    elif unanimous or _CARRIED.search(said) or "mehrheitlich" in said:
        adopted = True
    return Result(adopted, yes, no, abstained, counts["present"], unanimous)


def _count(said: str, forms: tuple[str, ...]) -> int | None:
    """The number before its name ("22 Ja"), else the one behind it ("Ja 22", "Ja: 22")."""
    for form in forms:
        for pattern in (rf"{_NUMBER}\s*{form}(?!\w)", rf"(?<!\w)(?<!\d )(?<!\d){form}\s*:?\s*{_NUMBER}"):
            if (match := re.search(pattern, said)) is not None:
                return int(match["number"])
    return None
