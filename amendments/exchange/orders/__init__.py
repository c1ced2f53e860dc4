"""Amendment orders in the prose of a mail: `read_mail(base, mail)` gives, in order, the orders that were understood,
each with its hunks, and the words that are left.

Tolerant of how something is said, strict about what is meant: a sentence with a word that is not known, a place that
may mean two, words that stand twice or not at all is no order but comes back with the sentence why.
"""

from amendments.exchange.orders.found import Kind, Left, Piece, Recognised
from amendments.exchange.orders.reading import read_mail

__all__ = ["Kind", "Left", "Piece", "Recognised", "read_mail"]
