"""The coming purchases of a plan, from the lines of a sheet: every line read and judged before anything is kept. Pure.

Columns are recognised by their name, whatever their order; a title above the header is left aside.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal, TypeVar

from app.law.schemas import MOST_EUROS, normalised_cpv
from app.law.vocabulary import Nature
from app.market.places import departments
from app.text.fold import fold
from app.web.problems import FieldError

MOST_LINES: Final = 200
"""Some 40 ms each, within one request."""
MOST_CODES: Final = 20
MOST_PLACES: Final = 13
_FIRST_YEAR, _LAST_YEAR = 2019, 2040
"""As for any purchase (`law.schemas.PurchaseIn`)."""
HEADER_WITHIN: Final = 15
_SHORTEST, _LONGEST = 5, 200
COLUMNS: Final = ("objet", "cpv", "montant", "date", "departement", "nature", "duree_mois")
NAMES: Final = {
    "objet": ("objet", "intitule", "libelle", "designation", "besoin", "objet du marche", "objet de l achat"),
    "cpv": ("cpv", "code cpv", "codes cpv"),
    "montant": (
        "montant", "montant ht", "montant estime", "montant estime ht", "montant previsionnel", "estimation", "budget",
        "montant eur", "montant en euros", "montant estime en euros ht", "valeur estimee",
    ),
    "date": (
        "date", "date de lancement", "lancement", "date previsionnelle", "date previsionnelle de lancement", "mois",
        "publication", "date de publication", "echeance", "periode", "date lancement",
    ),
    "departement": ("departement", "departements", "lieu", "lieu d execution", "territoire", "dept", "dep"),
    "nature": ("nature", "type", "type de marche", "categorie", "nature du marche"),
    "duree_mois": ("duree", "duree mois", "duree en mois", "duree du marche"),
}  # fmt: skip
_SYNONYMS: Final = {name: column for column, names in NAMES.items() for name in names}
_NATURES: Final = {
    "travaux": Nature.WORKS, "works": Nature.WORKS,
    "fourniture": Nature.SUPPLIES, "fournitures": Nature.SUPPLIES, "supplies": Nature.SUPPLIES,
    "service": Nature.SERVICES, "services": Nature.SERVICES, "prestations": Nature.SERVICES,
    "prestations de services": Nature.SERVICES,
}  # fmt: skip
_MONTHS: Final = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
    "decembre",
)  # fmt: skip
_SCALE: Final = {"": 1, "k": 1000, "m": 1_000_000}
_AMOUNT: Final = re.compile(r"(\d+(?:[.,]\d+)?)(k|m)?")
_GROUPED: Final = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_QUARTER: Final = re.compile(r"(?:t|trimestre )?([1-4])(?:er|e|eme)?(?: trimestre)?(?: |/|-)(\d{4})")
EXAMPLE: Final = (
    ";".join(COLUMNS)
    + "\r\nMobilier scolaire reconditionné;39160000;120000;2027-03-01;35;fournitures;24"
    + "\r\nEntretien des espaces verts;77310000;45 000 €;T2 2027;35, 22;services;36\r\n"
)
Value = TypeVar("Value")
FileKind = Literal["csv", "xlsx"]


@dataclass(frozen=True, slots=True)
class PlanLine:
    number: int
    title: str
    launch: date
    cpv: tuple[str, ...] = ()
    amount: Decimal | None = None
    departments: tuple[str, ...] = ()
    nature: Nature | None = None
    duration_months: int | None = None


@dataclass(frozen=True, slots=True)
class PlanRead:
    lines: tuple[PlanLine, ...]
    faults: tuple[FieldError, ...]
    ignored: tuple[str, ...] = ()
    """Titles of the columns that say nothing to us."""


class _WrongError(ValueError):
    """Why a cell is not read, in a sentence."""


def read(rows: Iterable[Sequence[str]]) -> PlanRead:
    held = [(number, row) for number, row in enumerate(rows, 1) if any(row)]
    place = next((i for i, (_, row) in enumerate(held[:HEADER_WITHIN]) if "objet" in _columns(row)), None)
    if place is None:
        said = "Aucune ligne d’en-tête n’a de colonne « objet » (ou « intitulé », « libellé ») : prenez le modèle."
        return PlanRead((), (FieldError(pointer="/lignes/1", detail=said),))
    number, header = held[place]
    names = _columns(header)
    twice = sorted({name for name in names if name and names.count(name) > 1})
    faults = [_fault(number, name, "deux colonnes disent la même chose.") for name in twice]
    if "date" not in names:
        faults.append(_fault(number, "date", "cette colonne manque : le droit dépend de la date de lancement."))
    body = held[place + 1 :]
    if not body:
        faults.append(FieldError(pointer="/lignes", detail="Le fichier n’a aucun achat sous son en-tête."))
    if len(body) > MOST_LINES:
        said = f"Le fichier dépasse {MOST_LINES} achats : coupez-le en plusieurs."
        faults.append(FieldError(pointer="/lignes", detail=said))
    if faults:
        return PlanRead((), tuple(faults))
    lines = []
    for row_number, row in body:
        line, wrong = _line(row_number, dict(zip(names, row, strict=False)))
        faults += wrong
        lines += [line] if line else []
    ignored = tuple(title for title, name in zip(header, names, strict=True) if title and not name)
    return PlanRead(tuple(lines), tuple(faults), ignored)


def _columns(row: Sequence[str]) -> list[str]:
    """Our name of each column; empty for what we do not know. « Montant (€ HT) » → « montant »."""
    found = []
    for title in row:
        plain = " ".join(re.sub(r"[^a-z0-9]+", " ", fold(title)).split())
        bare = " ".join(re.sub(r"[^a-z0-9]+", " ", fold(re.sub(r"\(.*?\)", "", title))).split())
        found.append(_SYNONYMS.get(plain) or _SYNONYMS.get(bare) or "")
    return found


def _fault(number: int, column: str, said: str) -> FieldError:
    return FieldError(pointer=f"/lignes/{number}/{column}", detail=f"Ligne {number}, colonne « {column} » : {said}")


def _line(number: int, cells: Mapping[str, str]) -> tuple[PlanLine | None, list[FieldError]]:
    faults: list[FieldError] = []

    def cell(column: str, make: Callable[[str], Value], empty: Value) -> Value:
        said = " ".join(cells.get(column, "").split())
        try:
            return make(said) if said else empty
        except ValueError as error:
            faults.append(_fault(number, column, str(error)[:1].lower() + str(error)[1:]))
            return empty

    title = cell("objet", _title, "")
    launch = cell("date", day_of, None)
    for column, given in (("objet", cells.get("objet", "")), ("date", cells.get("date", ""))):
        if not given.strip():
            faults.append(_fault(number, column, "cette cellule est vide."))
    line = PlanLine(
        number=number,
        title=title,
        launch=launch or date.max,
        cpv=cell("cpv", codes_of, ()),
        amount=cell("montant", amount_of, None),
        departments=cell("departement", places_of, ()),
        nature=cell("nature", _nature, None),
        duration_months=cell("duree_mois", _duration, None),
    )
    return (None if faults else line), faults


def _title(said: str) -> str:
    if not said.isprintable():
        raise _WrongError("ce texte contient des caractères invisibles.")
    if not _SHORTEST <= len(said) <= _LONGEST:
        raise _WrongError(f"l’objet tient en {_SHORTEST} à {_LONGEST} caractères.")
    return said


def codes_of(said: str) -> tuple[str, ...]:
    codes = [str(normalised_cpv(code)) for code in re.split(r"[,;/\s]+", said) if code]
    if len(codes) > MOST_CODES:
        raise _WrongError(f"vingt codes au plus, il y en a {len(codes)}.")
    return tuple(dict.fromkeys(codes))


def amount_of(said: str) -> Decimal:
    """« 120 000,50 € HT », « 45 k€ », « 1,2 M€ », « 1.200.000 »."""
    plain = re.sub(r"[\s\u00a0\u202f€]|euros?|eur|ht", "", fold(said))
    if _GROUPED.fullmatch(plain):
        plain = re.sub(r"[.,]", "", plain)
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise _WrongError("écrivez un montant hors taxes en euros, par exemple 120000 ou 45 k€.")
    amount = Decimal(found[1].replace(",", ".")) * _SCALE[found[2] or ""]
    if amount > MOST_EUROS:
        raise _WrongError("ce montant est hors de toute mesure.")
    return amount.quantize(Decimal("0.01"))


def day_of(said: str) -> date:
    """A day, else the first day of a month, of a quarter, of a year."""
    plain = " ".join(fold(said).replace("1er ", "1er ").split())
    found = _day(plain)
    if found is None:
        raise _WrongError("écrivez 2027-03-15, 15/03/2027, mars 2027 ou T1 2027.")
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise _WrongError(f"la date de lancement se situe entre {_FIRST_YEAR} et {_LAST_YEAR}.")
    return found


def _day(plain: str) -> date | None:
    try:
        if found := re.fullmatch(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?", plain):
            return date(int(found[1]), int(found[2]), int(found[3] or 1))
        if found := re.fullmatch(r"(?:(\d{1,2})/)?(\d{1,2})/(\d{4})", plain):
            return date(int(found[3]), int(found[2]), int(found[1] or 1))
        if found := _QUARTER.fullmatch(plain):
            return date(int(found[2]), 3 * int(found[1]) - 2, 1)
        month, _, year = plain.partition(" ")
        if month in _MONTHS and re.fullmatch(r"\d{4}", year):
            return date(int(year), _MONTHS.index(month) + 1, 1)
        return date(int(plain), 1, 1) if re.fullmatch(r"\d{4}", plain) else None
    except ValueError:
        return None


def places_of(said: str) -> tuple[str, ...]:
    """Codes (« 1 » is « 01 » that a spreadsheet shortened) or names, separated by commas."""
    found: list[str] = []
    names = {fold(one.name): code for code, one in departments().items()}
    for part in re.split(r"[,;]+", said):
        given = part.strip()
        code = given.upper().zfill(2)
        if code not in departments():
            code = names.get(fold(given), "")
        if given and not code:
            raise _WrongError(f"« {given[:40]} » n’est pas un département : écrivez son code ou son nom.")
        found += [code] if given else []
    if len(found) > MOST_PLACES:
        raise _WrongError(f"{MOST_PLACES} départements au plus ; au-delà, laissez vide pour la France entière.")
    return tuple(dict.fromkeys(found))


def _nature(said: str) -> Nature:
    found = _NATURES.get(fold(said).strip())
    if found is None:
        raise _WrongError("écrivez travaux, fournitures ou services.")
    return found


def _duration(said: str) -> int:
    plain = fold(said).removesuffix("mois").strip()
    if not plain.isdecimal() or not 1 <= int(plain[:6]) <= 600:  # noqa: PLR2004 (as for any purchase)
        raise _WrongError("écrivez un nombre de mois, de 1 à 600.")
    return int(plain)
