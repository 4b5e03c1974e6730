"""Small makers: a test names only the field that matters."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from app.law.catalogue import get_law
from app.law.families import with_families
from app.law.rules import AssessedDuty, BasketClause, Buyer, Finding, Purchase, Report, assess, check
from app.law.vocabulary import BuyerKind, Kind, Nature, Piece

LAW: Final = get_law()
AFTER: Final = date(2026, 9, 1)
BEFORE: Final = date(2026, 7, 1)
TODAY: Final = date(2026, 11, 24)


def purchase(buyer: BuyerKind | None = BuyerKind.LOCAL_AUTHORITY, **facts: Any) -> Purchase:
    """School furniture for 90,000 €, by a town of 3,000, launched after the change of law."""
    about_buyer = {name: facts.pop(name) for name in ("population", "annual_purchases", "fleet_size") if name in facts}
    described: dict[str, Any] = {
        "object": "Fourniture de mobilier scolaire",
        "cpv": ("39160000",),
        "nature": Nature.SUPPLIES,
        "estimated_value": Decimal(90_000),
        "launch_date": AFTER,
        "buyer": Buyer(buyer, **{"population": 3000, "annual_purchases": Decimal(2_000_000), **about_buyer}),
    }
    return with_families(Purchase(**{**described, **facts}), LAW.families)


def assessed(code: str, about: Purchase) -> AssessedDuty:
    return next(duty for duty in assess(about, LAW, TODAY) if duty.code == code)


def clause(ident: str = "CEC-MOB-001", kind: Kind = Kind.PERFORMANCE_CONDITION, **facts: Any) -> BasketClause:
    """An environmental condition with a figure, a proof, a control and a penalty."""
    whole = BasketClause(
        id=ident,
        version=1,
        title="Part de meubles réemployés",
        kind=kind,
        pieces=(Piece.CCTP,),
        families=("mobilier",),
        requirement="mobilier.part-reemploi",
        text="Au moins 20 % du montant annuel porte sur des meubles réemployés. Le titulaire remet les factures.",
        has_evidence=True,
        has_control=True,
        has_penalty=True,
    )
    return replace(whole, **facts)


def criterion(ident: str = "CEC-MOB-020", **facts: Any) -> BasketClause:
    return clause(
        ident,
        Kind.AWARD_CRITERION,
        **{
            "pieces": (Piece.RC,),
            "requirement": "mobilier.garantie",
            "text": "La durée de garantie proposée, en mois, est notée sur 10.",
            "weight": Decimal(15),
            **facts,
        },
    )


def report(about: Purchase, *basket: BasketClause, **justifications: str) -> Report:
    return check(
        about, basket, LAW, LAW.charter, {name.replace("_", "-"): text for name, text in justifications.items()}
    )


def raised(found: Report, rule: str) -> list[Finding]:
    return [finding for finding in found.findings if finding.rule == rule]


def one(found: Report, rule: str) -> Finding:
    [finding] = raised(found, rule)
    return finding
