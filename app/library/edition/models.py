"""Proposals of the editorial room, their readings, and who is writing in one now."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, LargeBinary, String, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.database.columns import EnumText, Moment, Versioned
from app.database.engine import Base
from app.library.edition.rules import Part, ProposalStatus, Verdict


class ClauseProposal(Versioned, Base):
    """A change of a clause, or a new clause, from its first draft to its publication."""

    __tablename__ = "clause_proposal"
    __table_args__ = (
        Index("ix_clause_proposal_status_id", "status", "id"),
        Index("ix_clause_proposal_clause_id", "clause_id"),
        # Two new clauses never take the same number.
        Index(
            "uq_clause_proposal_new_clause_id",
            "clause_id",
            unique=True,
            postgresql_where=text("base_version = 0 AND status IN ('draft', 'review')"),
        ),
        CheckConstraint("base_version >= 0", name="base"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    clause_id: Mapped[str] = mapped_column(String(16))
    """Not a foreign key: a new clause exists once it is published."""
    base_version: Mapped[int]
    """The version that is changed; 0 for a new clause."""
    path: Mapped[str] = mapped_column(Text)
    source: Mapped[bytes] = mapped_column(LargeBinary)
    """The file as it is being written, without the line of the journal that the publication adds."""
    kind: Mapped[str] = mapped_column(String(16))
    """Of the change, as in the journal: creation, law, norm, market, wording, error."""
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    status: Mapped[ProposalStatus] = mapped_column(EnumText(ProposalStatus), default=ProposalStatus.DRAFT)
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    """Moves with the text: a reading is about one revision."""
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    refusal: Mapped[str] = mapped_column(Text, default="", server_default="")
    created_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    published_version: Mapped[int | None]


class ClauseReading(Base):
    """What a reader decided about one revision."""

    __tablename__ = "clause_reading"
    __table_args__ = (Index("ix_clause_reading_proposal_id", "proposal_id"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("clause_proposal.id"))
    revision: Mapped[int]
    part: Mapped[Part] = mapped_column(EnumText(Part))
    verdict: Mapped[Verdict] = mapped_column(EnumText(Verdict))
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    reader_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())


class ClausePen(Base):
    """Who has a proposal open to write in it, until when: an indication, the version number is the guard."""

    __tablename__ = "clause_pen"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("clause_proposal.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    until: Mapped[datetime] = mapped_column(Moment)
