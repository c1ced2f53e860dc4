"""The one file that knows diff-match-patch: which letters two forms of a word share."""

from diff_match_patch import diff_match_patch

_engine = diff_match_patch()
_engine.Diff_Timeout = 0  # by the clock the same input could give two redlines


def shared_ends(old: str, new: str) -> tuple[int, int] | None:
    """Letters shared at the beginning and at the end when the words differ in one place only, else None."""
    pieces = _engine.diff_main(old, new, False)
    kept = [number for number, (op, _) in enumerate(pieces) if op == 0]
    changed = [number for number, (op, _) in enumerate(pieces) if op != 0]
    if not kept or not changed or changed[-1] - changed[0] + 1 != len(changed):
        return None
    prefix = len(pieces[0][1]) if pieces[0][0] == 0 else 0
    suffix = len(pieces[-1][1]) if pieces[-1][0] == 0 else 0
    return prefix, suffix
