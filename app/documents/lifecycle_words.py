"""The life-cycle cost in plain French: the comparison in a sentence, the method as printed at the RC. Pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from app.documents.content import Blank, Block, Inlines, Items, Paragraph, Table, Value
from app.documents.context import citation
from app.documents.lifecycle import LifeCycleCost, Post
from app.law.facts import LawText
from app.law.phrases import NBSP, euros, listing, number

POST_LABELS: Final[dict[Post, str]] = {
    "acquisition": "Acquisition",
    "use": "Utilisation",
    "maintenance": "Maintenance",
    "end_of_life": "Fin de vie",
    "externalities": "Externalités environnementales",
}
_CONTENT: Final[dict[Post, str]] = {
    "acquisition": "Prix de l’offre, livraison et mise en service comprises",
    "use": "Énergie, eau et consommables",
    "maintenance": "Entretien, pièces et réparations",
    "end_of_life": "Collecte et recyclage, moins la reprise ou la revente",
    "externalities": "Effets sur l’environnement, chiffrés en euros",
}
_WHEN: Final[dict[Post, str]] = {
    "acquisition": "Au début, puis à chaque remplacement",
    "use": "Chaque année",
    "maintenance": "Chaque année",
    "end_of_life": "À chaque remplacement, puis au terme de la période",
    "externalities": "Chaque année",
}
_TITLE: Final = "Coût du cycle de vie"


def years(count: int) -> str:
    return f"{count}{NBSP}an{'s' if count > 1 else ''}"


def said(name: str) -> str:
    """« l’offre B » from « Offre B »; any other name between quotes."""
    return f"l’offre{name[5:]}" if name.startswith("Offre ") else f"«{NBSP}{name}{NBSP}»"


def sentence(offers: Sequence[LifeCycleCost], period: int) -> str:
    """« Sur 10 ans, l’offre B coûte 1 200 € de moins que l’offre A, bien qu’elle soit plus chère à l’achat. »"""
    over = f"Sur {years(period)}"
    ordered = sorted(offers, key=lambda offer: offer.total)
    first = ordered[0]
    if len(ordered) == 1:
        return f"{over}, {said(first.name)} coûte {_money(first.total)}, soit {_money(first.per_year)} par an."
    second = ordered[1]
    if first.total == second.total:
        level = [said(offer.name) for offer in ordered if offer.total == first.total]
        return f"{over}, {listing(level)} coûtent autant{NBSP}: {_money(first.total)}."
    gap = _money(second.total - first.total)
    dearer = _first_price(first) > _first_price(second)
    end = ", bien que son achat soit plus cher" if dearer else ""
    return f"{over}, {said(first.name)} coûte {gap} de moins que {said(second.name)}{end}."


def _first_price(offer: LifeCycleCost) -> Decimal:
    return offer.years[0].spent


def _money(amount: Decimal) -> str:
    return euros(amount.quantize(Decimal(1)) if abs(amount) >= 1000 else amount)  # noqa: PLR2004 (cents of thousands)


def method(
    texts: Mapping[str, LawText], period: int, rate: Decimal, posts: Sequence[Post], externalities: str
) -> tuple[Block, ...]:
    """The annex of the RC: the law asks that the method be published with the consultation."""
    kept = [post for post in POST_LABELS if post == "acquisition" or post in posts]
    rows: list[tuple[Inlines, ...]] = [
        ((POST_LABELS[post],), (_CONTENT[post],), (_WHEN[post],), (_source(post),)) for post in kept
    ]
    columns = ("Poste", "Ce qu’il comprend", "Moment", "Donnée")
    blocks: list[Block] = [
        Paragraph((_opening(texts),)),
        Paragraph(("La période d’étude est de ", Value(years(period)), ". ", *_discount(rate))),
        Table("Postes du coût du cycle de vie", columns, (20, 32, 25, 23), tuple(rows)),
        Items(tuple((line,) for line in calculation(rate)), ordered=True),
    ]
    if "externalities" in kept:
        given: Inlines = (
            (Value(externalities),)
            if externalities.strip()
            else (Blank("à compléter par l’acheteur\u00a0: méthode de chiffrage"),)
        )
        blocks.append(Paragraph(("Méthode de chiffrage des externalités\u00a0: ", *given)))
    blocks.append(Paragraph(("Le candidat justifie chaque donnée par un document technique ou par tout autre moyen.",)))
    return tuple(blocks)


def _opening(texts: Mapping[str, LawText]) -> str:
    covered, published = (citation(texts[ident]) for ident in ("ccp-r2152-9", "ccp-r2152-10"))
    return (
        "Les offres sont comparées sur leur coût pendant toute leur vie, et non sur leur seul prix d’achat "
        f"({covered}). La méthode ci-dessous est la même pour tous les candidats ({published})."
    )


def _source(post: Post) -> str:
    return "Prix de l’offre" if post == "acquisition" else "Cadre de réponse du candidat"


def _discount(rate: Decimal) -> Inlines:
    if rate == 0:
        return ("Les montants ne sont pas actualisés.",)
    return (
        "Les montants sont actualisés au taux de ",
        Value(f"{number(rate)}{NBSP}%"),
        " par an, fixé par l’acheteur.",
    )


def calculation(rate: Decimal) -> tuple[str, ...]:
    discount = (
        () if rate == 0 else ("Un montant payé à la fin de l’année n est divisé par (1 + taux) à la puissance n.",)
    )
    return (
        "Les montants sont en euros hors taxes, pour la quantité entière du devis estimatif.",
        "L’acquisition compte au début de la période\u202f; les dépenses annuelles comptent à la fin de chaque année.",
        "Une offre qui dure moins que la période est achetée de nouveau à la fin de sa vie, au même prix.",
        "La durée de vie qui reste au terme de la période n’est pas déduite.",
        *discount,
        "Le coût du cycle de vie est la somme des postes, arrondie au centime.",
    )
