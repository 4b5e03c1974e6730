"""French sentences about this purchase: why a condition holds, and what an unknown fact would change."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from app.law.conditions import Case, Verdict, is_always, judge, possible_thresholds
from app.law.facts import Condition
from app.law.vocabulary import NATURE_LABELS, BuyerKind, Nature

NBSP: Final = "\u00a0"
_FEW: Final = 2
_MONTHS: Final = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
)
_PROCEDURES: Final = {
    "none": "sans publicité ni mise en concurrence",
    "adapted": "en procédure adaptée",
    "formal": "en procédure formalisée",
}
_MEASURES: Final[Mapping[str, tuple[str, str]]] = {
    "buyer.annual_purchases": ("les achats annuels", "€ HT"),
    "buyer.fleet_size": ("le parc de véhicules", "véhicules"),
    "buyer.population": ("la population", "habitants"),
    "duration_months": ("la durée", "mois"),
    "estimated_value": ("le montant estimé", "€ HT"),
    "floor_area": ("la surface de plancher", "m²"),
}


def number(value: Decimal | int) -> str:
    """216 000 or 37,4, with the spaces that do not break."""
    text = f"{Decimal(value):,f}".replace(",", NBSP)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")


def euros(value: Decimal | int) -> str:
    return f"{number(value)}{NBSP}€"


def day(when: date) -> str:
    first = "1ᵉʳ" if when.day == 1 else str(when.day)
    return f"{first}{NBSP}{_MONTHS[when.month - 1]} {when.year}"


def listing(words: list[str], last: str = "et") -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def because(condition: Condition, case: Case, *, holds: bool) -> list[str]:
    """The facts of the purchase that decide a known verdict, as bits of sentence."""
    if is_always(condition):
        return ["tous les acheteurs sont concernés"]
    if condition.not_ is not None:
        return because(condition.not_, case, holds=not holds)
    children = condition.all or condition.any
    if not children:
        return [_stated(condition, case, holds=holds)]
    deciding = [child for child in children if judge(child, case) is holds]
    one_is_enough = bool(condition.any) == holds
    said = [bit for child in (deciding[:1] if one_is_enough else deciding) for bit in because(child, case, holds=holds)]
    return list(dict.fromkeys(bit for bit in said if bit))


def supposing(leaf: Condition, case: Case, *, holds: bool) -> str:
    """« si … » for a leaf that nobody knows yet."""
    if leaf.ask:
        return f"si {leaf.ask}" if holds else f"si {leaf.ask_not}"
    if leaf.fact in _MEASURES:
        return f"si {_measured(leaf, case, holds=holds)}"
    return f"si {_SUPPOSED[str(leaf.fact)](leaf, case, holds)}"


def _bound(leaf: Condition, case: Case) -> str:
    unit = _MEASURES[str(leaf.fact)][1]
    if isinstance(leaf.at_least, str):
        amounts = sorted(value for value in possible_thresholds(leaf.at_least, case) if value is not None)
        name = "le seuil européen" if leaf.at_least == "european" else "le seuil de mise en concurrence"
        if not amounts:
            return f"{name} en vigueur à la date de lancement"
        if len(amounts) > _FEW:
            most = f"{number(amounts[-1])}{NBSP}{unit}"
            return f"{name} (de {number(amounts[0])} à {most} selon l’acheteur et la nature du marché)"
        return f"{name} de {listing([number(a) for a in amounts], 'ou')}{NBSP}{unit}"
    bound = next(b for b in (leaf.at_least, leaf.more_than, leaf.less_than) if isinstance(b, Decimal))
    return f"{number(bound)}{NBSP}{unit}"


def _measured(leaf: Condition, case: Case, *, holds: bool) -> str:
    """« le montant estimé atteint 216 000 € HT », whichever way the leaf compares."""
    subject = _MEASURES[str(leaf.fact)][0]
    above = holds if leaf.less_than is None else not holds
    if leaf.more_than is not None:
        verb = "dépasse" if above else "ne dépasse pas"
    else:
        verb = "atteint" if above else "reste sous"
    if subject.startswith("les "):
        verb = {
            "dépasse": "dépassent",
            "ne dépasse pas": "ne dépassent pas",
            "atteint": "atteignent",
            "reste sous": "restent sous",
        }[verb]
    return f"{subject} {verb} {_bound(leaf, case)}"


def _given(leaf: Condition, case: Case) -> str:
    """The figure that the buyer gave, for the reason of a known verdict."""
    purchase = case.purchase
    value = {
        "buyer.annual_purchases": purchase.buyer.annual_purchases,
        "buyer.fleet_size": purchase.buyer.fleet_size,
        "buyer.population": purchase.buyer.population,
        "duration_months": purchase.duration_months,
        "estimated_value": purchase.estimated_value,
        "floor_area": purchase.floor_area,
    }[str(leaf.fact)]
    return "" if value is None else f" ({number(value)}{NBSP}{_MEASURES[str(leaf.fact)][1]})"


def _stated(leaf: Condition, case: Case, *, holds: bool) -> str:
    if leaf.ask and leaf.fact is None:
        return leaf.ask if holds else leaf.ask_not
    if leaf.fact in _MEASURES:
        measured = _measured(leaf, case, holds=holds)
        subject = _MEASURES[str(leaf.fact)][0]
        return measured.replace(subject, f"{subject}{_given(leaf, case)}", 1)
    return _STATED[str(leaf.fact)](leaf, case, holds)


_BUYERS: Final = {
    BuyerKind.STATE: "l’État",
    BuyerKind.LOCAL_AUTHORITY: "une collectivité territoriale ou un groupement",
    BuyerKind.PUBLIC_ESTABLISHMENT: "un établissement public",
    BuyerKind.CONTRACTING_ENTITY: "une entité adjudicatrice",
}


def _buyer(leaf: Condition, case: Case, holds: bool) -> str:  # noqa: FBT001
    kind = case.purchase.buyer.kind
    if kind is not None:
        return f"l’acheteur est {_BUYERS[kind]}"
    kinds = [_BUYERS[BuyerKind(code)] for code in leaf.in_]
    if holds:
        return f"l’acheteur est {listing(kinds, 'ou')}"
    return f"l’acheteur n’est ni {' ni '.join(kinds)}" if len(kinds) > 1 else f"l’acheteur n’est pas {kinds[0]}"


def _nature(leaf: Condition, case: Case, holds: bool) -> str:  # noqa: FBT001
    nature = case.purchase.nature
    if nature is not None:
        return f"c’est un marché de {NATURE_LABELS[nature].lower()}"
    natures = listing([NATURE_LABELS[Nature(code)].lower() for code in leaf.in_], "ou")
    return f"c’est un marché de {natures}" if holds else f"ce n’est pas un marché de {natures}"


def _procedure(leaf: Condition, case: Case, holds: bool) -> str:  # noqa: FBT001
    known = case.purchase.procedure
    if known is not None:
        return f"le marché est passé {_PROCEDURES[known]}"
    ways = listing([_PROCEDURES[code] for code in leaf.in_], "ou")
    return f"le marché {'est' if holds else 'n’est pas'} passé {ways}"


def _competition(leaf: Condition, case: Case, holds: bool) -> str:  # noqa: FBT001
    there_is = holds == leaf.is_
    amounts = sorted(value for value in possible_thresholds("dispense", case) if value is not None)
    above = f" (obligatoire dès {listing([euros(a) for a in amounts], 'ou')} HT)" if amounts else ""
    return f"le marché est passé {'avec' if there_is else 'sans'} mise en concurrence{above if there_is else ''}"


def _families(leaf: Condition, case: Case, holds: bool) -> str:  # noqa: FBT001
    wanted = [code for code in leaf.in_ if code in case.purchase.families] if holds else []
    names = [f"«{NBSP}{case.law.family_label(code)}{NBSP}»" for code in (wanted or leaf.in_)]
    return f"l’achat {'relève' if holds else 'ne relève pas'} de la famille {listing(names, 'ou')}"


def _codes(case: Case) -> str:
    codes = list(case.purchase.cpv)
    return f"{'le code CPV' if len(codes) == 1 else 'les codes CPV'} {listing(codes)}" if codes else "le code CPV"


def _cpv(leaf: Condition, case: Case, holds: bool) -> str:  # noqa: FBT001
    if leaf.ask and case.purchase.cpv:
        return f"{leaf.ask if holds else leaf.ask_not} ({_codes(case).removeprefix('le ').removeprefix('les ')})"
    if leaf.ask:
        return leaf.ask if holds else leaf.ask_not
    plural = len(case.purchase.cpv) > 1
    verb = ("relèvent" if plural else "relève") if holds else ("ne relèvent pas" if plural else "ne relève pas")
    return f"{_codes(case)} {verb} des produits visés"


def _agec(leaf: Condition, case: Case, holds: bool) -> str:  # noqa: FBT001
    if not case.purchase.cpv:
        verb = "relève" if holds == leaf.is_ else "ne relève pas"
        return f"l’achat {verb} d’une des 17{NBSP}catégories du décret n°{NBSP}2024-134"
    verb = "correspond" if holds == leaf.is_ else "ne correspond"
    which = "à l’une" if holds == leaf.is_ else "à aucune"
    return (
        f"{_codes(case)} {verb} {which} des 17{NBSP}catégories du décret n°{NBSP}2024-134 (correspondance indicative)"
    )


def _defence(leaf: Condition, _: Case, holds: bool) -> str:  # noqa: FBT001
    return "c’est un marché de défense ou de sécurité" if holds == leaf.is_ else "ce n’est pas un marché de défense"


def _object(leaf: Condition, _: Case, holds: bool) -> str:  # noqa: FBT001
    return leaf.ask if holds else leaf.ask_not


Phrase = Callable[[Condition, Case, bool], str]
_STATED: Final[Mapping[str, Phrase]] = {
    "agec": _agec,
    "buyer.kind": _buyer,
    "competition": _competition,
    "cpv": _cpv,
    "defence": _defence,
    "families": _families,
    "nature": _nature,
    "object": _object,
    "procedure": _procedure,
}
_SUPPOSED: Final = _STATED


def verdict_word(verdict: Verdict) -> str:
    return {True: "S’applique", False: "Ne s’applique pas", None: "Dépend"}[verdict]
