"""Valid clauses made for the tests: each test breaks one thing of one of them."""

import copy
import shutil
from pathlib import Path
from typing import Any

import yaml

from app.settings import ROOT

CCTP = (
    "Chaque année, au moins {{ part }} des chaises livrées, en montant hors taxes, sont issues du réemploi.\n\n"
    "Le titulaire joint à chaque facture la liste des chaises réemployées et l’attestation de l’atelier, "
    "ou un document de même valeur."
)
CCAP = (
    "Si la part annuelle est inférieure à l’engagement, le titulaire encourt une pénalité de {{ penalite }} par point "
    "manquant, après une mise en demeure de quinze jours."
)
RC = (
    "Sous-critère « Durée de garantie ». Le candidat indique en années la garantie qu’il accorde sur l’assise et le "
    "dossier. La note est proportionnelle à la durée, vérifiée dans le cadre de réponse."
)

CONDITION: dict[str, Any] = {
    "id": "CEC-MOB-901",
    "title": "Part de chaises issues du réemploi",
    "plain_title": "Acheter une part de chaises d’occasion",
    "summary": "Fixe une part annuelle de chaises réemployées, prouvée par les factures.",
    "kind": "performance_condition",
    "level": 1,
    "families": ["mobilier"],
    "levers": ["reemploi"],
    "natures": ["supplies"],
    "cpv": {"include": ["39112"]},
    "requirement": "mobilier.chaises-reemploi",
    "variables": {
        "part": {"label": "Part annuelle", "type": "percentage", "unit": "%", "min": 10, "max": 100, "default": 20},
        "penalite": {"label": "Pénalité", "type": "amount", "unit": "€", "min": 50, "max": 1000, "default": 200},
    },
    "legal": [{"text": "ccp-l2112-2", "relation": "satisfies"}],
    "duties": ["env-performance-condition"],
    "baseline": {"statement": "Aucun texte n’impose de part au titulaire."},
    "gain": {"degree": "real", "reason": "Crée un engagement chiffré du titulaire."},
    "link_to_subject": {"stage": "production", "reason": "La part décrit les chaises livrées."},
    "evidence": [{"what": "Factures", "stage": "execution", "equivalents": "Tout relevé rapprochable des bons"}],
    "control": {"who": "Le service acheteur", "when": "Chaque année", "how": "Rapprochement des factures"},
    "penalty": {"basis": "Par point manquant", "notice_days": 15, "cap": "5 % du montant annuel"},
    "why": "Sans engagement, la part n’est découverte qu’en fin d’année.",
    "watch_points": ["Prévoyez une ligne de prix pour les chaises réemployées."],
    "not_when": ["Le besoin tient en une seule chaise."],
    "charter": ["C4"],
    "market": {"availability": "common", "note": "Offre installée."},
    "sources": [{"title": "Rédaction propre", "publisher": "Clausier", "use": "own"}],
    "legal_check": "2026-11-23",
    "next_review": "2027-11-23",
    "changelog": [{"date": "2026-11-24", "kind": "creation", "reason": "Première rédaction"}],
}

CRITERION: dict[str, Any] = CONDITION | {
    "id": "CEC-MOB-902",
    "title": "Critère de durée de garantie des chaises",
    "plain_title": "Noter la garantie des chaises",
    "summary": "Note la durée de garantie annoncée sur l’assise et le dossier.",
    "kind": "award_criterion",
    "levers": ["allongement-duree"],
    "requirement": "mobilier.chaises-garantie",
    "variables": {},
    "duties": ["env-award-criterion"],
    "legal": [{"text": "ccp-r2152-7", "relation": "satisfies"}],
    "control": None,
    "penalty": None,
    "scoring": {
        "question": "Quelle garantie accordez-vous, en années ?",
        "answer_form": "Un nombre d’années",
        "formula": "proportional_more",
        "weight_min": 5,
        "weight_max": 20,
        "weight_default": 10,
        "example": "Deux ans contre quatre ans : 5 contre 10.",
    },
}

BODIES = {"CEC-MOB-901": {"CCTP": CCTP, "CCAP": CCAP}, "CEC-MOB-902": {"RC": RC}}


def condition(**changes: Any) -> dict[str, Any]:
    return copy.deepcopy(CONDITION) | changes


def criterion(**changes: Any) -> dict[str, Any]:
    return copy.deepcopy(CRITERION) | changes


def file_of(fields: dict[str, Any], body: dict[str, str] | None = None) -> str:
    """The text of a clause file."""
    dates = {name: fields[name] for name in ("legal_check", "next_review") if name in fields}
    front = yaml.safe_dump(fields | dates, allow_unicode=True, sort_keys=False)
    model = "CEC-MOB-902" if fields.get("kind") == "award_criterion" else "CEC-MOB-901"
    sections = BODIES[model] if body is None else body
    return f"---\n{front}---\n" + "\n".join(f"# {piece}\n{text}\n" for piece, text in sections.items())


def write(root: Path, fields: dict[str, Any], body: dict[str, str] | None = None, *, name: str = "") -> Path:
    """Writes a clause in the folder of its family, under its id or another `name`."""
    folder = root / "library" / fields.get("families", ["mobilier"])[0]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name or fields.get('id', 'CEC-MOB-901')}.md"
    path.write_text(file_of(fields, body), encoding="utf-8")
    return path


def clauses_folder(folder: Path) -> Path:
    """A folder of clauses with the real vocabularies and law, and no clause."""
    root = folder / "clauses"
    (root / "library").mkdir(parents=True)
    for name in ("law", "charter"):
        shutil.copytree(ROOT / "clauses" / name, root / name)
    for path in (ROOT / "clauses").glob("*.yaml"):
        shutil.copy(path, root)
    # The lists that authors extend every day stay out of these tests.
    for name in ("labels.yaml", "glossary.yaml"):
        (root / name).write_text("[]\n", encoding="utf-8")
    return root
