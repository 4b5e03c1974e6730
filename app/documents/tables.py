"""The blocks made from the basket: weights, penalties, derogations, proofs, follow-up, glossary."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from app.documents.content import Blank, Block, ChosenClause, Inlines, Items, Lot, Paragraph, Ref, Table, Value
from app.documents.context import SEMICOLON, TO_CHECK, Context, ccag_article, citation, is_verified
from app.documents.lifecycle_words import method
from app.documents.outline import Node, walk
from app.documents.rules import WHOLE_COST, Weight, shared_out
from app.law.vocabulary import Confidence, Kind
from app.library.values import long_date, number
from app.text.fold import fold
from app.text.typography import NBSP

STAGES: Final = {
    "candidature": "à la candidature",
    "offre": "avec l’offre",
    "execution": "en cours d’exécution",
    "fin": "à la fin du marché",
}
_DEROGATIONS: Final = {
    "penalties": "Pénalités environnementales, leur procédure et leur plafond",
    "order": "Ordre de priorité des pièces contractuelles",
}


def percent(value: Decimal) -> str:
    return f"{number(value)}{NBSP}%"


def weight_of(clause: ChosenClause) -> Decimal:
    """As the buyer set it, else the default of the criterion."""
    if clause.weight is not None:
        return clause.weight
    return Decimal(clause.record.scoring.weight_default if clause.record.scoring else 0)


def criteria_of(clauses: tuple[ChosenClause, ...], lot: str | None) -> list[ChosenClause]:
    """The award criteria that bear on a lot (None: those of every lot)."""
    return [c for c in clauses if c.record.kind is Kind.AWARD_CRITERION and c.bears_on(lot)]


def judges_price(chosen: Sequence[ChosenClause]) -> bool:
    return any(clause.record.requirement == WHOLE_COST for clause in chosen)


def scored_lots(clauses: tuple[ChosenClause, ...], lots: tuple[Lot, ...]) -> tuple[Lot | None, ...]:
    """Every lot when their criteria differ; (None,) when all have the same."""
    differ = any(c.lots for c in clauses if c.record.kind is Kind.AWARD_CRITERION)
    return lots if differ and lots else (None,)


def criteria(context: Context) -> tuple[Block, ...]:
    """The table of weights, one per lot when the lots differ."""
    job = context.job
    tables = []
    for lot in scored_lots(job.clauses, job.lots):
        chosen = criteria_of(job.clauses, lot.number if lot else None)
        total = sum((weight_of(clause) for clause in chosen), Decimal(0))
        others: tuple[Weight, ...] = job.criteria or shared_out(total, priced=judges_price(chosen))
        rows: list[tuple[Inlines, ...]] = [((Value(w.label),), (percent(w.weight),)) for w in others]
        rows += [
            ((f"{clause.title} (", *context.here(clause), ")"), (percent(weight_of(clause)),)) for clause in chosen
        ]
        rows.append((("Total",), (percent(total + sum((w.weight for w in others), Decimal(0))),)))
        caption = f"Pondération des critères, {_small(lot.name)}" if lot else "Pondération des critères"
        numbered = tuple(((str(i) if i < len(rows) else "—",), *row) for i, row in enumerate(rows, 1))
        tables.append(Table(caption, ("N°", "Critère", "Pondération"), (1, 10, 3), numbered))
    return tuple(tables)


def penalties(context: Context) -> tuple[Block, ...]:
    rows = tuple(
        (
            (clause.title,),
            context.here(clause, bare=True),
            (penalty.basis,),
            (f"{penalty.notice_days}{NBSP}jours" if penalty.notice_days else "Sans délai",),
            (penalty.cap,),
        )
        for clause in context.job.clauses
        if (penalty := clause.record.penalty)
    )
    if not rows:
        return ()
    columns = ("Engagement", "Article", "Base de calcul", "Délai de mise en demeure", "Plafond")
    return (Table("Pénalités environnementales", columns, (28, 13, 26, 14, 21), rows),)


def _derogation_rows(context: Context) -> Iterator[tuple[Inlines, ...]]:
    job, texts = context.job, context.job.references.texts
    if job.ccag is None:
        return
    facts = job.references.ccag[job.ccag]
    for node in walk(context.outline.nodes):
        if isinstance(node, Node) and node.article.derogates:
            article = ccag_article(facts, node.article.derogates, texts)
            yield (Ref(node.article.key, bare=True),), (_capital(article),), (_DEROGATIONS[node.article.derogates],)
    for block in context.outline.clauses():
        for hook in block.clause.record.ccag:
            if hook.derogates and hook.ccag == job.ccag:
                doubt = "" if is_verified(job.ccag, hook.article, texts) else ", numéro à vérifier"
                yield (
                    (Ref(block.key, bare=True),),
                    (f"Article{NBSP}{hook.article}{doubt}",),
                    (f"{hook.subject}{NBSP}: {block.title}",),
                )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def derogations(context: Context) -> tuple[Block, ...]:
    """The recap without which a derogation may be held as unwritten (droit.md, section 2.4)."""
    if context.job.ccag is None:
        return (Paragraph(("Le marché ne vise aucun CCAG\u00a0: le présent article est sans objet.",)),)
    short = context.job.references.ccag[context.job.ccag].short
    rows = tuple(_derogation_rows(context))
    if not rows:
        return (Paragraph((f"Le présent CCAP ne déroge à aucun article du {short}.",)),)
    intro = f"Les articles suivants du présent CCAP dérogent au {short}."
    columns = ("Article du CCAP", f"Article du {short} auquel il est dérogé", "Objet de la dérogation")
    return (Paragraph((intro,)), Table(f"Dérogations au {short}", columns, (10, 16, 30), rows))


def proofs(context: Context) -> tuple[Block, ...]:
    """The proof sheet: duty, text, article of the documents, proof."""
    rows = []
    for code, duty in context.job.references.duties.items():
        covering = [c for c in context.job.clauses if code in c.record.duties and context.places(c)]
        if not covering:
            continue
        texts = context.job.references.texts
        sources = SEMICOLON.join(citation(texts[ident]) for ident in duty.texts if ident in texts) or TO_CHECK
        doubt = "" if duty.confidence is Confidence.VERIFIED else " (à vérifier)"
        since = f"\nEn vigueur depuis le {long_date(duty.in_force_from)}" if duty.in_force_from else ""
        places = "\n".join(f"{c.record.id}{NBSP}: {context.place(c)}" for c in covering)
        evidence = "\n".join(f"{c.record.id}{NBSP}: {_proof(c)}" for c in covering)
        rows.append(((duty.title + doubt,), (sources + since,), (places,), (evidence,)))
    columns = ("Obligation", "Texte", "Article du dossier de consultation", "Preuve")
    return (Table("Fiche de preuve", columns, (22, 24, 30, 40), tuple(rows)),) if rows else ()


def _proof(clause: ChosenClause) -> str:
    return SEMICOLON.join(e.what[:1].lower() + e.what[1:] for e in clause.record.evidence) or "texte de la clause"


def _sanction(clause: ChosenClause) -> str:
    penalty = clause.record.penalty
    return f"{penalty.basis}. Plafond{NBSP}: {penalty.cap}" if penalty else "Sans pénalité propre"


def follow_up(context: Context) -> tuple[Block, ...]:
    """Per clause: what is handed over, who checks, when and how, what a breach entails."""
    rows = []
    for clause in context.job.clauses:
        control = clause.record.control
        if control is None:
            continue
        what = "\n".join(f"{e.what} ({STAGES[e.stage]})" for e in clause.record.evidence) or "Constat de l’acheteur"
        title = f"{clause.title}\n{clause.record.id}, {context.place(clause)}"
        cells = (title, what, control.who, control.when, control.how, _sanction(clause))
        rows.append(tuple((cell,) for cell in cells))
    columns = ("Clause", "Preuve attendue", "Qui contrôle", "Quand", "Comment", "En cas de manquement")
    return (Table("Suivi des clauses", columns, (26, 28, 18, 18, 24, 24), tuple(rows)),) if rows else ()


def justifications(context: Context) -> tuple[Block, ...]:
    duties = context.job.references.duties
    titles = {duty.rule: duty.title for duty in duties.values()} | {code: duty.title for code, duty in duties.items()}
    rows = []
    for rule, text in context.job.justifications.items():
        reason: Inlines = (Value(text),) if text.strip() else (Blank("motif à compléter"),)
        rows.append(((f"{titles[rule]} ({rule})" if rule in titles else rule,), reason))
    columns = ("Règle ou engagement", "Motif consigné par l’acheteur")
    return (Table("Justifications", columns, (1, 2), tuple(rows)),)


def definitions(context: Context) -> tuple[Block, ...]:
    """The glossary terms that the clauses of this piece use, once each, in alphabetical order."""
    used = {term for block in context.outline.clauses() for term in block.clause.record.definitions}
    terms = context.job.references.terms
    known = sorted((terms[ident] for ident in used if ident in terms), key=lambda term: fold(term.term))
    items = tuple((f"{term.term}{NBSP}: {_small(term.definition)}",) for term in known)
    return (Items(items),) if items else ()


def _small(text: str) -> str:
    """The first letter small, unless the word is an acronym."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def lots(context: Context) -> tuple[Block, ...]:
    """The lots of the consultation, or the one that this file is for."""
    if context.job.lot:
        return (Paragraph((f"La présente pièce vaut pour un seul lot{NBSP}: ", Value(context.job.lot.name), ".")),)
    return (
        Paragraph((f"La consultation comprend les lots suivants{NBSP}:",)),
        Items(tuple((Value(lot.name),) for lot in context.job.lots)),
    )


def life_cycle_cost(context: Context) -> tuple[Block, ...]:
    asked, texts = context.job.life_cycle_cost, context.job.references.texts
    if asked is None:
        return ()
    return method(texts, asked.period_years, asked.discount_rate, asked.posts, asked.externalities_method)


MADE: Final[Mapping[str, Callable[[Context], tuple[Block, ...]]]] = {
    made.__name__: made
    for made in (
        criteria,
        penalties,
        derogations,
        proofs,
        follow_up,
        justifications,
        definitions,
        lots,
        life_cycle_cost,
    )
}
