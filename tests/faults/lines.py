"""What a fault test says: one line, with its bound."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    what: str
    found: str
    bound: str
    good: bool

    def __str__(self) -> str:
        return f"{'ok ' if self.good else 'BAD'} {self.what:<62} {self.found:<40} {self.bound}"
