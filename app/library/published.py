"""A clause as the library shows it: what its file says, and what the database knows of it."""

from dataclasses import dataclass
from datetime import date, datetime

from app.law.vocabulary import Status
from app.library.record import ClauseRecord


@dataclass(frozen=True, slots=True)
class PublishedClause:
    record: ClauseRecord
    version: int
    content_hash: str
    published_at: datetime
    withdrawn_at: datetime | None = None
    written: ClauseRecord | None = None
    """What the file says, when the law has caught up since and `record` is what the clause is worth today."""

    overlay: int = 0
    """Its revision when `record` holds an organisation's own words; 0: the clause of the library."""

    @property
    def as_written(self) -> ClauseRecord:
        return self.written or self.record

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def status(self) -> Status:
        """A file that is gone is withdrawn, whatever it said."""
        return Status.WITHDRAWN if self.withdrawn_at else self.record.status

    @property
    def modified_on(self) -> date:
        """The day of the last editorial change: what « recent » sorts by, the same on every machine."""
        return self.record.changelog[-1].date
