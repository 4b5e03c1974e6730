"""Who is who: people, their identities, organisations, memberships, roles of the platform, invitations."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, String, Text, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.rules import OrganisationKind, PlatformRoleName, Role, Verification
from app.database.columns import EnumText, Moment, Versioned
from app.database.engine import Base


class Person(Versioned, Base):
    """Somebody; after erasure a row without any personal data, so that what they wrote keeps an author."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("email", name="uq_person_email"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    email: Mapped[str | None] = mapped_column(String(254))
    """Lower case. Null after erasure."""
    given_name: Mapped[str] = mapped_column(String(100), default="", server_default="")
    family_name: Mapped[str] = mapped_column(String(100), default="", server_default="")
    password_hash: Mapped[str | None] = mapped_column(Text)
    """Argon2id; null for those who only come through ProConnect or with a passkey."""
    email_verified_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    last_login_at: Mapped[datetime | None] = mapped_column(Moment)
    notified_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the notice of coming deletion was sent (23 months without a login)."""
    suspended_at: Mapped[datetime | None] = mapped_column(Moment)
    erased_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or (self.email or "Compte supprimé")


class OidcIdentity(Base):
    """A person at ProConnect: the pair (issuer, subject), never the e-mail."""

    __tablename__ = "oidc_identity"
    __table_args__ = (Index("ix_oidc_identity_person_id", "person_id"),)

    issuer: Mapped[str] = mapped_column(String(255), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    idp_id: Mapped[str] = mapped_column(String(64), default="", server_default="")
    siret: Mapped[str] = mapped_column(String(14), default="", server_default="")
    """The establishment the agent came with: never copied to a firm's record."""
    linked_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())


class Organisation(Versioned, Base):
    """A public buyer or a firm, by its SIRET."""

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("siret", name="uq_organisation_siret"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    siret: Mapped[str] = mapped_column(String(14))
    kind: Mapped[OrganisationKind] = mapped_column(EnumText(OrganisationKind))
    name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(Text, default="", server_default="")
    department: Mapped[str] = mapped_column(String(3), default="", server_default="")
    """Code of the département (« 69 », « 2A », « 971 »); empty while unknown."""
    region: Mapped[str] = mapped_column(String(3), default="", server_default="")
    naf: Mapped[str] = mapped_column(String(8), default="", server_default="")
    verification: Mapped[Verification] = mapped_column(EnumText(Verification))
    verified_at: Mapped[datetime | None] = mapped_column(Moment)
    checked_at: Mapped[datetime | None] = mapped_column(Moment)
    """Last time the register was asked, whatever it answered."""
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())

    @property
    def is_firm(self) -> bool:
        return self.kind is OrganisationKind.FIRM


class Membership(Versioned, Base):
    __tablename__ = "membership"
    __table_args__ = (Index("ix_membership_organisation_id", "organisation_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(EnumText(Role))
    since: Mapped[datetime] = mapped_column(Moment, server_default=func.now())


class PlatformRole(Base):
    __tablename__ = "platform_role"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[PlatformRoleName] = mapped_column(EnumText(PlatformRoleName), primary_key=True)
    since: Mapped[datetime] = mapped_column(Moment, server_default=func.now())


class Invitation(Base):
    """A place kept for an e-mail address: one link, used once, that expires."""

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("token_hash", name="uq_invitation_token_hash"),
        Index("ix_invitation_organisation_id", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[Role] = mapped_column(EnumText(Role))
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    token_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    expires_at: Mapped[datetime] = mapped_column(Moment)
    accepted_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


class JoinRequest(Base):
    """Somebody with a verified address asks to join an organisation that exists; its administrators answer."""

    __tablename__ = "join_request"
    __table_args__ = (Index("ix_join_request_organisation_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    accepted: Mapped[bool | None]
