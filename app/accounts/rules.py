"""Who may do what, and the arithmetic of SIRET numbers. Pure: no session, no request, no clock."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final


class OrganisationKind(StrEnum):
    STATE = "state"
    LOCAL_AUTHORITY = "local_authority"
    PUBLIC_ESTABLISHMENT = "public_establishment"
    CONTRACTING_ENTITY = "contracting_entity"
    FIRM = "firm"


class Role(StrEnum):
    """In an organisation; each includes the ones before."""

    READER = "reader"
    WRITER = "writer"
    ADMINISTRATOR = "administrator"


ROLE_LABELS: Final = {"reader": "lecteur", "writer": "rédacteur", "administrator": "administrateur"}


class PlatformRoleName(StrEnum):
    """On the platform; none includes another."""

    EDITOR = "editor"
    LEGAL_REVIEWER = "legal_reviewer"
    PLATFORM_ADMIN = "platform_admin"


class Verification(StrEnum):
    """What the register of firms said of a SIRET."""

    VERIFIED = "verified"
    PENDING = "pending"
    UNKNOWN = "unknown"
    """The register answered that it has no open establishment with this number (it may be non-diffusible)."""


_RANK: Final = {Role.READER: 1, Role.WRITER: 2, Role.ADMINISTRATOR: 3}

IDLE: Final = timedelta(hours=2)
ABSOLUTE: Final = timedelta(hours=12)
# ProConnect's own session lasts 12 h too; OWASP ASVS 7.3 asks for both bounds.
FRESH: Final = timedelta(minutes=15)
"""How recent the proof of identity must be for e-mail, second factors, keys, export and erasure."""
KEY_LIFE: Final = timedelta(days=365)


def at_least(role: Role, wanted: Role) -> bool:
    return _RANK[role] >= _RANK[wanted]


def lower_of(one: Role, other: Role) -> Role:
    return min(one, other, key=_RANK.__getitem__)


def session_is_over(seen_at: datetime, expires_at: datetime, *, now: datetime) -> bool:
    return now >= expires_at or now - seen_at >= IDLE


def is_fresh(proved_at: datetime | None, *, now: datetime) -> bool:
    return proved_at is not None and now - proved_at <= FRESH


# --- API keys: what a scope opens -----------------------------------------------------------------

READ: Final = "lecture"
WRITE: Final = "ecriture"
RESOURCES: Final = {
    "purchases": "dossiers",
    "shares": "dossiers",
    "check-documents": "dossiers",
    "kept-tenders": "dossiers",
    "past-contracts": "dossiers",
    "charter": "charte",
    "firms": "entreprises",
    "capabilities": "entreprises",
    "offers": "entreprises",
    "proofs": "entreprises",
    "programmes": "entreprises",
    "saved-searches": "entreprises",
    "sourcings": "sourcages",
    "published-sourcings": "sourcages",
    "received-sourcings": "sourcages",
    "network": "reseau",
    "webhooks": "webhooks",
    "organisations": "organisation",
    "me": "compte",
}
"""First segment after `/api/v1/` → the French name of the scope that opens it."""
SEALED: Final = frozenset({"sourcages"})
"""Answers of firms are confidential: a general scope does not open them."""


def known_scopes() -> list[str]:
    named = sorted(set(RESOURCES.values()))
    return [READ, WRITE, *(f"{name}:{act}" for name in named for act in (READ, WRITE))]


def scope_of(path: str, *, safe: bool) -> tuple[str, str]:
    """(resource, act) that a request on this path needs."""
    segment = path.removeprefix("/api/v1/").split("/", 1)[0]
    return RESOURCES.get(segment, ""), READ if safe else WRITE


def scopes_allow(scopes: Collection[str], path: str, *, safe: bool) -> bool:
    resource, act = scope_of(path, safe=safe)
    return f"{resource}:{act}" in scopes or (act in scopes and resource not in SEALED)


def role_of_scopes(scopes: Collection[str]) -> Role:
    """A key never administers."""
    return Role.WRITER if any(s == WRITE or s.endswith(f":{WRITE}") for s in scopes) else Role.READER


# --- SIRET ---------------------------------------------------------------------------------------

_LA_POSTE: Final = "356000000"


def _luhn(digits: str) -> bool:
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0  # noqa: PLR2004


def siret_of(typed: str) -> str | None:
    """The fourteen digits of what was typed (spaces allowed), or None when it cannot be a SIRET."""
    siret = "".join(typed.split()).replace("\u202f", "")
    if len(siret) != 14 or not (siret.isascii() and siret.isdigit()):  # noqa: PLR2004
        return None
    if siret.startswith(_LA_POSTE):
        # La Poste ran out of Luhn numbers: its establishments sum to a multiple of 5 (integrations.md, section 1).
        return siret if _luhn(siret) or sum(map(int, siret)) % 5 == 0 else None
    return siret if _luhn(siret) and _luhn(siret[:9]) else None


# --- What one may do with an object: rendered as its `may` list -----------------------------------


def may_on_organisation(role: Role) -> list[str]:
    rights = {
        Role.READER: ["read", "leave"],
        Role.WRITER: ["read", "leave", "write"],
        Role.ADMINISTRATOR: ["read", "leave", "write", "edit", "invite", "change_roles", "remove", "answer_requests"],
    }
    return rights[role]


def may_on_member(own: Role, other: Role, *, same_person: bool, administrators: int) -> list[str]:
    """The last administrator keeps the role and the place until somebody else has it."""
    last = other is Role.ADMINISTRATOR and administrators <= 1
    rights = []
    if own is Role.ADMINISTRATOR and not last:
        rights.append("change_role")
    if (own is Role.ADMINISTRATOR or same_person) and not last:
        rights.append("leave" if same_person else "remove")
    return rights


FICTITIOUS: Final = "9999"
"""How an invented SIRET begins (the demonstration); our convention, as INSEE reserves no range for examples."""


def is_fictitious(siret: str) -> bool:
    return siret.startswith(FICTITIOUS)
