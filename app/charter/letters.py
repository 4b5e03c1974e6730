"""The two papers of an adhesion: the letter that delegates the signature, the template of the deliberation."""

from collections.abc import Callable, Mapping
from typing import Final

from app.accounts.models import Organisation
from app.charter.paper import BULLET, paper, text
from app.charter.schemas import LetterIn
from app.law.facts import Charter
from app.text.typography import NBSP

NNBSP: Final = "\u202f"
Maker = Callable[[Charter, int, Organisation, LetterIn], bytes]


def _or(words: str, blank: str) -> str:
    """What was given, without the brackets that mean « to fill in »."""
    return words.strip().replace("[", "(").replace("]", ")") or f"[{blank}]"


def _name(organisation: Organisation) -> str:
    return organisation.name.replace("[", "(").replace("]", ")")


def delegation(charter: Charter, version: int, organisation: Organisation, asked: LetterIn) -> bytes:
    name = _name(organisation)
    signatory = _or(asked.signatory, "nom et fonction du signataire")
    delegate = _or(asked.delegate, "nom et fonction de la personne qui signera")
    body = [
        text(name),
        text(f"SIRET{NBSP}: {organisation.siret}"),
        text(organisation.address or "[adresse]"),
        text(f"À l’attention de{NBSP}: {charter.network}"),
        text("[lieu], le [date]"),
        text("Lettre de délégation de signature", "Title"),
        text(f"Objet{NBSP}: signature de «{NBSP}{charter.name}{NBSP}», version {version}"),
        text("Madame, Monsieur,"),
        text(
            f"Je soussigné(e) {signatory}, agissant au nom de {name}, donne délégation à {delegate} pour signer, "
            f"au nom de l’organisme, «{NBSP}{charter.name}{NBSP}» dans sa version {version}, et pour accomplir "
            "les formalités de l’adhésion."
        ),
        text(f"Par cette signature, {name} prend les engagements suivants{NBSP}:"),
        *(text(f"{commitment.title}.", BULLET) for commitment in charter.commitments),
        text(
            f"Le référent achats circulaires est {_or(asked.referent, 'nom et fonction du référent')}. "
            "Cette délégation prend fin avec la signature, ou sur simple lettre."
        ),
        text("Je vous prie d’agréer, Madame, Monsieur, l’expression de ma considération distinguée."),
        text(signatory),
        text("[signature]"),
        text(_NOTE, "Note"),
    ]
    return paper(f"Lettre de délégation – {charter.name}", organisation.name, body, head=charter.name)


_NOTE: Final = (
    "Modèle à adapter. Vérifiez qui, dans votre organisme, a compétence pour signer et pour déléguer sa signature. "
    "Ce n’est pas un avis juridique."
)


def deliberation(charter: Charter, version: int, organisation: Organisation, asked: LetterIn) -> bytes:
    name = _name(organisation)
    body = [
        text(name),
        text("Séance du [date]"),
        text("Délibération n° [numéro]"),
        text(f"Adhésion à «{NBSP}{charter.name}{NBSP}»", "Title"),
        text(f"Rapporteur{NBSP}: [nom]. Présents{NBSP}: [nombre]. Votants{NBSP}: [nombre]."),
        text("L’assemblée délibérante,"),
        text(
            f"Considérant que «{NBSP}{charter.name}{NBSP}», portée par {charter.network.lower()}, réunit des "
            f"engagements pour intégrer l’économie circulaire dans les marchés, et que chacun se vérifie{NNBSP};"
        ),
        text(f"Considérant le texte de la version {version}, joint à la présente délibération{NNBSP};"),
        text(f"Après en avoir délibéré, décide{NBSP}:"),
        text(
            f"Article 1. D’adhérer à «{NBSP}{charter.name}{NBSP}», version {version}, dont les engagements sont{NBSP}:"
        ),
        *(text(f"{commitment.text}", BULLET) for commitment in charter.commitments),
        text(
            f"Article 2. D’autoriser {_or(asked.signatory, 'nom et fonction du signataire')} à signer la charte et "
            "tout acte nécessaire à l’exécution de la présente délibération."
        ),
        text(
            f"Article 3. De désigner {_or(asked.referent, 'nom et fonction du référent')} comme référent achats "
            "circulaires."
        ),
        text("Article 4. D’examiner chaque année le bilan de la charte et de le publier."),
        text("Adopté par [nombre] voix pour, [nombre] contre, [nombre] abstentions."),
        text("[lieu], le [date]. [signature]"),
        text(_NOTE, "Note"),
    ]
    return paper(f"Modèle de délibération – {charter.name}", organisation.name, body, head=charter.name)


LETTERS: Final[Mapping[str, Maker]] = {"delegation": delegation, "deliberation": deliberation}
