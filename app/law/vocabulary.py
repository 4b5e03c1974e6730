"""The closed lists of the field (design, section 4): codes in data and API, French on screen."""

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a clause is in law: where it may stand and what it does to an offer."""

    TECHNICAL_SPECIFICATION = "technical_specification"
    PERFORMANCE_CONDITION = "performance_condition"
    AWARD_CRITERION = "award_criterion"
    VARIANT = "variant"
    SELECTION_CRITERION = "selection_criterion"
    RESERVATION = "reservation"
    PENALTY = "penalty"
    REVIEW_CLAUSE = "review_clause"
    REPORTING = "reporting"
    PRICE = "price"
    RECITAL = "recital"
    SUBJECT_MATTER = "subject_matter"


class Piece(StrEnum):
    """A document of the tender."""

    RC = "RC"
    CCAP = "CCAP"
    CCTP = "CCTP"
    AE = "AE"
    CRT = "CRT"
    BPU = "BPU"
    ANNEXE = "ANNEXE"


class Nature(StrEnum):
    WORKS = "works"
    SUPPLIES = "supplies"
    SERVICES = "services"


class BuyerKind(StrEnum):
    STATE = "state"
    LOCAL_AUTHORITY = "local_authority"
    PUBLIC_ESTABLISHMENT = "public_establishment"
    CONTRACTING_ENTITY = "contracting_entity"


class Confidence(StrEnum):
    """How sure we are of a fact of law: read in a text, from memory, or not found."""

    VERIFIED = "verified"
    TO_CHECK = "to_check"
    UNKNOWN = "unknown"


class Status(StrEnum):
    DRAFT = "draft"
    REVIEW = "review"
    ACTIVE = "active"
    ON_HOLD = "on_hold"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


GRANTS: Final = "financement-public"
"""The one family that is no purchase: the eco-conditions of grants."""

LEVELS: Final = {1: "socle", 2: "avancé", 3: "pionnier"}

KIND_LABELS: Final = {
    Kind.TECHNICAL_SPECIFICATION: "Spécification technique",
    Kind.PERFORMANCE_CONDITION: "Condition d’exécution",
    Kind.AWARD_CRITERION: "Critère d’attribution",
    Kind.VARIANT: "Variante",
    Kind.SELECTION_CRITERION: "Critère de sélection des candidatures",
    Kind.RESERVATION: "Réservation",
    Kind.PENALTY: "Pénalité",
    Kind.REVIEW_CLAUSE: "Clause de réexamen",
    Kind.REPORTING: "Suivi et compte rendu",
    Kind.PRICE: "Clause de prix",
    Kind.RECITAL: "Rappel du droit",
    Kind.SUBJECT_MATTER: "Objet du marché",
}

PIECE_LABELS: Final = {
    Piece.RC: "Règlement de la consultation",
    Piece.CCAP: "Cahier des clauses administratives particulières",
    Piece.CCTP: "Cahier des clauses techniques particulières",
    Piece.AE: "Acte d’engagement",
    Piece.CRT: "Cadre de réponse technique",
    Piece.BPU: "Bordereau des prix unitaires",
    Piece.ANNEXE: "Annexe",
}

NATURE_LABELS: Final = {
    Nature.WORKS: "Travaux",
    Nature.SUPPLIES: "Fournitures",
    Nature.SERVICES: "Services",
}

BUYER_LABELS: Final = {
    BuyerKind.STATE: "État",
    BuyerKind.LOCAL_AUTHORITY: "Collectivité territoriale ou groupement",
    BuyerKind.PUBLIC_ESTABLISHMENT: "Établissement public",
    BuyerKind.CONTRACTING_ENTITY: "Entité adjudicatrice",
}

CONFIDENCE_LABELS: Final = {
    Confidence.VERIFIED: "vérifié",
    Confidence.TO_CHECK: "à vérifier",
    Confidence.UNKNOWN: "non retrouvé",
}

STATUS_LABELS: Final = {
    Status.DRAFT: "brouillon",
    Status.REVIEW: "en relecture",
    Status.ACTIVE: "en vigueur",
    Status.ON_HOLD: "suspendue",
    Status.SUPERSEDED: "remplacée",
    Status.WITHDRAWN: "retirée",
}
