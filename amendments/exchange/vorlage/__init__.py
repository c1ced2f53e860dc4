"""The Sitzungsvorlage: its head and its parts recognised in a file that was read, and printed in the same order.

Owns the words by which towns name the fields, the table of consultations, and the results that stand in it.
"""

from amendments.exchange.vorlage.paper import Found, Paper, PlannedConsultation, Role, Section, Unread
from amendments.exchange.vorlage.reading import recognised
from amendments.exchange.vorlage.results import Result, read_result, result_words
from amendments.exchange.vorlage.writing import contents, lines, rows

__all__ = [
    "Found", "Paper", "PlannedConsultation", "Result", "Role", "Section", "Unread", "contents", "lines", "read_result",
    "recognised", "result_words", "rows",
]  # fmt: skip
