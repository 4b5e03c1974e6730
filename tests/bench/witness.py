"""Learn the weights of `detecting/witness.py` again: `python -m tests.bench.witness`.

`-x` measures them instead, each pen left out in turn.
"""

import json
import sys
from collections.abc import Sequence

from app.documents.detecting.witness import LEARNED, features
from tests.documents.witness import QUESTIONS, Example, examples, fingerprint, learn


def main(*, cross: bool) -> int:
    told = examples()
    if cross:
        for pen in sorted({example.pen for example in told}):
            _without(pen, told)
        return 0
    learned = {question: learn(told, answer) for question, answer in QUESTIONS.items()}
    saved = json.dumps({"texts": fingerprint(told), "weights": learned}, ensure_ascii=False, separators=(",", ":"))
    LEARNED.write_text(saved + "\n", encoding="utf-8")
    print({question: len(weights) for question, weights in learned.items()}, f"{len(told)} exemples")
    return 0


def _without(pen: str, told: Sequence[Example]) -> None:
    for question, answer in QUESTIONS.items():
        weights = learn([example for example in told if example.pen != pen], answer)
        asked = [(e, said) for e in told if e.pen == pen and (said := answer(e.code)) is not None]
        found = [sum(weights.get(f, 0.0) for f in features(e.plain)) > 0 for e, _ in asked]
        hits = sum(yes and said for yes, (_, said) in zip(found, asked, strict=True))
        precision, recall = hits / max(1, sum(found)), hits / max(1, sum(said for _, said in asked))
        print(f"{pen:10} {question:7} {len(asked):5} précision {precision:.2f} rappel {recall:.2f}")


if __name__ == "__main__":
    sys.exit(main(cross="-x" in sys.argv))
