"""The modules with what they lean on: the texts and their confidence, the clauses in their current version."""

from pathlib import Path

from app.law.catalogue import law_at
from app.library.answers import clause_ref
from app.library.shelf import Shelf
from app.network.schemas_training import ModuleCard, ModuleCards, ModuleOut, ModuleText, QuizQuestion
from app.network.training import Module, read_modules, shuffled


def _card(module: Module) -> dict[str, object]:
    named = module.model_dump(include={"code", "order", "title", "audience", "minutes", "summary"})
    return {**named, "questions": len(module.quiz)}


def cards(root: Path) -> ModuleCards:
    return ModuleCards(items=[ModuleCard.model_validate(_card(module)) for module in read_modules(root)])


def whole_module(code: str, root: Path, shelf: Shelf) -> ModuleOut | None:
    module = next((m for m in read_modules(root) if m.code == code), None)
    if module is None:
        return None
    known = law_at(root).texts
    texts = [known[ident] for ident in module.texts if ident in known]
    quiz = [(question, *shuffled(code, question)) for question in module.quiz]
    return ModuleOut.model_validate(
        {
            **_card(module),
            "objectives": module.objectives,
            "sections": module.sections,
            "exercises": module.exercises,
            "texts": [
                ModuleText(id=text.id, title=text.title, article=text.article or "", confidence=text.confidence)
                for text in texts
            ],
            "clauses": [clause_ref(clause) for ident in module.clauses if (clause := shelf.clause(ident))],
            "quiz": [
                QuizQuestion(question=question.question, choices=choices, right=right, why=question.why)
                for question, choices, right in quiz
            ],
        }
    )
