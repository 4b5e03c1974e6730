"""The column kinds that every room shares."""

from enum import StrEnum
from typing import Any, Final

from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

Moment = DateTime(timezone=True)
_WIDTH: Final = 32


class EnumText(TypeDecorator[StrEnum]):
    """An enum kept as its text, of 32 characters at most: a new value needs no migration."""

    impl = String(_WIDTH)
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else str(self.kind(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        del dialect
        return None if value is None else self.kind(value)


class Versioned:
    """Optimistic locking: SQLAlchemy raises the number at each update, and refuses an update of a stale row.

    The number is the row's ETag (`app/web/etag.py`: `tagged`, `require_version`).
    """

    version: Mapped[int] = mapped_column(default=1, server_default="1")

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 (SQLAlchemy calls it on the class)
        return {"version_id_col": cls.version}
