"""What a text of a skeleton may quote: facts of the purchase, articles of law with their confidence, numbers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from app.documents.content import Blank, ChosenClause, Inline, Inlines, Ref, Value
from app.documents.job import CompositionJob, nature_of
from app.documents.outline import Outline, Outlines
from app.documents.pieces import TEXTS, Written
from app.documents.skeleton import Ccag, CcagFacts, Mark, marks
from app.law.facts import LawText
from app.law.vocabulary import Confidence, Nature
from app.library.values import long_date
from app.text.typography import NARROW, NBSP

TO_CHECK: Final = "article à vérifier"
SEMICOLON: Final = f"{NARROW}; "
_OF_NATURE = {Nature.SUPPLIES: "de fournitures", Nature.SERVICES: "de services", Nature.WORKS: "de travaux"}


def citation(text: LawText) -> str:
    """The article, never stated as certain when nobody has read it again."""
    if text.confidence is Confidence.VERIFIED:
        return text.article
    return f"{text.article}, référence à vérifier"


def ccag_article(facts: CcagFacts, subject: str, texts: Mapping[str, LawText]) -> str:
    """« article 16.2 », « article 14.1, numéro à vérifier » or « article à vérifier »."""
    text = texts.get(getattr(facts, subject) or "")
    found = re.search(r"art\. ([\d.]+)", text.article.replace(NBSP, " ")) if text else None
    if text is None or found is None:
        return TO_CHECK
    doubt = "" if text.confidence is Confidence.VERIFIED else ", numéro à vérifier"
    return f"article{NBSP}{found[1]}{doubt}"


def is_verified(code: Ccag, article: str, texts: Mapping[str, LawText]) -> bool:
    """Whether an article number of a CCAG stands in a verified text."""
    return any(
        text.confidence is Confidence.VERIFIED
        and text.id.startswith(f"ccag-{code.lower()}-")
        and re.search(rf"art\. {re.escape(article)}\b", text.article.replace(NBSP, " "))
        for text in texts.values()
    )


@dataclass(frozen=True, slots=True)
class Context:
    """One piece being written, with the numbers of all of them."""

    job: CompositionJob
    outlines: Outlines
    piece: Written
    facts: Mapping[str, Inlines] = field(default_factory=dict)

    @property
    def outline(self) -> Outline:
        return self.outlines.outline(self.piece)

    def fill(self, text: str) -> Inlines:
        """The text with its marks replaced by what they stand for."""
        filled: list[Inline] = []
        for part in marks(text):
            if isinstance(part, Mark):
                filled += self._quote(part)
            else:
                filled.append(part)
        return tuple(filled)

    def _quote(self, name: str) -> Inlines:
        head, _, rest = name.partition(".")
        if head == "droit":
            return (citation(self.job.references.texts[rest]),)
        if head == "art":
            piece, _, key = rest.rpartition(".")
            return (self.outlines.numbers(Written(piece))[key],) if piece else (Ref(rest),)
        return self.facts[name]

    def places(self, clause: ChosenClause) -> list[tuple[Written, str]]:
        """Where a clause stands in the documents: pieces and article numbers."""
        return [
            (piece, numbers[key])
            for piece in TEXTS
            for numbers in (self.outlines.numbers(piece),)
            for wording in clause.record.wordings
            if (key := f"{clause.key}/{wording}") in numbers
        ]

    def place(self, clause: ChosenClause) -> str:
        """« CCTP, art. 6.1 ; CCAP, art. 11.2 »."""
        return SEMICOLON.join(f"{piece}, art.{NBSP}{number}" for piece, number in self.places(clause))

    def here(self, clause: ChosenClause, *, bare: bool = False) -> Inlines:
        """The clause's article in this piece as a live reference, else where it stands elsewhere."""
        for wording in clause.record.wordings:
            key = f"{clause.key}/{wording}"
            if key in self.outlines.numbers(self.piece):
                return (Ref(key, bare=bare),)
        return (self.place(clause),)


def _given(text: str, what: str) -> Inlines:
    return (Value(text),) if text.strip() else (Blank(f"à compléter par l’acheteur\u00a0: {what}"),)


def facts_of(job: CompositionJob) -> dict[str, Inlines]:
    """The facts that skeletons quote, by name."""
    purchase = job.purchase
    nature = nature_of(purchase)
    months = purchase.duration_months
    known = job.references.ccag.get(job.ccag) if job.ccag else None
    texts = job.references.texts
    return {
        "objet": _given(purchase.object, "objet du marché"),
        "acheteur": _given(job.buyer_name, "nom de l’acheteur"),
        "reference": _given(job.reference, "numéro de la consultation"),
        "cpv": (", ".join(purchase.cpv),),
        "de_nature": (_OF_NATURE[nature],)
        if nature
        else (Blank("à compléter par l’acheteur\u00a0: de fournitures, services ou travaux"),),
        "duree": _given(f"{months}{NBSP}mois" if months else "", "durée en mois"),
        "lancement": (long_date(purchase.launch_date),),
        "ccag": (known.short if known else "",),
        "ccag_titre": (known.title if known else "",),
        "ccag_du": (f" du {known.short}" if known else "",),
        "ccag_env": (ccag_article(known, "environmental", texts) if known else "",),
        "ccag_penalites": (ccag_article(known, "penalties", texts) if known else "",),
    }
