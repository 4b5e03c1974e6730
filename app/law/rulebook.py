"""The rules of droit.md, section 7, that `check` raises besides the duties, each with the text behind it.

A rule without a text is a rule of method (never score what is imposed): it blocks on logic, not on an article.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.law.facts import Law, Severity
from app.law.findings import Finding, FindingStatus
from app.law.vocabulary import Confidence

METHOD: Final = "Règle de méthode du clausier"


@dataclass(frozen=True, slots=True)
class Rule:
    title: str
    why: str
    text: str = ""
    """An id of texts.yaml, or nothing for a rule of method."""


RULES: Final[Mapping[str, Rule]] = {
    "R-TAUTO": Rule(
        "Une clause va au-delà du rappel de la loi",
        "Rappeler la réglementation n’oblige le titulaire à rien de plus : la clause ne compte pas.",
        "doctrine-daj-2026",
    ),
    "R-LIEN": Rule(
        "Chaque exigence est liée à l’objet du marché",
        "On juge ce que l’entreprise fera pour ce marché, pas sa politique générale.",
        "ce-2018-nantes-metropole",
    ),
    "R-LOCAL": Rule(
        "Pas d’exigence d’origine ni d’implantation",
        "Exiger du « local » rompt l’égalité entre les entreprises et fait annuler la procédure.",
        "localisme-interdit",
    ),
    "R-EQUIV": Rule(
        "Tout label, norme, marque ou matériau admet un équivalent",
        "Sans « ou équivalent », l’exigence favorise ou élimine des entreprises.",
        "ccp-r2111-7",
    ),
    "R-LABEL": Rule(
        "Un label exigé s’accompagne de la liste des caractéristiques retenues",
        "Si tout le label n’est pas utile au marché, seules les caractéristiques listées sont exigées.",
        "ccp-r2111-15",
    ),
    "R-DOUBLE": Rule(
        "Une exigence imposée n’est pas notée",
        "Toutes les offres régulières la respectent : la noter ne départage personne, sauf à noter le dépassement.",
    ),
    "R-PREUVE": Rule(
        "Une exigence a une preuve, un contrôle et, en exécution, une pénalité",
        "Une obligation que personne ne vérifie n’est pas tenue.",
    ),
    "R-POIDS": Rule(
        "Le critère environnemental pèse au moins 10 %",
        "En dessous, il ne change pas le classement des offres.",
        "dinum-poids-10",
    ),
    "R-POIDS-SOMME": Rule(
        "Les poids des critères font 100 % au plus",
        "Une pondération qui dépasse 100 % rend la notation impossible.",
    ),
    "R-POIDS-EGALIM": Rule(
        "Le critère des externalités pèse entre 10 et 30 %",
        "C’est la condition pour que les achats comptent dans les 50 % de produits durables.",
        "rural-r230-30-2",
    ),
    "R-PRIX": Rule(
        "Le critère unique du prix n’est plus permis",
        "Depuis les 21/22 août 2026, seul le coût global, environnement compris, peut être un critère unique.",
        "ccp-r2152-7",
    ),
    "R-NEUF": Rule(
        "Le mot « neuf » n’est pas exigé",
        "Exiger du neuf écarte le réemploi que la loi demande de privilégier.",
        "agec-55",
    ),
    "R-NEUF-TEMPORAIRE": Rule(
        "Une construction temporaire reconditionnée est admise",
        "L’achat d’une construction temporaire n’exclut pas le reconditionné, à qualité et sécurité égales.",
        "ccp-l2172-5",
    ),
    "R-PNEU-NEUF": Rule(
        "Pas de pneus neufs sans échec d’une première consultation",
        "Les achats de pneumatiques portent d’abord sur des pneumatiques rechapés.",
        "ccp-l2172-6",
    ),
    "R-BAT": Rule(
        "Chantier : diagnostic, tri, récolement et reprise des matériaux",
        "Le formulaire de récolement dit ce que sont devenus les matériaux ; la filière du bâtiment reprend sans frais "
        "ce qui est trié.",
        "cch-r126-14",
    ),
    "R-REPAS": Rule(
        "Repas : annoncer le palier de 2027",
        "Au 1ᵉʳ janvier 2027, la certification de niveau 2 ne compte plus : seule la haute valeur compte.",
        "rural-l230-5-1-hve",
    ),
    "R-PLASTIQUE": Rule(
        "Pas de contenant ni de vaisselle en plastique à usage unique",
        "Le texte d’une clause ne demande pas ce que la loi interdit.",
        "env-l541-15-10",
    ),
    "R-DEROG": Rule(
        "Les dérogations au CCAG sont récapitulées au dernier article du CCAP",
        "Une dérogation qui n’y figure pas est réputée non écrite.",
        "ccag-derogations",
    ),
    "R-DECP": Rule(
        "Données essentielles cohérentes avec les clauses",
        "La valeur publiée dit ce que le marché contient vraiment.",
        "arrete-2022-12-22",
    ),
    "R-PROP": Rule(
        "Des exigences proportionnées au marché",
        "Trop d’exigences, ou trop hautes pour un petit marché, font renoncer les entreprises.",
        "ccp-r2142-1",
    ),
    "R-VARIANTE": Rule(
        "Une variante a des exigences minimales et une autorisation écrite",
        "Sans exigences minimales ni mention à l’avis, une variante ne peut pas être examinée.",
        "ccp-r2151-8",
    ),
    "R-RESERVE": Rule(
        "La réservation à l’économie sociale et solidaire ne vaut que pour certains services",
        "Elle ne concerne que des services de santé, sociaux ou culturels.",
        "ccp-l2113-15",
    ),
    "R-RESERVE-50": Rule(
        "Une réservation dit la part minimale de 50 %",
        "La structure emploie au moins 50 % de travailleurs handicapés ou défavorisés.",
        "ccp-r2113-7",
    ),
    "R-VAGUE": Rule(
        "Des mots qui obligent",
        "Une formule vague ne se contrôle pas et ne se sanctionne pas.",
    ),
    "R-VAGUE-ALLEGATION": Rule(
        "Pas d’allégation environnementale interdite",
        "« Respectueux de l’environnement » ou « biodégradable » ne prouve rien et s’interdit sur un produit.",
        "agec-13",
    ),
    "R-PHRASE": Rule("Des phrases de 40 mots au plus", "Une phrase longue se discute."),
    "R-RELATION": Rule(
        "Les clauses du panier vont ensemble",
        "Une clause peut en demander une autre, en exclure une ou en remplacer une.",
    ),
    "R-SANS-CHIFFRE": Rule(
        "Des faits de droit restent à vérifier",
        "Nous n’affichons « obligatoire » que ce que nous avons lu dans un texte ou une source qui le cite.",
    ),
}


def finding(  # noqa: PLR0913 (keyword-only: one argument per thing the reader sees)
    law: Law,
    rule: str,
    *,
    status: FindingStatus,
    severity: Severity,
    message: str,
    suggestion: str = "",
    clauses: tuple[str, ...] = (),
    shown_as: str = "",
) -> Finding:
    """A finding with the source of its rule; a fact that is not verified never blocks."""
    known = RULES[rule]
    text = law.texts.get(known.text)
    confidence = text.confidence if text else Confidence.VERIFIED
    if severity == "blocking" and confidence is not Confidence.VERIFIED:
        severity = "warning"
    return Finding(
        rule=shown_as or rule,
        origin="rule",
        status=status,
        severity=severity,
        title=known.title,
        message=message,
        why=known.why,
        clauses=clauses,
        suggestion=suggestion,
        source=text.title if text else METHOD,
        article=text.article if text else "",
        in_force_from=text.in_force_from if text else None,
        confidence=confidence,
    )
