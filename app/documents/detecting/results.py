"""What the detection says of a foreign tender: plain values. Every position is an index into the passages given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from app.law.facts import Severity
from app.law.vocabulary import Confidence, Kind, Piece

Certainty = Literal["très probable", "probable", "à vérifier"]
RiskKind = Literal[
    "brand",
    "company-policy",
    "double-use",
    "high-weight",
    "label",
    "localism",
    "low-weight",
    "material",
    "new",
    "no-environmental-criterion",
    "no-measure",
    "no-penalty",
    "no-proof",
    "norm",
    "obsolete-law",
    "plastic",
    "price-only",
    "repair-bonus",
    "reservation",
    "tautology",
    "vague",
    "variant",
    "weights-sum",
]

RISK_LABELS: Final[Mapping[RiskKind, str]] = {
    "brand": "Marque ou type sans « ou équivalent »",
    "company-policy": "Politique générale de l’entreprise",
    "double-use": "Exigence imposée et notée",
    "high-weight": "Poids environnemental à justifier",
    "label": "Label sans équivalent",
    "localism": "Localisme",
    "low-weight": "Critère environnemental sous 10 %",
    "material": "Matériau imposé sans équivalent",
    "new": "« Neuf » exigé",
    "no-environmental-criterion": "Aucun critère environnemental",
    "no-measure": "Exigence sans mesure",
    "no-penalty": "Exigence sans pénalité",
    "no-proof": "Exigence sans preuve",
    "norm": "Norme sans équivalent",
    "obsolete-law": "Référence dépassée",
    "plastic": "Plastique à usage unique ou contenant en plastique",
    "price-only": "Prix seul",
    "repair-bonus": "Bonus réparation escompté",
    "reservation": "Réservation fragile",
    "tautology": "Simple rappel de la loi",
    "vague": "Formule vague",
    "variant": "Variante sans exigence minimale",
    "weights-sum": "Pondération qui ne fait pas 100",
}
NOTICE: Final = "Lecture automatique, à relire : ce n’est pas un avis juridique."


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A clause of the library that says something close."""

    clause: str
    title: str
    similarity: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class Role:
    """Consecutive passages of one article that do what a clause does."""

    passages: tuple[int, ...]
    heading: tuple[str, ...]
    """Titles above, the article's own included."""
    piece: Piece | None
    kind: Kind
    levers: tuple[str, ...]
    family: str
    certainty: Certainty
    neighbours: tuple[Neighbour, ...]
    duties: tuple[str, ...]
    """Duty codes that such a clause helps to meet."""
    environmental: bool
    social: bool
    has_measure: bool
    has_proof: bool
    has_penalty: bool
    text: str

    @property
    def is_good(self) -> bool:
        """Nothing missing for its kind."""
        return self.kind is not Kind.RECITAL and self.has_proof and self.has_measure and self.has_penalty


@dataclass(frozen=True, slots=True)
class Risk:
    kind: RiskKind
    severity: Severity
    passage: int
    start: int
    end: int
    """The offending words are `passages[passage].text[start:end]`."""
    why: str
    advice: str
    certainty: Certainty
    article: str = ""
    """The text of law behind it; empty for a rule of method."""
    confidence: Confidence | None = None
    """How sure we are of that text; None without one."""
    clauses: tuple[str, ...] = ()
    """Clauses of the library that put it right."""

    @property
    def label(self) -> str:
        return RISK_LABELS[self.kind]


@dataclass(frozen=True, slots=True)
class TouchedDuty:
    code: str
    roles: tuple[int, ...]
    """Indexes into `Reading.roles`."""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One article against the levers."""

    piece_name: str
    heading: tuple[str, ...]
    cells: Mapping[str, tuple[int, ...]]
    """Lever → indexes into `Reading.roles`."""


@dataclass(frozen=True, slots=True)
class Reading:
    roles: tuple[Role, ...]
    risks: tuple[Risk, ...]
    duties: tuple[TouchedDuty, ...]
    coverage: tuple[CoverageRow, ...]
    family: str
    """The family that the whole dossier speaks of; `toutes-familles` when nothing stands out."""
