"""Forwarding a document, and keeping the register of measures."""

from amendments.forwarding.services.forwarding import Signed, forward, sign_off, take_back
from amendments.forwarding.services.measures import Planned, plan_measure, report_measure, take_up_measures

__all__ = [
    "Planned",
    "Signed",
    "forward",
    "plan_measure",
    "report_measure",
    "sign_off",
    "take_back",
    "take_up_measures",
]
