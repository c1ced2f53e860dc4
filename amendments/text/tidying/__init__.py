"""Display only: runs made easier to read. Stored hunks stay as they are; `keep + delete` and `keep + insert` stay the
two texts. docs/engine.md says which pass comes when, and why.
"""

from amendments.text.tidying.passes import compare, tidy_runs

__all__ = ["compare", "tidy_runs"]
