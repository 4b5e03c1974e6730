"""Rules on the words of a clause: pure, position-keeping, shared by the check, the linter and the reader.

R-LOCAL localism · R-NEUF « neuf » · R-EQUIV label, norm, brand or material without « ou équivalent » · R-VAGUE vague
or forbidden words · R-TAUTO only restates the law · R-LIEN company-wide policy · R-PHRASE sentence of over 40 words.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.law.fold import folded
from app.law.sentences import Cuts, Span, paragraphs, sentences, word_count
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
    ONLY,
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


class _Reading:
    """A text being read: what its sentences and paragraphs say is looked up once per sentence."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = folded(text)
        self.numbers = {at for found in COUNTED.finditer(self.plain) for at in range(*found.span())}
        self._sentences = Cuts(self.plain)
        self._paragraphs = paragraphs(self.plain)
        self._said: dict[tuple[re.Pattern[str], Span], bool] = {}

    def _says(self, pattern: re.Pattern[str], where: Span) -> bool:
        if (pattern, where) not in self._said:
            self._said[pattern, where] = pattern.search(self.plain, *where) is not None
        return self._said[pattern, where]

    def sentence_says(self, pattern: re.Pattern[str], span: Span) -> bool:
        return self._says(pattern, self._sentences.around(span))

    def paragraph_says(self, pattern: re.Pattern[str], span: Span) -> bool:
        return self._says(pattern, self._paragraphs.around(span))

    def is_a_name(self, span: Span) -> bool:
        """« Pont-Neuf », « rue Neuve »: a capital inside a sentence."""
        word, before = self.text[slice(*span)], self.text[: span[0]].rstrip(" \u00a0-")
        return word[:1].isupper() and not word.isupper() and before[-1:].isalpha()

    def rules_out(self, span: Span) -> bool:
        """« n’est pas », « aucun », « interdit »… in the same sentence: the words are ruled out, not demanded."""
        return self.sentence_says(NEGATION, span)

    def finding(self, rule: str, span: Span, message: str, suggestion: str) -> WordingFinding:
        return WordingFinding(rule, self.text[slice(*span)], *span, message, suggestion)


def review(text: str) -> list[WordingFinding]:
    """Every remark on a wording, in reading order."""
    return list(_reviewed(text))


@lru_cache(maxsize=4096)
def _reviewed(text: str) -> tuple[WordingFinding, ...]:
    reading = _Reading(text)
    found = [finding for rule in _RULES for finding in rule(reading)]
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.rule)))


def is_ruled_out(text: str, span: Span) -> bool:
    """Does the sentence around the span rule its words out?"""
    return _Reading(text).rules_out(span)


def _localism(reading: _Reading) -> Iterator[WordingFinding]:
    message = "L’origine des produits ou l’implantation de l’entreprise ne peut pas être exigée ni notée."
    for pattern, suggestion in LOCALISM:
        for match in pattern.finditer(reading.plain):
            if not reading.rules_out(match.span()):
                yield reading.finding("R-LOCAL", match.span(), message, suggestion)


def _new(reading: _Reading) -> Iterator[WordingFinding]:
    """« neuf » for new, not for nine: « matériel neuf sans défaut » against « neuf mois » and « les neuf lots »."""
    for match in NEW.finditer(reading.plain):
        span = match.span()
        admitted = reading.sentence_says(NEW_IS_FINE, span) and not reading.sentence_says(ONLY, span)
        if match.start() not in reading.numbers and not admitted and not reading.is_a_name(span):
            yield reading.finding(
                "R-NEUF",
                span,
                "Exiger du neuf écarte le réemploi et le reconditionné.",
                "Décrivez l’état de fonctionnement, la sécurité et la garantie attendus, sans le mot « neuf ».",
            )


def _equivalence(reading: _Reading) -> Iterator[WordingFinding]:
    for name, pattern, on_folded in (
        ("Un label", LABELS, True),
        ("Une norme", NORMS, False),
        ("Une marque", BRANDS, False),
        ("Un matériau", MATERIALS, True),
    ):
        for match in pattern.finditer(reading.plain if on_folded else reading.text):
            span = match.span()
            if reading.paragraph_says(EQUIVALENCE, span):
                continue
            # « déchets de bois », « aucun contenant en plastique »: sorted or ruled out, not imposed.
            if pattern is MATERIALS and (reading.sentence_says(NOT_A_MATERIAL_DEMAND, span) or reading.rules_out(span)):
                continue
            yield reading.finding(
                "R-EQUIV",
                span,
                f"{name} se cite avec « ou équivalent » et la preuve par tout moyen.",
                "Ajoutez « ou équivalent », ou décrivez la performance attendue.",
            )


def _vague(reading: _Reading) -> Iterator[WordingFinding]:
    for pattern, message, suggestion in VAGUE:
        for match in pattern.finditer(reading.plain):
            if not reading.rules_out(match.span()):
                yield reading.finding("R-VAGUE", match.span(), message, suggestion)


def _company_policy(reading: _Reading) -> Iterator[WordingFinding]:
    for match in COMPANY_POLICY.finditer(reading.plain):
        if not reading.rules_out(match.span()):
            yield reading.finding(
                "R-LIEN",
                match.span(),
                "La politique générale de l’entreprise n’est pas liée à l’objet du marché.",
                "Demandez ce que l’entreprise fera pour ce marché : moyens, produits, quantités.",
            )


@lru_cache(maxsize=4096)
def is_tautological(text: str) -> bool:
    """Only cites the law: no figure of its own, no deadline, no proof, no blank to fill."""
    plain = folded(text)
    if "{{" in plain or RESTATES.search(plain) is None:
        return False
    own_words = REFERENCE.sub(" ", plain)
    return FIGURE.search(own_words) is None and PROOF.search(own_words) is None


def _tautology(reading: _Reading) -> Iterator[WordingFinding]:
    if is_tautological(reading.text):
        yield WordingFinding(
            "R-TAUTO",
            reading.text.strip()[:120],
            0,
            len(reading.text),
            "Ce texte ne fait que rappeler la réglementation : il ne compte pas comme une clause.",
            "Ajoutez une exigence propre au marché : un chiffre, une échéance, une preuve.",
        )


def _long_sentences(reading: _Reading) -> Iterator[WordingFinding]:
    for start, end in sentences(reading.text):
        count = word_count(reading.text[start:end])
        if count > MAX_WORDS:
            yield WordingFinding(
                "R-PHRASE",
                f"{reading.text[start:end].strip()[:80]}…",
                start,
                end,
                f"Cette phrase compte {count} mots ; au-delà de {MAX_WORDS}, elle se lit mal et se discute.",
                "Coupez-la en deux, ou passez par une liste.",
            )


_RULES: Final[tuple[Callable[[_Reading], Iterator[WordingFinding]], ...]] = (
    _localism,
    _new,
    _equivalence,
    _vague,
    _company_policy,
    _tautology,
    _long_sentences,
)
