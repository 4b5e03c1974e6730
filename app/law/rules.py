"""The seam of the law room: the pure values and questions that other rooms use, in one place."""

from app.law.assessing import AssessedDuty, Outcome, assess
from app.law.facts import Charter, Law
from app.law.findings import BasketClause, Finding, Report, Summary
from app.law.purchase import Buyer, Purchase
from app.law.rules_check import check
from app.law.rules_purchase import environmental_considerations

__all__ = [
    "AssessedDuty",
    "BasketClause",
    "Buyer",
    "Charter",
    "Finding",
    "Law",
    "Outcome",
    "Purchase",
    "Report",
    "Summary",
    "assess",
    "check",
    "environmental_considerations",
]
