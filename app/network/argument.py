"""The one-page paper for elected officials: duty, cost over life, market depth, risks, decision asked. Pure.

Nothing is stated that the law room, the library, the market or the buyer's own figures do not say; no date of the
day, since the same input must give the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.documents.lifecycle import LifeCycleCost
from app.documents.lifecycle_words import sentence
from app.documents.paper import BULLET, grid, paper, text
from app.documents.xml import paragraph, run
from app.law.assessing import AssessedDuty
from app.law.phrases import day, euros
from app.law.purchase import Purchase
from app.law.vocabulary import CONFIDENCE_LABELS
from app.library.record import ClauseRecord
from app.text.typography import NBSP

_DUTIES: Final = 4
_CLAUSES: Final = 6
_RISKS: Final = 3
_POINT: Final = 200
_OBJECT: Final = 160
_NAME: Final = 80
_PLAIN: Final = (
    '<w:keepNext/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    '<w:spacing w:before="160" w:after="60"/><w:ind w:left="0" w:firstLine="0"/><w:outlineLvl w:val="0"/>'
)
_TIGHT: Final = '<w:spacing w:before="0" w:after="100"/>'
NOT_COMPUTED: Final = (
    "Le coût sur la durée de vie n’est pas calculé dans ce dossier. Le calculateur de Clausier le compare entre "
    "plusieurs offres, avec la période et le taux que vous choisissez."
)
NO_CLAUSE: Final = "Aucune clause n’est encore choisie dans ce dossier."


@dataclass(frozen=True, slots=True)
class Cost:
    offers: tuple[LifeCycleCost, ...]
    period_years: int


@dataclass(frozen=True, slots=True)
class Depth:
    """Figures in words, never a name: « 14 entreprises », « moins de 3 entreprises »."""

    territory: str
    joint: str
    parts: tuple[tuple[str, str], ...]
    """(id of the clause, its figure), the rarest first."""
    blocking: str
    counted: int


@dataclass(frozen=True, slots=True)
class Argument:
    purchase: Purchase
    buyer: str
    duties: tuple[AssessedDuty, ...]
    clauses: tuple[ClauseRecord, ...]
    open_without: tuple[str, ...]
    """Titles of the binding duties that nothing would cover without these clauses."""
    open_with: tuple[str, ...]
    cost: Cost | None
    depth: Depth | None


def _line(words: str, style: str = "") -> str:
    """What a person typed, as it is: square brackets are no blank to fill here."""
    return paragraph(run(words), style)


def _heading(words: str) -> str:
    """Numbered by hand: the template would number it as a sub-article, and leave the air of a long piece."""
    return paragraph(run(words), "Heading2", _PLAIN)


def _short(words: str, most: int) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"


def _counted(count: int, one: str, several: str) -> str:
    return f"{count}{NBSP}{several if count > 1 else one}"


def in_force(duties: Sequence[AssessedDuty]) -> list[AssessedDuty]:
    """Those that apply on the day of the launch, the binding ones first."""
    kept = [duty for duty in duties if duty.applicability == "applies" and duty.strength != "programmed"]
    return sorted(kept, key=lambda duty: duty.strength != "binding")


def _duty(case: Argument) -> list[str]:
    known = in_force(case.duties)
    helped = {code for clause in case.clauses for code in clause.duties}
    # A page holds four: the binding ones, and among them those that the clauses serve.
    ordered = sorted(known, key=lambda duty: (duty.strength != "binding", duty.code not in helped))
    rows = [
        [
            duty.title,
            f"{duty.source}, {duty.article}",
            ("Obligatoire" if duty.strength == "binding" else "À prendre en compte")
            + (f", depuis le {day(duty.in_force_from)}" if duty.in_force_from else ""),
            CONFIDENCE_LABELS[duty.confidence].capitalize(),
        ]
        for duty in ordered[:_DUTIES]
    ]
    body = [_heading("1. L’obligation")]
    if not rows:
        return [*body, text("Aucune obligation certaine à la date de lancement, d’après ce qui est décrit.")]
    head = ["Obligation", "Texte et article", "Portée", "Référence"]
    body.append(grid("Obligations en vigueur au lancement", head, [33, 33, 20, 14], rows))
    depends = sum(duty.applicability == "depends" for duty in case.duties)
    more = []
    if left := len(known) - len(rows):
        more.append(f"{_counted(left, 'autre s’applique', 'autres s’appliquent')}.")
    if depends:
        more.append(f"{_counted(depends, 'dépend', 'dépendent')} d’un point à préciser.")
    return [*body, text(" ".join(more), "Note")] if more else body


def _cost(case: Argument) -> list[str]:
    body = [_heading("2. Le coût sur la durée de vie")]
    if case.cost is None:
        return [*body, text(NOT_COMPUTED)]
    ranked = sorted(case.cost.offers, key=lambda offer: offer.rank)
    said = "; ".join(f"{_short(one.name, 40)}{NBSP}: {euros(one.total)}" for one in ranked)
    shown = [_line(_short(sentence(case.cost.offers, case.cost.period_years), 400))]
    if len(ranked) > 1:
        shown.append(_line(f"Total sur la période, hors taxes – {said.replace('; ', f'{NBSP}; ')}.", "Note"))
    return [*body, *shown]


def _market(case: Argument) -> list[str]:
    body = [_heading("3. Le marché peut-il répondre\u00a0?")]
    if case.depth is None:
        return [*body, text("Sans clause, il n’y a rien à mesurer.")]
    depth = case.depth
    limit = f" (les {depth.counted} premières)" if depth.counted < len(case.clauses) else ""
    one = "cette clause" if depth.counted == 1 else f"toutes ces clauses à la fois{limit}"
    body.append(text(f"{depth.territory}{NBSP}: {depth.joint} se déclarent en mesure de répondre à {one}."))
    if depth.blocking:
        body.append(text(depth.blocking))
    elif len(depth.parts) > 1 and depth.parts[0][1] != depth.parts[1][1]:
        code, figure = depth.parts[0]
        body.append(text(f"La plus exigeante pour le marché est {code}{NBSP}: {figure}."))
    return [*body, text("Chiffres déclaratifs, sans nom d’entreprise. Un sourçage les confirme.", "Note")]


def _risk(case: Argument) -> list[str]:
    body = [_heading("4. Les risques")]
    without, kept = len(case.open_without), len(case.open_with)
    if without:
        titles = "\u00a0; ".join(_short(title, 90) for title in case.open_without[:_RISKS])
        more = "…" if without > _RISKS else "."
        word = _counted(without, "obligation en vigueur reste", "obligations en vigueur restent")
        said = f"Ne rien faire{NBSP}: sans clause, {word} sans réponse – {titles}{more}"
        if case.clauses:
            after = f"il en reste {kept}" if kept else "il n’en reste aucune"
            said += f" Avec les clauses proposées, {after}."
        body.append(text(said))
    else:
        body.append(text(f"Ne rien faire{NBSP}: d’après ce qui est décrit, aucune obligation n’impose une clause ici."))
    if case.clauses:
        body.append(text("Points à surveiller si vous adoptez les clauses\u00a0:"))
        body += [
            text(f"{clause.id}{NBSP}– {_short(clause.watch_points[0], _POINT)}", BULLET)
            for clause in case.clauses[:_RISKS]
        ]
    return body


def _decision(case: Argument) -> list[str]:
    body = [_heading("5. La décision demandée")]
    if not case.clauses:
        return [*body, text(f"{NO_CLAUSE} Choisissez-les avant de demander une décision.")]
    shown = [f"{clause.plain_title} ({clause.id})" for clause in case.clauses[:_CLAUSES]]
    left = len(case.clauses) - len(shown)
    ending = f"\u00a0; et {_counted(left, 'autre', 'autres')}." if left else "."
    word = "de la clause suivante" if len(case.clauses) == 1 else f"de ces {len(case.clauses)} clauses"
    listed = "\u00a0; ".join(shown) + ending
    body.append(text(f"Approuver l’insertion, dans la consultation, {word}{NBSP}: {listed}"))
    return [*body, text("Décision, date et signature\u00a0: [à compléter]")]


def argument(case: Argument) -> bytes:
    """The DOCX; the same case gives the same bytes."""
    subject = _short(case.purchase.object, _OBJECT)
    buyer = _short(case.buyer, _NAME)
    launched = f"Consultation à lancer le {day(case.purchase.launch_date)}."
    amount = case.purchase.estimated_value
    if amount is not None:
        launched += f" Montant estimé{NBSP}: {euros(amount)} HT."
    body = [
        paragraph(run("Argumentaire pour les élus"), "Title", _TIGHT),
        paragraph(run(subject), "Subtitle", _TIGHT),
        text(launched),
        *_duty(case),
        *_cost(case),
        *_market(case),
        *_risk(case),
        *_decision(case),
    ]
    title = f"Argumentaire – {subject}"
    return paper(title, buyer, body, head=buyer or "Clausier – Argumentaire", mark="argumentaire")
