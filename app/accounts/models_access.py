"""How one comes in: sessions, API keys, passkeys, codes, one-time links, counted attempts. Only hashes of secrets."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, LargeBinary, String, Text, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.database.columns import Moment
from app.database.engine import Base


class UserSession(Base):
    """A browser; without a person while somebody is signing in. The cookie holds the token, we only its SHA-256."""

    __tablename__ = "user_session"
    __table_args__ = (
        UniqueConstraint("token_hash", name="uq_user_session_token_hash"),
        Index("ix_user_session_person_id", "person_id"),
        Index("ix_user_session_expires_at", "expires_at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"))
    """The active organisation."""
    method: Mapped[str] = mapped_column(String(16), default="", server_default="")
    """proconnect, passkey, passphrase or link."""
    strong: Mapped[bool] = mapped_column(default=False, server_default="false")
    """Whether a second factor (or a passkey, or ProConnect at a level with one) was shown."""
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    seen_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    proved_at: Mapped[datetime | None] = mapped_column(Moment)
    """Last time the person proved who they are: sensitive acts want it less than 15 minutes ago."""
    expires_at: Mapped[datetime] = mapped_column(Moment)
    ip_prefix: Mapped[str] = mapped_column(String(50), default="", server_default="")
    user_agent: Mapped[str] = mapped_column(String(200), default="", server_default="")
    flow: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """What a sign-in under way must remember: state, nonce, challenge, who waits for a second factor."""
    id_token: Mapped[str | None] = mapped_column(Text)
    """ProConnect's, for its logout only; gone with the session."""


class ApiKey(Base):
    """`clz_live_<prefix>_<secret>`: shown once; the SHA-256 of the whole key is kept."""

    __tablename__ = "api_key"
    __table_args__ = (
        UniqueConstraint("key_hash", name="uq_api_key_key_hash"),
        UniqueConstraint("organisation_id", "name", name="uq_api_key_organisation_id_name"),
        Index("ix_api_key_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    """Who made it; it works while they are a member, and never above their role."""
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str] = mapped_column(String(80))
    prefix: Mapped[str] = mapped_column(String(8))
    """What is shown afterwards, to tell keys apart."""
    key_hash: Mapped[str] = mapped_column(String(64))
    scopes: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    expires_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    used_from: Mapped[str] = mapped_column(String(50), default="", server_default="")


class Passkey(Base):
    __tablename__ = "passkey"
    __table_args__ = (Index("ix_passkey_person_id", "person_id"),)

    credential_id: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(80))
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    transports: Mapped[list[str]] = mapped_column(ARRAY(String(16)))
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class Totp(Base):
    __tablename__ = "totp"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    sealed_secret: Mapped[str] = mapped_column(Text)
    """Encrypted with the operator's key: a copy of the database alone makes no code."""
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    last_step: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    """The time step of the last code accepted: a code serves once."""


class RecoveryCode(Base):
    __tablename__ = "recovery_code"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class OneTimeLink(Base):
    """A link sent by mail: confirm an address, choose a new passphrase, change address, first operator."""

    __tablename__ = "one_time_link"
    __table_args__ = (Index("ix_one_time_link_email", "email"),)

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(16))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class Attempt(Base):
    """One try at a door: the limits of sign-in, codes and mails are counted here, for every process."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_subject_at", "subject", "at"), Index("ix_attempt_at", "at"))

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    subject: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the door and of the account or the address: no e-mail is readable here."""
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
