"""The letters about sourcings, in plain French: never a name of another firm, never a figure of answers."""

from collections.abc import Sequence
from typing import Final

from app.library.values import long_date
from app.market.sourcing.models import Sourcing
from app.market.sourcing.rules import PARIS
from app.outbound.mail import Letter

_SAID: Final = {
    "published": "Un acheteur public interroge le marché",
    "corrected": "Le sourçage a changé : une nouvelle version est publiée",
    "answered": "L’acheteur a répondu à une question, pour tous",
    "result": "Le résultat du sourçage est publié",
    "concluded": "La suite donnée à la consultation est connue",
}


def closing_words(row: Sourcing) -> str:
    if row.closes_at is None:
        return ""
    moment = row.closes_at.astimezone(PARIS)
    return f"le {long_date(moment.date())} à {moment:%H h %M} (heure de Paris)"


def notice(facts: Sequence[tuple[str, Sourcing]], public_url: str) -> Letter:
    lines = []
    for kind, row in facts:
        lines.append(f"{_SAID[kind]} : {row.title}")
        if kind in {"published", "corrected"}:
            lines.append(f"Répondre avant {closing_words(row)}, sans engagement ; seul l’acheteur lira votre réponse.")
        lines.append(f"{public_url}/sourcages/{row.id}\n")
    subject = f"{_SAID[facts[0][0]]} : {facts[0][1].title}" if len(facts) == 1 else f"{len(facts)} avis de sourçage"
    body = "\n".join(lines)
    return Letter(
        subject,
        f"Bonjour,\n\n{body}\nToutes les entreprises prévenues reçoivent le même message au même instant.\n\n"
        "Clausier, l’outil des clauses d’économie circulaire\nCe message est automatique : n’y répondez pas.\n",
    )
