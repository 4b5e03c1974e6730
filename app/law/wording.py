"""Rules on the words of a clause: pure, position-keeping, shared by the check, the linter and the reader.

R-LOCAL localism · R-NEUF « neuf » · R-EQUIV label, norm, brand or material without « ou équivalent » · R-VAGUE vague
or forbidden words · R-TAUTO only restates the law · R-LIEN company-wide policy · R-PHRASE sentence of over 40 words.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from app.law.fold import folded
from app.law.sentences import Span, paragraph_around, sentence_around, sentences, word_count
from app.law.wording_lexicon import (
    BRANDS,
    COMPANY_POLICY,
    COUNTED,
    EQUIVALENCE,
    FIGURE,
    LABELS,
    LOCALISM,
    MATERIALS,
    NEGATION,
    NEW,
    NEW_IS_FINE,
    NORMS,
    NOT_A_MATERIAL_DEMAND,
    PROOF,
    REFERENCE,
    RESTATES,
    VAGUE,
)

MAX_WORDS: Final = 40


@dataclass(frozen=True, slots=True)
class WordingFinding:
    rule: str
    excerpt: str
    start: int
    end: int
    message: str
    suggestion: str


def review(text: str) -> list[WordingFinding]:
    """Every remark on a wording, in reading order."""
    plain = folded(text)
    found = [finding for rule in _RULES for finding in rule(text, plain)]
    return sorted(found, key=lambda finding: (finding.start, finding.rule))


def _negated(plain: str, span: Span) -> bool:
    """« n’est pas », « aucun », « interdit »… in the same sentence: the words are ruled out, not demanded."""
    start, end = sentence_around(plain, span)
    return NEGATION.search(plain, start, end) is not None


def _localism(text: str, plain: str) -> Iterator[WordingFinding]:
    for pattern, suggestion in LOCALISM:
        for match in pattern.finditer(plain):
            if not _negated(plain, match.span()):
                yield WordingFinding(
                    "R-LOCAL",
                    text[match.start() : match.end()],
                    *match.span(),
                    "L’origine des produits ou l’implantation de l’entreprise ne peut pas être exigée ni notée.",
                    suggestion,
                )


def _is_the_number(plain: str, match: re.Match[str]) -> bool:
    """Nine, or « new »? « neuf mois », « vingt-neuf », « les neuf lots » against « matériel neuf sans défaut »."""
    return COUNTED.match(plain, max(0, match.start() - 12)) is not None or any(
        found.start() <= match.start() < found.end() for found in COUNTED.finditer(plain)
    )


def _new(text: str, plain: str) -> Iterator[WordingFinding]:
    for match in NEW.finditer(plain):
        start, end = sentence_around(plain, match.span())
        only_new = re.search(r"\b(exclusivement|uniquement|obligatoirement|imperativement)\b", plain[start:end])
        if _is_the_number(plain, match):
            continue
        if NEW_IS_FINE.search(plain, start, end) and not only_new:
            continue
        yield WordingFinding(
            "R-NEUF",
            text[match.start() : match.end()],
            *match.span(),
            "Exiger du neuf écarte le réemploi et le reconditionné.",
            "Décrivez l’état de fonctionnement, la sécurité et la garantie attendus, sans le mot « neuf ».",
        )


def _equivalence(text: str, plain: str) -> Iterator[WordingFinding]:
    for name, pattern, on_folded in (
        ("Un label", LABELS, True),
        ("Une norme", NORMS, False),
        ("Une marque", BRANDS, False),
        ("Un matériau", MATERIALS, True),
    ):
        for match in pattern.finditer(plain if on_folded else text):
            if _is_open(plain, match.span()) or (pattern is MATERIALS and _not_demanded(plain, match.span())):
                continue
            yield WordingFinding(
                "R-EQUIV",
                text[match.start() : match.end()].strip(),
                *match.span(),
                f"{name} se cite avec « ou équivalent » et la preuve par tout moyen.",
                "Ajoutez « ou équivalent », ou décrivez la performance attendue.",
            )


def _is_open(plain: str, span: Span) -> bool:
    start, end = paragraph_around(plain, span)
    return EQUIVALENCE.search(plain, start, end) is not None


def _not_demanded(plain: str, span: Span) -> bool:
    """« déchets de bois », « aucun contenant en plastique »: the material is sorted or ruled out, not imposed."""
    start, end = sentence_around(plain, span)
    return NOT_A_MATERIAL_DEMAND.search(plain, start, end) is not None or _negated(plain, span)


def _vague(text: str, plain: str) -> Iterator[WordingFinding]:
    for pattern, message, suggestion in VAGUE:
        for match in pattern.finditer(plain):
            if not _negated(plain, match.span()):
                yield WordingFinding("R-VAGUE", text[match.start() : match.end()], *match.span(), message, suggestion)


def _company_policy(text: str, plain: str) -> Iterator[WordingFinding]:
    for match in COMPANY_POLICY.finditer(plain):
        if not _negated(plain, match.span()):
            yield WordingFinding(
                "R-LIEN",
                text[match.start() : match.end()],
                *match.span(),
                "La politique générale de l’entreprise n’est pas liée à l’objet du marché.",
                "Demandez ce que l’entreprise fera pour ce marché : moyens, produits, quantités.",
            )


def is_tautological(text: str) -> bool:
    """Only cites the law: no figure of its own, no deadline, no proof, no blank to fill."""
    plain = folded(text)
    if "{{" in plain or RESTATES.search(plain) is None:
        return False
    own_words = REFERENCE.sub(" ", plain)
    return FIGURE.search(own_words) is None and PROOF.search(own_words) is None


def _tautology(text: str, _: str) -> Iterator[WordingFinding]:
    if is_tautological(text):
        yield WordingFinding(
            "R-TAUTO",
            text.strip()[:120],
            0,
            len(text),
            "Ce texte ne fait que rappeler la réglementation : il ne compte pas comme une clause.",
            "Ajoutez une exigence propre au marché : un chiffre, une échéance, une preuve.",
        )


def _long_sentences(text: str, _: str) -> Iterator[WordingFinding]:
    for start, end in sentences(text):
        count = word_count(text[start:end])
        if count > MAX_WORDS:
            yield WordingFinding(
                "R-PHRASE",
                f"{text[start:end].strip()[:80]}…",
                start,
                end,
                f"Cette phrase compte {count} mots ; au-delà de {MAX_WORDS}, elle se lit mal et se discute.",
                "Coupez-la en deux, ou passez par une liste.",
            )


_RULES: Final[tuple[Callable[[str, str], Iterator[WordingFinding]], ...]] = (
    _localism,
    _new,
    _equivalence,
    _vague,
    _company_policy,
    _tautology,
    _long_sentences,
)
