"""The pages that are read before a clause is chosen: one per family, and the glossary. Pure."""

from collections import defaultdict

from app.library.answers import clause_ref
from app.library.published import PublishedClause
from app.library.schemas_reading import (
    AgecOut,
    FamilyCard,
    FamilyCards,
    FamilyDuty,
    FamilyPageOut,
    FirstClauseOut,
    GlossaryOut,
    TermOut,
)
from app.library.shelf import Shelf
from app.text.fold import fold


def _home(shelf: Shelf) -> dict[str, list[PublishedClause]]:
    found: dict[str, list[PublishedClause]] = defaultdict(list)
    for clause in shelf.active:
        found[clause.record.family].append(clause)
    return found


def family_cards(shelf: Shelf) -> FamilyCards:
    """In the order of the vocabulary."""
    home = _home(shelf)
    return FamilyCards(
        items=[
            FamilyCard(code=family.code, label=family.label, headline=page.headline, clauses=len(home[family.code]))
            for family in shelf.words.families.values()
            if (page := shelf.words.pages.get(family.code))
        ]
    )


def whole_family(code: str, shelf: Shelf) -> FamilyPageOut | None:
    words, page = shelf.words, shelf.words.pages.get(code)
    if page is None or code not in words.families:
        return None
    categories = {category.number: category.label for category in words.agec}
    first = [(shelf.clause(row.id), row.reason) for row in page.start_with]
    clauses = sorted(_home(shelf)[code], key=lambda clause: (clause.record.level, clause.id))
    return FamilyPageOut(
        code=code,
        label=words.families[code].label,
        headline=page.headline,
        what_matters=page.what_matters,
        duties=[FamilyDuty(code=d.code, title=words.duties.get(d.code, d.code), note=d.note) for d in page.duties],
        cpv=page.cpv,
        market=page.market,
        not_to_ask=page.not_to_ask,
        mistakes=page.mistakes,
        start_with=[FirstClauseOut(clause=clause_ref(clause), reason=reason) for clause, reason in first if clause],
        questions_for_sourcing=page.questions_for_sourcing,
        agec=[AgecOut(number=number, label=categories[number]) for number in page.agec if number in categories],
        clauses=[clause_ref(clause) for clause in clauses],
        updated=page.updated,
    )


def defined(shelf: Shelf) -> GlossaryOut:
    """Every term in alphabetical order, with the clauses that use it."""
    users: dict[str, list[PublishedClause]] = defaultdict(list)
    for clause in shelf.active:
        for ident in clause.record.definitions:
            users[ident].append(clause)
    terms = sorted(shelf.words.glossary.values(), key=lambda term: fold(term.term))
    return GlossaryOut(
        items=[
            TermOut(
                id=term.id,
                term=term.term,
                definition=term.definition,
                source=term.source,
                confidence=term.confidence,
                clauses=[clause_ref(clause) for clause in users[term.id]],
            )
            for term in terms
        ]
    )
