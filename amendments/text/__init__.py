"""The text engine: pure values in, pure values out. See docs/engine.md.

Five rules: no Flask, no database, no clock, no settings, nothing that changes a value it was handed.
"""

from amendments.text.agenda import Consequence, Ranked, Reason, Scope, consequences, far_reaching
from amendments.text.aligning import Alignment, align
from amendments.text.applying import apply, apply_edits
from amendments.text.carrying import Carried, CarryOver, Outcome, carry_over
from amendments.text.checking import Misfit, MisfitError, check
from amendments.text.collisions import connected
from amendments.text.comparing import diff, redline
from amendments.text.diff import diff_paragraph, diff_rich
from amendments.text.door import has_bidi_controls, normalise
from amendments.text.excerpts import Excerpt, Excerpts
from amendments.text.hunks import (
    START,
    Delete,
    Edit,
    Gap,
    Hunk,
    Insert,
    Join,
    Move,
    Replace,
    Retype,
    Split,
    hunk_from_json,
    hunk_to_json,
    hunks_hash,
)
from amendments.text.kinds import german_kind
from amendments.text.lines import LINE_LENGTH, line_starts
from amendments.text.matching import Unsure
from amendments.text.merging import Alternative, Collision, Merge, merge
from amendments.text.model import (
    CELL,
    Content,
    Head,
    Kind,
    Mark,
    MarkName,
    Paragraph,
    Rich,
    Text,
    concat,
    content_from_json,
    content_to_json,
    literal_content,
    literal_head,
    new_identity,
    plain,
    text_hash,
    text_of,
)
from amendments.text.outcomes import Outcomes, outcomes
from amendments.text.parsing import parse
from amendments.text.parting import part
from amendments.text.redline import Change, Node, Op, Redline, Run
from amendments.text.references import LooseEnd, LooseEndKind, loose_ends
from amendments.text.relations import Grade, Place, Relation, relations
from amendments.text.relations import Kind as RelationKind
from amendments.text.repeats import repeated
from amendments.text.sentences import clause_starts, sentence_starts
from amendments.text.tidying import compare, tidy_runs

__all__ = [
    "CELL", "LINE_LENGTH", "START", "Alignment", "Alternative", "Carried", "CarryOver", "Change", "Collision",
    "Consequence", "Content", "Delete", "Edit", "Excerpt", "Excerpts", "Gap",
    "Grade", "Head", "Hunk", "Insert", "Join", "Kind", "LooseEnd",
    "LooseEndKind", "Mark",
    "MarkName", "Merge", "Misfit", "MisfitError", "Move", "Node", "Op", "Outcome", "Outcomes", "Paragraph", "Place",
    "Ranked", "Reason", "Redline", "Relation", "RelationKind", "Replace", "Retype", "Rich", "Run", "Scope", "Split",
    "Text", "Unsure", "align", "apply", "apply_edits", "carry_over", "check", "clause_starts", "compare", "concat",
    "connected", "consequences",
    "content_from_json", "content_to_json", "diff", "diff_paragraph", "diff_rich", "far_reaching", "german_kind",
    "has_bidi_controls", "hunk_from_json", "hunk_to_json", "hunks_hash", "line_starts", "literal_content",
    "literal_head", "loose_ends", "merge", "new_identity", "normalise", "outcomes", "parse", "part", "plain", "redline",
    "relations",
    "repeated",
    "sentence_starts",
    "text_hash", "text_of", "tidy_runs",
]  # fmt: skip
