"""The security history: what happened to an account, shown to its owner. Kinds and their French are one table."""

from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request

from app.accounts.models_trail import SecurityEvent
from app.accounts.origin import ip_prefix, user_agent

KINDS: Final = {
    "signed_in": "Connexion",
    "signed_out": "Déconnexion",
    "sign_in_refused": "Essai de connexion refusé",
    "second_factor_refused": "Second facteur refusé",
    "proved": "Identité confirmée",
    "account_created": "Compte créé",
    "email_verified": "Adresse électronique vérifiée",
    "email_change_asked": "Changement d’adresse demandé",
    "email_changed": "Adresse électronique changée",
    "passphrase_set": "Phrase de passe choisie",
    "passphrase_reset_asked": "Nouvelle phrase de passe demandée",
    "passkey_added": "Clé d’accès ajoutée",
    "passkey_removed": "Clé d’accès retirée",
    "totp_added": "Application de codes ajoutée",
    "totp_removed": "Application de codes retirée",
    "recovery_codes_made": "Codes de secours créés",
    "recovery_code_used": "Code de secours utilisé",
    "session_closed": "Session fermée à distance",
    "key_created": "Clé d’API créée",
    "key_revoked": "Clé d’API révoquée",
    "proconnect_linked": "ProConnect rattaché au compte",
    "proconnect_unlinked": "ProConnect détaché du compte",
    "data_exported": "Données personnelles exportées",
    "joined": "Organisation rejointe",
    "left": "Organisation quittée",
    "role_changed": "Rôle changé",
    "organisation_created": "Organisation créée",
    "invited": "Invitation envoyée",
    "invitation_revoked": "Invitation annulée",
    "member_removed": "Membre retiré",
    "platform_role_given": "Rôle de la plateforme donné",
    "platform_role_taken": "Rôle de la plateforme retiré",
}


def note(
    session: AsyncSession,
    request: Request | None,
    kind: str,
    *,
    person_id: int | None,
    organisation_id: int | None = None,
    **details: Any,  # noqa: ANN401 (whatever JSON tells the event)
) -> None:
    """Adds an event; the network is kept to its prefix."""
    if kind not in KINDS:
        raise KeyError(kind)
    session.add(
        SecurityEvent(
            person_id=person_id,
            organisation_id=organisation_id,
            kind=kind,
            ip_prefix=ip_prefix(request) if request else "",
            user_agent=user_agent(request) if request else "",
            details=details,
        )
    )
