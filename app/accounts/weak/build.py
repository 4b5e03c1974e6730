"""Makes `weak.bin`: `python -m app.accounts.weak.build`.

Where the list comes from: it is written here, from common knowledge of how people fill fifteen characters (keyboard
rows, repeated or doubled words, a word and a year, sayings, public-service words). It is not an extract of leaked
passwords: none was downloaded, and none can be read from the file, which holds truncated hashes.
"""

from collections.abc import Iterator
from itertools import product

from app.accounts.weak import FILE, mark_of, reduced

HERE = FILE.parent
LEAST = 15
WORDS = (HERE / "words.txt").read_text(encoding="utf-8").splitlines()
ROWS = ("azertyuiopqsdfghjklmwxcvbn", "qwertyuiopasdfghjklzxcvbnm", "aqwzsxedcrfvtgbyhnujik", "qazwsxedcrfvtgbyhnujmik")
DIGITS = ("12345678901234567890", "01234567890123456789", "98765432109876543210", "11111111111111111111")
SAYINGS = (HERE / "sayings.txt").read_text(encoding="utf-8").splitlines()


def _candidates() -> Iterator[str]:
    for saying in SAYINGS:
        yield from (saying, f"{saying}1", f"{saying}123", f"{saying}2026")
    for row in (*ROWS, *DIGITS):
        for text in (row, row[::-1], row * 2):
            yield from (text[start : start + length] for start in range(10) for length in range(LEAST, 27))
    for word in WORDS:
        yield from (word * times for times in range(2, 6))
        yield from (f"{word}{tail}" for tail in ("123456789", "1234567890", "12345678910", "azertyuiop", "0123456789"))
        yield from (f"{word}{year}{word}{year}" for year in range(2020, 2028))
        yield from (f"{word}{word}{year}" for year in range(2015, 2028))
    for one, other in product(WORDS, WORDS):
        yield f"{one}{other}"
    for letter in "abcdefghijklmnopqrstuvwxyz0123456789":
        yield from (letter * length for length in range(LEAST, 31))


def main() -> None:
    kept = {mark_of(text) for text in _candidates() if len(reduced(text)) >= LEAST}
    FILE.write_bytes(b"".join(sorted(kept)))
    print(f"{len(kept)} formes, {FILE.stat().st_size // 1024} kio")  # noqa: T201 (a command)


if __name__ == "__main__":
    main()
