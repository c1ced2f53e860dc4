"""Whatever can be asked for any paragraph by the propose page: a wish that fits and can be shown, or one sentence."""

from itertools import product

import pytest

from amendments import text as engine
from amendments.errors import InvalidInput
from amendments.proposals.asking import KINDS, Ask, hunks_of
from amendments.proposals.storing import MISFITS
from amendments.proposals.wording import Op
from amendments.text.model import CELL, Kind
from amendments.workplaces.passages import redline_of

BASE = engine.text_of(
    [
        engine.plain("Leitlinien", Kind.HEADING, 1),
        engine.plain("Die Stadt fördert Sprache. Sie hilft allen, die kommen."),
        engine.plain("Erstens", Kind.LIST_ITEM, 1, list="bullet"),
        engine.plain("Zweitens", Kind.LIST_ITEM, 2, list="bullet"),
        engine.plain(CELL.join(("Was", "Wer")), Kind.TABLE_ROW, 0, table="1", header="1"),
        engine.plain(CELL.join(("Kurs", "")), Kind.TABLE_ROW, 0, table="1"),
        engine.plain("", Kind.PARAGRAPH),
        engine.plain("Schluss."),
    ]
)
NAMES = ["", "nowhere", *(paragraph.identity for paragraph in BASE)]
WORDINGS = [
    "",
    " \n\n ",
    "Neu",
    "Zwei\nZeilen",
    "Zwei\n\nAbsätze",
    f"Zelle{CELL}Zelle",
    "\u202eneu\u202c",
    "x" * 50_001,
]


def wishes(op):
    """Everything a form could send for this kind of wish."""
    if op is Op.MOVE:
        more = [{"last": last, "after": after} for last in NAMES for after in NAMES]
    elif op is Op.SPAN:
        more = [{"last": last, "wording-0": "Neu", "together": "1"} for last in NAMES]
        more += [{"last": last, "wording-0": wording} for last in NAMES for wording in WORDINGS[:6]]
    elif op in (Op.SPLIT, Op.JOIN):
        more = [{"offset": offset} for offset in ("", "0", "1", "3", "5", "10", "26", "999999", "-1")]
    elif op is Op.RETYPE:
        more = [{"kind": kind} for kind in (*KINDS, "table_row", "")]
    else:
        more = [{"wording": wording, "cell-0": wording, "kind": kind} for wording in WORDINGS for kind in KINDS]
        more += [{"wording": "Neu", "start": start, "end": end} for start in ("", "0", "9") for end in ("", "3", "99")]
    return [{"op": op, "paragraph": name} | one for name, one in product(NAMES, more)]


def sentence_or_hunks(wish):
    """("", hunks), or what the form says instead."""
    try:
        return "", hunks_of(BASE, Ask.of({name: str(value) for name, value in wish.items()}))
    except InvalidInput as error:
        return str(error.message), ()


def fits(hunks):
    try:
        engine.check(BASE, hunks)
    except engine.MisfitError as error:
        return error.misfit in MISFITS  # the service has a sentence for it
    return True


@pytest.mark.parametrize("op", list(Op))
def test_every_wish_fits_or_is_refused(op):
    made = 0
    for wish in wishes(op):
        sentence, hunks = sentence_or_hunks(wish)
        assert bool(sentence.endswith(".")) != bool(hunks), wish
        if hunks:
            made += 1
            assert redline_of(BASE, hunks) is not None, wish
            assert fits(hunks), wish
    assert made
