"""Texts and proposals in Akoma Ntoso 3.0 (OASIS LegalDocML, part 2): for programs that know laws and papers."""

from amendments.exchange.akoma.document import to_akoma
from amendments.exchange.akoma.listing import to_amendment_list
from amendments.exchange.akoma.values import Amendment, AmendmentList, Edition, Passage, Sources, Verdict, Work

__all__ = [
    "Amendment",
    "AmendmentList",
    "Edition",
    "Passage",
    "Sources",
    "Verdict",
    "Work",
    "to_akoma",
    "to_amendment_list",
]
