"""Files that people, or somebody who means harm, could hand in: made here, one for each way to be wrong.

`BAD_FILES` are refused with a sentence; `LURES` can be read, and lead to a server or to a file that nobody may touch.
"""

from benchmarks.bad_files.lures import LURES, SECRET, Lure
from benchmarks.bad_files.making import TEXT, overlapping, word
from benchmarks.bad_files.table import BAD_FILES, Bad, put

__all__ = ["BAD_FILES", "LURES", "SECRET", "TEXT", "Bad", "Lure", "overlapping", "put", "word"]
