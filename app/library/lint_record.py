"""What one record must say, alone: identity, variables, codes, proof and sanction, dates, place in the tender."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from app.law.vocabulary import GRANTS, KIND_LABELS, PIECE_LABELS, Kind, Piece
from app.library.blocks import variables_in
from app.library.record import ClauseRecord, Variable
from app.library.vocabularies import Vocabularies

Fault = tuple[str, str, str]
"""Field, code, French sentence."""

LONGEST_REVIEW: Final = timedelta(days=550)
"""Eighteen months: the rhythm of the Dutch tool, beyond which a clause is no longer trusted."""

_P = Piece
PLACES: Final[dict[Kind, tuple[set[Piece], set[Piece]]]] = {
    # droit.md, section 2.2: where the kind belongs (one at least), and where it may also be told.
    Kind.TECHNICAL_SPECIFICATION: ({_P.CCTP}, {_P.CCTP, _P.CCAP, _P.CRT, _P.BPU, _P.ANNEXE, _P.RC}),
    Kind.PERFORMANCE_CONDITION: ({_P.CCAP, _P.CCTP}, {_P.CCAP, _P.CCTP, _P.AE, _P.BPU, _P.CRT, _P.ANNEXE}),
    Kind.AWARD_CRITERION: ({_P.RC}, {_P.RC, _P.CRT, _P.AE, _P.CCAP, _P.ANNEXE}),
    Kind.VARIANT: ({_P.RC}, {_P.RC, _P.CCTP, _P.CCAP, _P.AE, _P.BPU, _P.CRT, _P.ANNEXE}),
    Kind.SELECTION_CRITERION: ({_P.RC}, {_P.RC, _P.ANNEXE}),
    Kind.RESERVATION: ({_P.RC}, {_P.RC, _P.AE, _P.CCAP, _P.ANNEXE}),
    Kind.PENALTY: ({_P.CCAP}, {_P.CCAP, _P.ANNEXE}),
    Kind.REVIEW_CLAUSE: ({_P.CCAP}, {_P.CCAP, _P.CCTP, _P.AE, _P.BPU, _P.ANNEXE}),
    Kind.REPORTING: ({_P.CCAP, _P.CCTP}, {_P.CCAP, _P.CCTP, _P.CRT, _P.ANNEXE}),
    Kind.PRICE: ({_P.AE, _P.BPU, _P.CCAP}, {_P.AE, _P.BPU, _P.CCAP, _P.CCTP, _P.ANNEXE}),
    Kind.RECITAL: ({_P.CCTP, _P.CCAP}, {_P.CCTP, _P.CCAP, _P.RC}),
    Kind.SUBJECT_MATTER: ({_P.RC, _P.CCTP, _P.CCAP, _P.AE}, set(_P)),
}
_SANCTIONS: Final = {False: ("pénalité", "encourt"), True: ("réduction de l’aide", "réduit l’aide", "reversement")}
"""How a sanction is told: in a contract, and (True) in a grant, which knows no penalty."""
_PROVEN: Final = {
    Kind.TECHNICAL_SPECIFICATION,
    Kind.PERFORMANCE_CONDITION,
    Kind.AWARD_CRITERION,
    Kind.VARIANT,
    Kind.SELECTION_CRITERION,
    Kind.RESERVATION,
    Kind.REPORTING,
}


def record_faults(record: ClauseRecord, words: Vocabularies, home: str, stem: str) -> Iterator[Fault]:
    """`home` is the folder of the file, `stem` its name without extension."""
    yield from _identity(record, words, home, stem)
    yield from _codes(record, words)
    yield from _variables(record)
    yield from _proof(record)
    yield from _scoring(record)
    yield from _dates(record)
    yield from _places(record)
    yield from _grants(record)


def _identity(record: ClauseRecord, words: Vocabularies, home: str, stem: str) -> Iterator[Fault]:
    if record.id != stem:
        yield "id", "id-file", f"L’identifiant {record.id} n’est pas le nom du fichier ({stem}.md)."
    if record.family != home:
        yield "families", "id-folder", f"La première famille est {record.family}, mais le dossier est {home}."
    family = words.families.get(record.family)
    if family and record.id.split("-")[1] != family.prefix:
        yield "id", "id-prefix", f"Le préfixe de la famille {family.code} est {family.prefix} (CEC-{family.prefix}-…)."


def _codes(record: ClauseRecord, words: Vocabularies) -> Iterator[Fault]:
    texts = [basis.text for basis in record.legal] + ([record.baseline.text] if record.baseline.text else [])
    lists = (
        ("families", "unknown-family", "famille", record.families, words.families, "families.yaml"),
        ("levers", "unknown-lever", "levier", record.levers, words.levers, "levers.yaml"),
        ("duties", "unknown-duty", "obligation", record.duties, words.duties, "law/duties.yaml"),
        ("charter", "unknown-commitment", "engagement", record.charter, words.commitments, "charter/charter.yaml"),
        ("labels", "unknown-label", "label", record.labels, words.labels, "labels.yaml"),
        ("definitions", "unknown-term", "définition", record.definitions, words.glossary, "glossary.yaml"),
        ("legal", "unknown-text", "texte", texts, words.texts, "law/texts.yaml"),
    )
    for field, code, name, given, known, source in lists:
        for value in dict.fromkeys(given):
            if source not in words.absent and value not in known:
                yield field, code, f"Code inconnu ({name}) : {value} n’est pas dans clauses/{source}."
        if len(set(given)) != len(given) and field != "legal":
            yield field, "repeated-code", "Un code est donné deux fois."


def _variables(record: ClauseRecord) -> Iterator[Fault]:
    used: set[str] = set()
    for piece, text in record.wordings.items():
        names = variables_in(text)
        used.update(names)
        if text.count("{{") != len(names) or text.count("}}") != len(names):
            yield f"# {piece}", "variable-syntax", "Une variable s’écrit « {{ nom_de_variable }} », en minuscules."
    for name in sorted(used - set(record.variables)):
        yield "variables", "variable-undeclared", f"La variable {{{{ {name} }}}} du texte n’est pas déclarée."
    for name in sorted(set(record.variables) - used):
        yield f"variables.{name}", "variable-unused", f"La variable {name} n’apparaît dans aucun texte."
    for name, variable in record.variables.items():
        for code, sentence in default_faults(variable):
            yield f"variables.{name}.default", code, sentence


def default_faults(variable: Variable) -> Iterator[tuple[str, str]]:
    default, least, most = variable.default, variable.min, variable.max
    if variable.numeric:
        if least is not None and most is not None and least >= most:
            yield "variable-bounds", f"Le minimum ({least}) doit être inférieur au maximum ({most})."
        if not isinstance(default, Decimal):
            yield "variable-default", "Une variable numérique a une valeur par défaut, qui est un nombre."
        elif (least is not None and default < least) or (most is not None and default > most):
            yield "variable-default", f"La valeur par défaut {default} sort des bornes {least} à {most}."
        elif variable.type not in {"decimal", "amount", "percentage"} and default != default.to_integral_value():
            yield "variable-default", f"La valeur par défaut {default} doit être un nombre entier."
    elif variable.type == "choice" and default is not None and default not in variable.choices:
        yield "variable-default", f"La valeur par défaut « {default} » n’est pas dans les choix."
    elif variable.type == "date" and default is not None and not isinstance(default, date):
        yield "variable-default", "La valeur par défaut d’une date est une date (AAAA-MM-JJ)."
    elif variable.type == "text" and isinstance(default, str) and len(default) > variable.max_length:
        yield "variable-default", f"La valeur par défaut dépasse {variable.max_length} caractères."


def _proof(record: ClauseRecord) -> Iterator[Fault]:
    label = KIND_LABELS[record.kind]
    if record.kind in _PROVEN and not record.evidence:
        yield "evidence", "evidence-missing", f"{label} sans preuve : dites quel document, à quel moment."
    if record.kind is Kind.PERFORMANCE_CONDITION:
        if record.control is None:
            yield "control", "control-missing", "Une condition d’exécution dit qui contrôle, quand et comment."
        if record.penalty is None:
            yield "penalty", "penalty-missing", "Une condition d’exécution a une pénalité (base, délai, plafond)."
    words = _SANCTIONS[record.family == GRANTS]
    told = any(word in " ".join(text.lower().split()) for text in record.wordings.values() for word in words)
    if (record.penalty is not None or record.kind is Kind.PENALTY) and not told:
        yield "penalty", "penalty-untold", "La pénalité n’est écrite dans aucun texte : elle ne serait pas applicable."


def _scoring(record: ClauseRecord) -> Iterator[Fault]:
    scoring = record.scoring
    if record.kind is Kind.AWARD_CRITERION and scoring is None:
        yield (
            "scoring",
            "scoring-missing",
            "Un critère d’attribution a sa question, sa formule, son poids et un exemple.",
        )
    if scoring is None:
        return
    if record.kind is not Kind.AWARD_CRITERION and Kind.AWARD_CRITERION not in record.alternative_kinds:
        yield "scoring", "scoring-misplaced", "Seul un critère d’attribution est noté."
    if not scoring.weight_min <= scoring.weight_default <= scoring.weight_max:
        yield "scoring.weight_default", "weight-bounds", "Le poids par défaut doit être entre le minimum et le maximum."
    if scoring.formula == "steps" and len(scoring.steps) < 2:  # noqa: PLR2004
        yield "scoring.steps", "scoring-steps", "Une notation par paliers décrit au moins deux paliers."


def _dates(record: ClauseRecord) -> Iterator[Fault]:
    if record.next_review <= record.legal_check:
        yield "next_review", "review-date", "La prochaine relecture doit suivre la vérification juridique."
    elif record.next_review - record.legal_check > LONGEST_REVIEW:
        yield "next_review", "review-date", "La prochaine relecture doit venir dans les dix-huit mois."
    changes = [change.date for change in record.changelog]
    if changes != sorted(changes):
        yield "changelog", "changelog-order", "Les changements vont du plus ancien au plus récent."


def places_of(record: ClauseRecord) -> tuple[set[Piece], set[Piece]]:
    """Where the clause belongs (one piece at least), and where it may also be told."""
    if record.family == GRANTS:
        return {_P.ANNEXE}, {_P.ANNEXE}
    home, also = PLACES[record.kind]
    return home, also.union(*(PLACES[kind][1] for kind in record.alternative_kinds))


def _grants(record: ClauseRecord) -> Iterator[Fault]:
    """An eco-condition is no clause of a contract: nothing may bring it into the basket of a purchase."""
    if GRANTS in record.families and len(record.families) > 1:
        yield (
            "families",
            "grant-family",
            "Une éco-condition ne se range dans aucune autre famille : ce n’est pas un achat.",
        )
    if record.family == GRANTS and (record.cpv.include or record.duties):
        yield "cpv", "grant-scope", "Une éco-condition ne vise ni code CPV ni obligation de la commande publique."


def _places(record: ClauseRecord) -> Iterator[Fault]:
    home, allowed = places_of(record)
    label = KIND_LABELS[record.kind]
    if not home & set(record.wordings):
        names = " ou ".join(sorted(PIECE_LABELS[piece] for piece in home))
        yield "wordings", "piece-missing", f"{label} : il faut un texte pour la pièce {names}."
    for piece in record.wordings:
        if piece not in allowed:
            yield f"# {piece}", "piece-mismatch", f"{label} : sa place n’est pas dans la pièce {piece}."
    if len(record.plain_title.split()) > 12:  # noqa: PLR2004
        yield "plain_title", "plain-title", "Le titre simple a douze mots au plus."
