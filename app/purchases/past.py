"""Published DECP files (JSON of 2019 and of 2022) read as the contracts of a buyer's past. Pure.

Published files are often untidy: what is not needed is read leniently, what was not declared stays None, and a contract
that cannot be read is refused with the line where it starts.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

LARGEST: Final = 20 * 1024 * 1024
MOST: Final = 50_000
"""Contracts of one file."""
MOST_SAID: Final = 20
"""Wrong lines told at once."""
_SPACES: Final = re.compile(r"[ \t\r\n]*")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]+")
_DIGITS: Final = re.compile(r"(\d{2,8})(?:-\d)?")
_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_UNTOLD: Final = frozenset({"", "NC", "MQ", "INX", "CDL"})
"""What publishers write for « not communicated » or « missing »."""
_ENV: Final = ("considerationsEnvironnementales", "considerationEnvironnementale")
_NONE: Final = "Pas de considération environnementale"
_LISTS: Final = ("marche", "contrat-concession")
_ID: Final = 60
_OBJECT: Final = 1000


class Unreadable(Exception):  # noqa: N818 (an answer to the person who sent the file)
    """Why a file is not imported: sentences, each with its line."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(sentences[0])
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Contract:
    ident: str
    buyer: str
    """SIRET of the buyer."""
    title: str
    cpv: str
    """Eight digits; empty when unknown (concessions have none)."""
    notified_on: date
    amount: Decimal | None
    """Euros excluding VAT, as first notified."""
    clause: bool | None
    """« Clause environnementale » was declared; None: nothing was (the format of 2019 does not ask)."""
    criterion: bool | None
    concession: bool
    line: int


@dataclass(frozen=True, slots=True)
class PastFile:
    contracts: tuple[Contract, ...]
    """Those of the buyer, each once: the last of the file wins."""
    others: int
    """Contracts of other buyers, left aside."""


def read(content: bytes, siren: str) -> PastFile:
    """The contracts of the buyer whose SIRET starts with `siren`; raises `Unreadable`."""
    found: dict[tuple[str, str], Contract] = {}
    wrong: list[str] = []
    others = 0
    for place, (line, raw) in enumerate(_contracts(_text(content))):
        if place >= MOST:
            raise Unreadable(f"Ligne {line} : ce fichier dépasse {MOST} contrats, envoyez-le en plusieurs fois.")
        try:
            contract = _contract(raw, line)
        except ValueError as error:
            wrong.append(f"Ligne {line} : {error}")
            if len(wrong) >= MOST_SAID:
                break
            continue
        if contract.buyer.startswith(siren):
            found[contract.buyer, contract.ident] = contract
        else:
            others += 1
    if wrong:
        raise Unreadable(*wrong)
    return PastFile(tuple(found.values()), others)


def _text(content: bytes) -> str:
    if not content.strip():
        raise Unreadable("Ce fichier est vide.")
    if len(content) > LARGEST:
        raise Unreadable("Ce fichier dépasse 20 Mio : envoyez-le en plusieurs fois.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"Ligne {line} : ce fichier n’est pas un texte en UTF-8.") from error


# --- The JSON, walked element by element so that each contract knows its line ---------------------


def _contracts(text: str) -> Iterator[tuple[int, Any]]:
    """(line, contract) of `{"marches": […]}` and of `{"marches": {"marche": […], "contrat-concession": […]}}`."""
    walk = _Walk(text)
    if walk.sign() != "{":
        raise Unreadable("Ligne 1 : un fichier DECP commence par une accolade et contient « marches ».")
    known = False
    for name in walk.names():
        if name != "marches":
            walk.value()
            continue
        known = True
        if walk.sign() == "[":
            yield from walk.items()
        elif walk.sign() == "{":
            for inner in walk.names():
                if inner in _LISTS and walk.sign() == "[":
                    yield from walk.items()
                else:
                    walk.value()
        else:
            raise Unreadable(f"Ligne {walk.line} : « marches » contient une liste ou un objet.")
    if not known:
        raise Unreadable("Ligne 1 : ce fichier ne contient pas « marches » : ce n’est pas un fichier DECP.")
    walk.end()


class _Walk:
    """A place in a JSON text. Objects and lists on the way are walked by hand, values are read by the decoder."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self._line, self._counted = 1, 0
        # Amounts keep their decimals; a number of thousands of digits is refused by Python itself.
        self._decode: Callable[[str, int], tuple[Any, int]] = json.JSONDecoder(parse_float=Decimal).raw_decode

    @property
    def line(self) -> int:
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line

    def sign(self) -> str:
        """The next sign that is not a space."""
        match = _SPACES.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.text[self.at : self.at + 1]

    def take(self, expected: str) -> None:
        if self.sign() != expected:
            raise Unreadable(f"Ligne {self.line} : le JSON est abîmé, « {expected} » était attendu.")
        self.at += 1

    def value(self) -> Any:  # noqa: ANN401 (whatever the file says)
        self.sign()
        try:
            found, self.at = self._decode(self.text, self.at)
        except json.JSONDecodeError as error:
            self.at = max(self.at, min(error.pos, len(self.text)))
            raise Unreadable(f"Ligne {self.line} : le JSON est abîmé à cet endroit.") from error
        except (ValueError, RecursionError, ArithmeticError) as error:
            raise Unreadable(f"Ligne {self.line} : le JSON est abîmé à cet endroit.") from error
        return found

    def names(self) -> Iterator[str]:
        """The names of an object; the caller reads the value of each."""
        self.take("{")
        while self.sign() != "}":
            name = self.value()
            if not isinstance(name, str):
                raise Unreadable(f"Ligne {self.line} : le JSON est abîmé, un nom était attendu.")
            self.take(":")
            yield name
            if self.sign() != "}":
                self.take(",")
        self.at += 1

    def items(self) -> Iterator[tuple[int, Any]]:
        self.take("[")
        while self.sign() != "]":
            line = self.line
            yield line, self.value()
            if self.sign() != "]":
                self.take(",")
        self.at += 1

    def end(self) -> None:
        if self.sign():
            raise Unreadable(f"Ligne {self.line} : le JSON continue après sa fin.")


# --- One contract ---------------------------------------------------------------------------------


def _contract(raw: Any, line: int) -> Contract:  # noqa: ANN401 (whatever the file says)
    """Raises `ValueError` with the sentence that says what is wrong."""
    if not isinstance(raw, dict):
        raise ValueError("un contrat est un objet JSON.")  # noqa: TRY004 (caught as a wrong line)
    ident = _words(raw.get("id"), _ID)
    if not ident:
        raise ValueError("ce contrat n’a pas d’identifiant (« id »).")
    concession = "autoriteConcedante" in raw or "concessionnaires" in raw
    buyer = _buyer(raw)
    if not buyer:
        raise ValueError(f"le contrat {ident} ne dit pas le SIRET de son acheteur.")
    day = next(
        (
            found
            for name in ("dateNotification", "dateSignature", "dateDebutExecution")
            if (found := _day(raw.get(name)))
        ),
        None,
    )
    if day is None:
        raise ValueError(f"le contrat {ident} n’a pas de date de notification lisible (AAAA-MM-JJ).")
    declared = _declared(raw)
    return Contract(
        ident=ident,
        buyer=buyer,
        title=_words(raw.get("objet"), _OBJECT),
        cpv=_cpv(raw.get("codeCPV")),
        notified_on=day,
        amount=_amount(raw.get("montant", raw.get("valeurGlobale"))),
        clause=None if declared is None else "Clause environnementale" in declared,
        criterion=None if declared is None else "Critère environnemental" in declared,
        concession=concession,
        line=line,
    )


def _words(value: Any, longest: int) -> str:  # noqa: ANN401 (whatever the file says)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join(_CONTROL.sub(" ", str(value)).split())[:longest]


def _buyer(raw: dict[str, Any]) -> str:
    held = raw.get("acheteur") or raw.get("autoriteConcedante")
    ident = held.get("id") if isinstance(held, dict) else raw.get("acheteur.id")
    found = "".join(_words(ident, _ID).split())
    return found if re.fullmatch(r"\d{14}", found) else ""


def _day(value: Any) -> date | None:  # noqa: ANN401
    match = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        day = date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
    return day if day and 2000 <= day.year <= 2100 else None  # noqa: PLR2004 (a year mistyped is not a date)


def _cpv(value: Any) -> str:  # noqa: ANN401
    """Eight digits: the check digit is dropped, a branch is filled with zeros, a lost leading zero comes back."""
    match = _DIGITS.fullmatch("".join(_words(value, 20).split()))
    if match is None:
        return ""
    digits = match[1]
    return digits.zfill(8) if len(digits) == 7 else digits.ljust(8, "0")  # noqa: PLR2004 (as `library.cpv` reads it)


def _amount(value: Any) -> Decimal | None:  # noqa: ANN401
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    amount = Decimal(value)
    # A sum with seventeen zeros is a slip of the keyboard (one of the official examples has it): unknown.
    return round(amount, 2) if amount.is_finite() and 0 <= amount < Decimal(10) ** 12 else None


def _declared(raw: dict[str, Any]) -> frozenset[str] | None:
    """What was declared about the environment; None when nothing readable was."""
    held = raw.get(_ENV[0])
    if isinstance(held, dict):
        held = held.get(_ENV[1])
    listed = [held] if isinstance(held, str) else held if isinstance(held, list) else []
    said = {" ".join(one.split()) for one in listed if isinstance(one, str)} - _UNTOLD
    known = said & {"Clause environnementale", "Critère environnemental", _NONE}
    return frozenset(known) if known else None
