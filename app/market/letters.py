"""The letters of the market, in plain French."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from app.market.feeds import Entry
from app.outbound.mail import Letter

_SIGN: Final = (
    "\n\nClausier, l’outil des clauses d’économie circulaire\nCe message est automatique : n’y répondez pas.\n"
)
_SHOWN: Final = 20


def _letter(subject: str, *paragraphs: str) -> Letter:
    return Letter(subject, "Bonjour,\n\n" + "\n\n".join(paragraphs) + _SIGN)


def alert(name: str, found: Sequence[Entry], alerts_page: str) -> Letter:
    lines = "\n".join(f"– {one.title}\n  {one.address}" for one in found[:_SHOWN])
    more = len(found) - _SHOWN
    rest = [f"Et {more} autres."] if more > 0 else []
    return _letter(
        f"Du nouveau dans « {name} »",
        f"Votre recherche enregistrée « {name} » a du nouveau :\n{lines}",
        *rest,
        f"Pour modifier ou arrêter cette alerte :\n{alerts_page}",
    )


def proof_expires(title: str, day: date, page: str) -> Letter:
    return _letter(
        f"Votre preuve « {title} » expire le {day:%d/%m/%Y}",
        f"La preuve « {title} » de votre fiche expire le {day:%d/%m/%Y}.",
        "Le lendemain, les capacités qui s’appuient sur elle ne compteront plus.",
        f"Pour la renouveler :\n{page}",
    )


def firm_invited(organisation: str, page: str) -> Letter:
    return _letter(
        f"{organisation} vous invite à vous faire connaître",
        f"« {organisation} » vous invite à créer la fiche de votre entreprise sur Clausier : les acheteurs publics y "
        "cherchent qui sait réemployer, réparer, reprendre ou fournir des produits sobres.",
        f"Il faut votre SIRET et quelques minutes :\n{page}",
        "L’inscription est libre et gratuite ; elle ne donne aucun avantage dans un marché. Votre adresse n’est pas "
        "conservée, et cette organisation ne pourra pas vous écrire une seconde fois par ce moyen.",
    )
