"""What the words of a record must respect: the texts it cites, the figures of the law, French typography."""

import re
from collections.abc import Iterator
from typing import Final

from app.law.vocabulary import Kind
from app.law.wording import is_tautological, review
from app.library.blocks import VARIABLE, blocks_of, variables_in
from app.library.citations import cited
from app.library.lint_record import Fault
from app.library.record import ClauseRecord
from app.library.vocabularies import Vocabularies
from app.text.typography import plain

_PERCENT: Final = re.compile(r"(\d{1,15}(?:[.,]\d{1,15})?) ?%")
_DECREE: Final = re.compile(r"2024-134|\bloi AGEC\b|article 58\b", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"(?<=[.;!?])\s+")
_MEASURE: Final = re.compile(
    r"\d|\{\{|\b(?:chaque|tou[ts]|toutes|aucune?|une?|deux|trois|quatre|cinq|six|sept|huit|dix|douze|quinze|vingt|trente"
    r"|nombre|taux|part|durée|année|mois|jour|heure|gramme|kilo|tonne|euro|pourcentage)s?\b",
    re.IGNORECASE,
)
_PROOF: Final = re.compile(
    r"\b(?:preuve|justifi|attest|certificat|facture|bordereau|relevé|fiche|registre|rapport|bilan|procès-verbal|document"
    r"|photograph|tableau|inventaire|notice|déclaration|bons? de|ticket|mesure|contrôle|liste|note|critère|pénalité"
    r"|point)",
    re.IGNORECASE,
)
_TYPING: Final = (
    (re.compile(r"\S {2,}\S"), "deux espaces de suite"),
    (re.compile(r'"'), "guillemets droits au lieu de « »"),
    (re.compile(r"\.\.\."), "trois points au lieu de « … »"),
    (re.compile(r"\w[;?!](?:\s|$)"), "espace manquante avant « ; », « ? » ou « ! »"),
    (re.compile(r"[a-zà-ÿ)]:(?:\s|$)"), "espace manquante avant « : »"),
    (re.compile(r" [,.](?:\s|$)"), "espace avant une virgule ou un point"),
    (re.compile(r"\d[%€]"), "espace manquante avant « % » ou « € »"),
    (re.compile(r"«(?! )|(?<! )»"), "espace manquante à l’intérieur des guillemets"),
    (re.compile(r"\b(?:1ère?s?|\d+(?:ième|ème)s?)\b"), "abréviation d’ordinal (1re, 2e)"),
)


def wording_faults(record: ClauseRecord, words: Vocabularies) -> Iterator[Fault]:
    for piece, text in record.wordings.items():
        if "law/texts.yaml" not in words.absent:
            yield from _citations(f"# {piece}", text, words.citations)
        yield from _printed_units(record, f"# {piece}", text)
        yield from _markup(f"# {piece}", text)
        yield from _rules_of_law(f"# {piece}", text)
    for field, text in told(record):
        yield from _typography(field, text)
    yield from _figures(record, words)
    yield from _substance(record)


def _rules_of_law(field: str, text: str) -> Iterator[Fault]:
    """The rules that the check applies to a buyer's own text, applied to ours."""
    for finding in review(text):
        # A price line or a table of an annex says nothing alone: the clause is judged whole (`_substance`).
        if finding.rule != "R-TAUTO":
            yield (
                field,
                finding.rule,
                f"« {' '.join(finding.excerpt.split())} » : {finding.message} {finding.suggestion}".strip(),
            )


def told(record: ClauseRecord) -> Iterator[tuple[str, str]]:
    """Every sentence of the record that a reader sees, with its field."""
    yield "title", record.title
    yield "plain_title", record.plain_title
    yield "summary", record.summary
    yield "why", record.why
    yield "baseline.statement", record.baseline.statement
    yield "gain.reason", record.gain.reason
    yield "link_to_subject.reason", record.link_to_subject.reason
    yield "market.note", record.market.note
    for field, texts in (("watch_points", record.watch_points), ("not_when", record.not_when)):
        yield from ((f"{field}.{n}", text) for n, text in enumerate(texts))
    for name, variable in record.variables.items():
        yield f"variables.{name}.help", variable.help
    for piece, text in record.wordings.items():
        yield from ((f"# {piece}", part) for block in blocks_of(text) for part in block.texts)


def _citations(field: str, text: str, known: frozenset[str]) -> Iterator[Fault]:
    for name in sorted(cited(text) - known):
        yield field, "uncited-text", f"Le texte cite {name.upper()}, que clauses/law/texts.yaml ne connaît pas."


def _printed_units(record: ClauseRecord, field: str, text: str) -> Iterator[Fault]:
    """A variable prints with its unit: the unit written again would read « 20 % % »."""
    for match in VARIABLE.finditer(text):
        variable = record.variables.get(match[1])
        after = plain(text[match.end() :]).lstrip()
        if variable and variable.unit and re.match(re.escape(variable.unit) + r"(?!\w)", after):
            yield (
                field,
                "unit-twice",
                f"La variable {match[1]} s’imprime avec son unité : n’écrivez pas « {variable.unit} ».",
            )


def _markup(field: str, text: str) -> Iterator[Fault]:
    if re.search(r"\*\*|__|^#{2,}|<[a-z/]|\]\(", text, re.MULTILINE):
        yield (
            field,
            "markup",
            "Ni gras, ni titre, ni lien, ni balise dans un texte : paragraphes, listes et tableaux seuls.",
        )
    for block in blocks_of(text):
        if block.kind == "table" and (len(block.rows) < 2 or len({len(row) for row in block.rows}) > 1):  # noqa: PLR2004
            yield field, "table-shape", "Un tableau a une ligne d’en-tête et le même nombre de cellules à chaque ligne."


def _typography(field: str, text: str) -> Iterator[Fault]:
    typed = plain(VARIABLE.sub("x", text))
    for pattern, fault in _TYPING:
        if match := pattern.search(typed):
            around = typed[max(0, match.start() - 15) : match.end() + 15].strip()
            yield field, "typography", f"Typographie : {fault} (« {around} »)."


def _figures(record: ClauseRecord, words: Vocabularies) -> Iterator[Fault]:
    """A rate given as the one of decree 2024-134 must be one that `targets.yaml` holds for the clause's categories."""
    if "law/targets.yaml" in words.absent:
        return
    rates, missing = _rates(record, words)
    sentences = [(field, part) for field, text in told(record) for part in _SENTENCE.split(plain(text))]
    claims = [(f, float(n.replace(",", "."))) for f, s in sentences if _DECREE.search(s) for n in _PERCENT.findall(s)]
    if record.baseline.value is not None and record.baseline.text in {"agec-58", "decret-2024-134"}:
        claims.append(("baseline.value", float(record.baseline.value)))
    for field, value in claims:
        if value not in rates:
            known = ", ".join(f"{rate:g} %" for rate in sorted(rates)) or "aucun"
            note = " ; d’autres taux de la catégorie n’ont pas été retrouvés" if missing else ""
            sentence = f"{value:g} % n’est pas un taux connu du décret n° 2024-134 ici (connus : {known}{note})."
            yield field, "figure-contradicts-law", sentence


def _rates(record: ClauseRecord, words: Vocabularies) -> tuple[set[float], bool]:
    """The rates known for the clause's categories, and whether some were never found."""
    families = [words.families[code] for code in record.families if code in words.families]
    branches = record.cpv.include or [code for family in families for code in family.cpv]
    rates: set[float] = set()
    missing = False
    for category in words.agec:
        if branches and not any(_overlap(one, two) for one in branches for two in category.cpv):
            continue
        for rate in (*category.reuse.values(), *category.recycled.values()):
            missing |= rate.value is None and not rate.not_applicable
            rates |= set() if rate.value is None else {float(rate.value)}
    return rates, missing


def _overlap(one: str, two: str) -> bool:
    return one.startswith(two) or two.startswith(one)


def _substance(record: ClauseRecord) -> Iterator[Fault]:
    """OB-09: a clause that only restates the law is not a clause; it may stand as a recital."""
    text = "\n\n".join(record.wordings.values())
    if record.kind is Kind.RECITAL:
        if record.gain.degree != "none":
            yield "gain.degree", "recital-gain", "Un rappel du droit n’ajoute rien à la loi : son gain est « none »."
        if "env-performance-condition" in record.duties or "env-award-criterion" in record.duties:
            yield "duties", "recital-duty", "Un rappel du droit ne répond pas à l’obligation environnementale."
        return
    if record.gain.degree == "none":
        yield (
            "gain.degree",
            "tautology",
            "La clause ne fait que rappeler la loi : ajoutez une exigence, ou faites-en un rappel.",
        )
    if is_tautological(text):
        yield (
            "wordings",
            "R-TAUTO",
            "Le texte ne fait que rappeler la réglementation : ajoutez un chiffre, une date, une preuve.",
        )
    if not (variables_in(text) or _MEASURE.search(text)):
        yield "wordings", "no-measure", "Le texte n’a ni chiffre, ni date, ni variable : rien ne se mesure."
    elif not _PROOF.search(plain(text)):
        yield "wordings", "no-proof", "Le texte ne dit pas ce qui prouve ou contrôle l’exigence."
