"""What people want to be told, and what waits to be told to them."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, String, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.rules_notices import Pace
from app.database.columns import EnumText, Moment
from app.database.engine import Base


class NoticePreference(Base):
    """Only what somebody changed: without a row, the pace of the kind."""

    __tablename__ = "notice_preference"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    pace: Mapped[Pace] = mapped_column(EnumText(Pace))
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())


class Notice(Base):
    """Something to tell a person, written in the transaction of an act: at once, or in the digest of the day."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_person_id", "person_id", "written_at"),
        Index("ix_notice_organisation_id", "organisation_id", "written_at"),
        Index("ix_notice_waiting", "person_id", "id", postgresql_where=text("written_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"))
    """The one it is told for: its members together have a quota."""
    kind: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(String(200))
    page: Mapped[str] = mapped_column(String(300))
    """Where to read it, for the digest: a path of the site."""
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    written_at: Mapped[datetime | None] = mapped_column(Moment)
