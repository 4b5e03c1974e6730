"""The code lists of the fields that publish sustainability, with their French labels.

Sources: DECP format 139bercy 2.0.3 and 2.0.4; eForms SDK 1.16 code lists (OP-TED, CC BY 4.0); OCDS sustainability
extension. The tests compare each list with its source.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Field = Literal["decp-environmental", "decp-social", "BT-06", "BT-774", "BT-775", "BT-776", "BT-805"]
NO_ENVIRONMENT: Final = "Pas de considération environnementale"
NO_SOCIAL: Final = "Pas de considération sociale"


@dataclass(frozen=True, slots=True)
class FieldFacts:
    standard: Literal["DECP", "eForms"]
    label: str
    technical: str
    """Its name in the standard: a JSON property, or the `listName` of a code."""
    codes: Mapping[str, str]
    """Code → label, in the order of the screen."""


def _same(*codes: str) -> dict[str, str]:
    return {code: code for code in codes}


FIELDS: Final[Mapping[Field, FieldFacts]] = {
    "decp-environmental": FieldFacts(
        "DECP",
        "Considérations environnementales",
        "considerationsEnvironnementales",
        _same("Clause environnementale", "Critère environnemental", NO_ENVIRONMENT),
    ),
    "decp-social": FieldFacts(
        "DECP",
        "Considérations sociales",
        "considerationsSociales",
        _same("Clause sociale", "Critère social", "Marché réservé", NO_SOCIAL),
    ),
    "BT-06": FieldFacts(
        "eForms",
        "Marché public stratégique",
        "strategic-procurement",
        {
            "env-imp": "Réduction des incidences sur l’environnement",
            "soc-obj": "Réalisation d’objectifs sociaux",
            "inn-pur": "Achat innovant",
            "none": "Pas de passation de marché stratégique",
        },
    ),
    "BT-774": FieldFacts(
        "eForms",
        "Objectif environnemental",
        "environmental-impact",
        {
            "circ-econ": "La transition vers une économie circulaire",
            "clim-mitig": "L’atténuation du changement climatique",
            "clim-adapt": "L’adaptation au changement climatique",
            "pollu-prev": "La prévention et la réduction de la pollution",
            "biodiv-eco": "La protection et la restauration de la biodiversité et des écosystèmes",
            "water-mar": "L’utilisation durable et la protection des ressources aquatiques et marines",
            "other": "Autre",
        },
    ),
    "BT-775": FieldFacts(
        "eForms",
        "Objectif social",
        "social-objective",
        {
            "opp": "Possibilités d’emploi des chômeurs de longue durée, des personnes défavorisées ou handicapées",
            "acc-all": "Accessibilité pour tous",
            "work-cond": "Conditions de travail équitables",
            "gen-eq": "Égalité hommes-femmes",
            "et-eq": "Égalité des ethnies",
            "hum-right": "Devoir de diligence sur les droits de l’homme dans les chaînes d’approvisionnement",
            "other": "Autre",
        },
    ),
    "BT-776": FieldFacts(
        "eForms",
        "Achat d’innovation",
        "innovative-acquisition",
        {
            "mar-nov": "Nouveau ou sensiblement amélioré par rapport à ce qui existe sur le marché",
            "proc-innov": "Innovation en matière de processus",
            "prod-innov": "Innovation en matière de produits",
            "rd-act": "Activités de recherche et développement",
        },
    ),
    "BT-805": FieldFacts(
        "eForms",
        "Référentiel d’achat écologique",
        "gpp-criteria",
        {
            "eu": "Critères applicables aux marchés publics écologiques de l’UE",
            "national": "Critères applicables aux marchés publics écologiques nationaux",
            "other": "Autres critères applicables aux marchés publics écologiques",
            "none": "Pas de critères applicables aux marchés publics écologiques",
        },
    ),
}

OCDS_GOALS: Final[Mapping[str, str]] = {
    "circ-econ": "environmental.circularEconomy",
    "clim-mitig": "environmental.climateChangeMitigation",
    "clim-adapt": "environmental.climateChangeAdaptation",
    "pollu-prev": "environmental.pollutionPrevention",
    "biodiv-eco": "environmental.biodiversityProtectionRestoration",
    "water-mar": "environmental.waterResourcesProtection",
    "opp": "social.disadvantagedEmploymentOpportunities",
    "acc-all": "social.accessibility",
    "work-cond": "social.laborRightsPromotion",
    "gen-eq": "social.genderEquality",
    "et-eq": "social.ethnicEquality",
    "hum-right": "social.humanRightsInSupplyChains",
    "mar-nov": "economic.marketInnovationPromotion",
    "proc-innov": "economic.processInnovationPromotion",
    "prod-innov": "economic.productInnovationPromotion",
    "rd-act": "economic.researchDevelopmentActivities",
}
OCDS_OTHER: Final[Mapping[Field, str]] = {"BT-774": "environmental", "BT-775": "social"}
OCDS_GPP: Final[Mapping[str, str]] = {
    "eu": "euGPPCriteria",
    "national": "nationalGPPCriteria",
    "other": "otherGPPCriteria",
}
