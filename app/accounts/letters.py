"""The letters of the accounts room, in plain French."""

from datetime import timedelta
from typing import Final

from app.accounts.rules import ROLE_LABELS
from app.outbound.mail import Letter

_SIGN: Final = (
    "\n\nClausier, l’outil des clauses d’économie circulaire\nCe message est automatique : n’y répondez pas.\n"
)


def _life(life: timedelta) -> str:
    minutes = int(life.total_seconds() // 60)
    if minutes <= 90:  # noqa: PLR2004
        return f"{minutes} minutes"
    hours = minutes // 60
    return f"{hours} heures" if hours < 48 else f"{hours // 24} jours"  # noqa: PLR2004


def _letter(subject: str, *paragraphs: str) -> Letter:
    return Letter(subject, "Bonjour,\n\n" + "\n\n".join(paragraphs) + _SIGN)


def confirm_address(link: str, life: timedelta) -> Letter:
    return _letter(
        "Confirmez votre adresse pour créer votre compte",
        f"Pour créer votre compte Clausier, ouvrez ce lien :\n{link}",
        f"Il sert une seule fois et expire dans {_life(life)}.",
        "Si vous n’avez rien demandé, ignorez ce message : aucun compte n’est créé.",
    )


def already_known(sign_in: str, reset: str) -> Letter:
    return _letter(
        "Vous avez déjà un compte Clausier",
        "Quelqu’un, sans doute vous, vient de demander un compte avec cette adresse. Elle en a déjà un.",
        f"Pour vous connecter :\n{sign_in}",
        f"Pour choisir une nouvelle phrase de passe :\n{reset}",
    )


def new_passphrase(link: str, life: timedelta) -> Letter:
    return _letter(
        "Choisissez une nouvelle phrase de passe",
        f"Pour choisir une nouvelle phrase de passe, ouvrez ce lien :\n{link}",
        f"Il sert une seule fois et expire dans {_life(life)}.",
        "Si vous n’avez rien demandé, ignorez ce message : votre phrase de passe ne change pas.",
    )


def no_account(sign_up: str) -> Letter:
    return _letter(
        "Aucun compte Clausier à cette adresse",
        "Une nouvelle phrase de passe a été demandée pour cette adresse, mais elle n’a pas de compte.",
        f"Pour en créer un :\n{sign_up}",
        "Si vous n’avez rien demandé, ignorez ce message.",
    )


def passphrase_changed(reset: str) -> Letter:
    return _letter(
        "Votre phrase de passe a changé",
        "La phrase de passe de votre compte Clausier vient d’être changée, et vos autres sessions sont fermées.",
        f"Si ce n’est pas vous, choisissez-en une autre sans attendre :\n{reset}",
    )


def confirm_new_address(link: str, life: timedelta) -> Letter:
    return _letter(
        "Confirmez votre nouvelle adresse",
        f"Pour que votre compte Clausier utilise cette adresse, ouvrez ce lien en étant connecté :\n{link}",
        f"Il sert une seule fois et expire dans {_life(life)}.",
    )


def address_changing(new: str) -> Letter:
    return _letter(
        "Changement de votre adresse électronique",
        f"Votre compte Clausier va utiliser l’adresse {new}, dès qu’elle sera confirmée.",
        "Si ce n’est pas vous, changez votre phrase de passe et fermez vos autres sessions dans « Mon compte ».",
    )


def factor_changed(what: str) -> Letter:
    return _letter(
        "La sécurité de votre compte a changé",
        f"{what} sur votre compte Clausier.",
        "Si ce n’est pas vous, changez votre phrase de passe et fermez vos autres sessions dans « Mon compte ».",
    )


def invitation(organisation: str, role: str, by: str, link: str, life: timedelta) -> Letter:
    return _letter(
        f"{organisation} vous invite sur Clausier",
        f"{by} vous invite à rejoindre « {organisation} » sur Clausier, comme {ROLE_LABELS.get(role, role)}.",
        f"Pour accepter, ouvrez ce lien :\n{link}",
        f"Il sert une seule fois et expire dans {_life(life)}. Sans réponse de votre part, rien n’est créé.",
    )


def asks_to_join(who: str, email: str, organisation: str, link: str) -> Letter:
    return _letter(
        f"{who} demande à rejoindre {organisation}",
        f"{who} ({email}) demande à rejoindre « {organisation} » sur Clausier.",
        f"Répondez depuis « Mon organisation » :\n{link}",
        "N’acceptez que les personnes que vous connaissez : elles verront les dossiers de l’organisation.",
    )


def joined(organisation: str, *, accepted: bool) -> Letter:
    said = "acceptée : vous en êtes membre" if accepted else "refusée"
    return _letter(
        f"Votre demande pour {organisation}",
        f"Votre demande de rejoindre « {organisation} » sur Clausier est {said}.",
    )


def soon_erased(sign_in: str, life: timedelta) -> Letter:
    return _letter(
        "Votre compte Clausier sera supprimé",
        f"Sans connexion de votre part, votre compte, inutilisé depuis longtemps, sera supprimé dans {_life(life)}.",
        f"Pour le garder, connectez-vous :\n{sign_in}",
        "Les dossiers de votre organisation, eux, restent à l’organisation.",
    )


def first_operator(link: str, life: timedelta) -> Letter:
    return _letter(
        "Votre accès d’administrateur",
        f"Pour ouvrir votre compte d’administrateur de la plateforme :\n{link}",
        f"Ce lien sert une seule fois et expire dans {_life(life)}.",
    )


def webhook_ended(name: str, *, gone: bool, page: str) -> Letter:
    why = (
        "Son serveur a répondu qu’il n’existait plus (410)."
        if gone
        else "Aucun envoi n’a abouti pendant trois jours malgré dix essais."
    )
    return _letter(
        f"Le webhook « {name} » est arrêté",
        f"Nous n’appelons plus le webhook « {name} » de votre organisation. {why}",
        f"Pour voir les derniers envois et le rétablir :\n{page}",
    )


def digest(told: list[tuple[str, list[tuple[str, str]]]]) -> Letter:
    """`told`: for each kind, its label and its (title, address)."""
    parts = [f"{label}\n" + "\n".join(f"– {title}\n  {address}" for title, address in held) for label, held in told]
    count = sum(len(held) for _, held in told)
    subject = "Un avis vous attend" if count == 1 else f"{count} avis vous attendent"
    return _letter(f"{subject} sur Clausier", *parts)
