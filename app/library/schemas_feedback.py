"""What a reader sends about a clause, and what they get back."""

import re
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from app.law.schemas import Strict

MOST_LINKS: Final = 2
_LINK: Final = re.compile(r"https?://|www\.", re.IGNORECASE)
_INVISIBLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")


def readable(text: str) -> str:
    if _INVISIBLE.search(text):
        raise ValueError("Ce texte contient des caractères invisibles qui ne sont pas admis.")
    return text


def _no_advertisement(text: str) -> str:
    if len(_LINK.findall(text)) > MOST_LINKS:
        raise ValueError("Deux liens au plus : dites le reste avec vos mots.")
    return text


def _address(text: str) -> str:
    if text and not _EMAIL.fullmatch(text):
        raise ValueError("Une adresse électronique a la forme nom@exemple.fr.")
    return text


class FeedbackIn(Strict):
    message: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=10, max_length=4000),
        AfterValidator(readable),
        AfterValidator(_no_advertisement),
        Field(description="Ce qui ne va pas, ou ce qui a bien marché, avec vos mots"),
    ]
    subject: Annotated[
        Literal["law", "wording", "market", "proof", "other"],
        Field(description="Le droit, le texte, l’offre du marché, la preuve, ou autre chose"),
    ] = "other"
    email: Annotated[
        str,
        StringConstraints(strip_whitespace=True, max_length=254),
        AfterValidator(readable),
        AfterValidator(_address),
        Field(description="Pour recevoir une réponse ; vide : aucune"),
    ] = ""
    version: Annotated[int | None, Field(ge=1, le=1_000_000, description="À défaut, la version en cours")] = None


class FeedbackOut(BaseModel):
    id: int
