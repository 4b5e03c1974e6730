"""Capabilities from a CSV or XLSX file: every line read and judged before anything is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from app.market.rules import Answer
from app.market.schemas_declared import CapabilityIn
from app.market.sheet import MOST_LINES
from app.text.fold import fold
from app.web.french import sentence_of
from app.web.problems import FieldError

COLUMNS: Final = (
    "clause", "reponse", "niveau", "valeur", "delai_mois", "departements", "jusqu_au", "preuve", "remarque",
)  # fmt: skip
ANSWERS: Final = {
    "oui": Answer.MET,
    "oui avec delai": Answer.MET_WITH_DELAY,
    "non": Answer.NOT_MET,
    "sans objet": Answer.NOT_APPLICABLE,
}
_FIELDS: Final = {
    "answer": "reponse", "level": "niveau", "value": "valeur", "delay_months": "delai_mois",
    "territories": "departements", "declared_until": "jusqu_au", "proof_id": "preuve", "note": "remarque",
}  # fmt: skip
EXAMPLE: Final = (
    ";".join(COLUMNS) + "\r\nCEC-MOB-001;oui;2;35;;35,22;2027-12-31;;Atelier de reconditionnement à Rennes\r\n"
)


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    clause_id: str
    asked: CapabilityIn


def fault(number: int, name: str, said: str) -> FieldError:
    """A fault found in a field, told of its column."""
    return _fault(number, _FIELDS.get(name, name), said[:1].lower() + said[1:])


def _fault(number: int, column: str, said: str) -> FieldError:
    return FieldError(pointer=f"/lignes/{number}/{column}", detail=f"Ligne {number}, colonne « {column} » : {said}")


def parse(lines: Iterable[list[str]], proofs: Mapping[str, int]) -> tuple[list[Line], list[FieldError]]:
    """The declarations of a sheet and the faults of its lines; `proofs`: number or title, folded → id."""
    rows = [(n, row) for n, row in enumerate(lines, 1) if any(row)]
    if not rows:
        return [], [FieldError(pointer="/lignes/1", detail="Le fichier est vide.")]
    header = [fold(name).replace(" ", "_").replace("'", "_") for name in rows[0][1]]
    if missing := [name for name in ("clause", "reponse") if name not in header]:
        return [], [_fault(rows[0][0], name, "cette colonne manque dans l’en-tête.") for name in missing]
    if unknown := [name for name in header if name and name not in COLUMNS]:
        return [], [_fault(rows[0][0], name[:40], "cette colonne n’est pas connue.") for name in unknown]
    if len(rows) - 1 > MOST_LINES:
        return [], [FieldError(pointer="/lignes", detail="Le fichier dépasse 2 000 lignes : coupez-le en plusieurs.")]
    found: list[Line] = []
    errors: list[FieldError] = []
    seen: dict[str, int] = {}
    for number, row in rows[1:]:
        cells = dict(zip(header, row, strict=False))
        clause = cells.get("clause", "").upper()
        if clause in seen:
            errors.append(_fault(number, "clause", f"{clause} est déjà à la ligne {seen[clause]}."))
            continue
        seen[clause] = number
        line, faults = _one(number, clause, cells, proofs)
        errors += faults
        found += [line] if line else []
    return found, errors


def _one(
    number: int, clause: str, cells: Mapping[str, str], proofs: Mapping[str, int]
) -> tuple[Line | None, list[FieldError]]:
    faults = []
    answer = ANSWERS.get(fold(cells.get("reponse", "")))
    if answer is None:
        faults.append(_fault(number, "reponse", "écrivez « oui », « oui avec délai », « non » ou « sans objet »."))
    said = fold(cells.get("preuve", ""))
    if said and said not in proofs:
        faults.append(_fault(number, "preuve", "aucune preuve de votre fiche ne porte ce numéro ou ce titre."))
    if faults:
        return None, faults
    raw = {
        "answer": answer,
        "level": cells.get("niveau") or "1",
        "value": cells.get("valeur", "").removesuffix("%").strip().replace(",", ".") or None,
        "delay_months": cells.get("delai_mois") or "0",
        "territories": [code.strip() for code in cells.get("departements", "").split(",") if code.strip()],
        "declared_until": _date(cells.get("jusqu_au", "")),
        "proof_id": proofs.get(said),
        "note": cells.get("remarque", ""),
    }
    try:
        return Line(number, clause, CapabilityIn.model_validate(raw)), []
    except ValidationError as error:
        return None, [
            _fault(number, _FIELDS[str(one["loc"][0])], sentence_of(one["type"], one["msg"], one.get("ctx", {})))
            for one in error.errors()
        ]


def _date(said: str) -> str | None:
    """« 31/12/2027 » as a French spreadsheet writes it."""
    day, month, year = said.split("/") if said.count("/") == 2 else ("", "", "")  # noqa: PLR2004
    return (f"{year}-{month:0>2}-{day:0>2}" if year else said) or None
