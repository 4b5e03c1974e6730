"""Reads clauses/law and clauses/charter once, checks what they say, and gives the `Law`.

A mistake in the content stops the start with the file, the entry and the reason: a wrong article is worse than none.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from app.law.facts import AgecCategory, Charter, Condition, Duty, Family, Law, LawText, Targets
from app.law.vocabulary import Confidence
from app.settings import get_settings

T = TypeVar("T")

# YAML says `in`, `is`, `not`, `except`, `any_of`: words that Python keeps for itself.
_KEYS: Final = {"in": "in_", "any_of": "in_", "is": "is_", "not": "not_", "except": "except_"}
_BY_EVIDENCE: Final = {
    "V-CODE": Confidence.VERIFIED,
    "V-DEPOT": Confidence.VERIFIED,
    "V-PAGE": Confidence.VERIFIED,
    "MEM": Confidence.TO_CHECK,
    "NON-VERIFIE": Confidence.UNKNOWN,
}
_RANK: Final = {Confidence.UNKNOWN: 0, Confidence.TO_CHECK: 1, Confidence.VERIFIED: 2}


class LawError(ValueError):
    """The content of clauses/law or clauses/charter is wrong; the message says where."""


def _read(path: Path) -> Any:  # noqa: ANN401 (YAML is validated by the caller)
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise LawError(f"{path} : {error}") from error


def _keys(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return {_KEYS.get(key, key): _keys(child) for key, child in value.items()}
    return [_keys(child) for child in value] if isinstance(value, list) else value


def _checked(kind: type[T], raw: Any, path: Path) -> list[T]:  # noqa: ANN401
    """Each entry of a list, or a message that names the entry."""
    if not isinstance(raw, list):
        raise LawError(f"{path} : une liste est attendue.")
    adapter = TypeAdapter(kind)
    found: list[T] = []
    for position, entry in enumerate(raw):
        try:
            found.append(adapter.validate_python(entry))
        except ValidationError as error:
            name = entry.get("id") or entry.get("code") or position if isinstance(entry, dict) else position
            details = " ; ".join(f"{'.'.join(map(str, e['loc']))} : {e['msg']}" for e in error.errors())
            raise LawError(f"{path}, entrée {name} : {details}") from error
    return found


def _one(kind: type[T], raw: Any, path: Path) -> T:  # noqa: ANN401
    return _checked(kind, [raw], path)[0]


def _unique(names: list[str], path: Path) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise LawError(f"{path} : {', '.join(twice)} apparaît deux fois.")


def _texts(path: Path) -> dict[str, LawText]:
    texts = _checked(LawText, _read(path), path)
    _unique([text.id for text in texts], path)
    for text in texts:
        if _RANK[text.confidence] > _RANK[_BY_EVIDENCE[text.evidence]]:
            raise LawError(f"{path}, entrée {text.id} : la preuve {text.evidence} ne permet pas « {text.confidence} ».")
    return {text.id: text for text in texts}


def _check_condition(condition: Condition, where: str) -> None:
    """One thing per node, except `ask`, which may also word a leaf."""
    shapes = [bool(condition.all), bool(condition.any), condition.not_ is not None, condition.fact is not None]
    if sum(shapes) > 1 or (condition.ask and any(shapes[:3])):
        raise LawError(f"{where} : un nœud de condition ne dit qu’une chose à la fois.")
    if bool(condition.ask) != bool(condition.ask_not):
        raise LawError(f"{where} : `ask` et `ask_not` vont ensemble.")
    for child in (*condition.all, *condition.any, *((condition.not_,) if condition.not_ else ())):
        _check_condition(child, where)


def _duties(path: Path, texts: dict[str, LawText]) -> tuple[Duty, ...]:
    raw = _read(path)
    duties = _checked(Duty, _keys(raw.get("duties") if isinstance(raw, dict) else raw), path)
    _unique([duty.code for duty in duties], path)
    codes = {duty.code for duty in duties}
    for duty in duties:
        where = f"{path}, obligation {duty.code}"
        for missing in (text for text in duty.texts if text not in texts):
            raise LawError(f"{where} : le texte {missing} n’est pas dans texts.yaml.")
        if _RANK[duty.confidence] > _RANK[texts[duty.texts[0]].confidence]:
            raise LawError(f"{where} : plus sûre que son texte principal {duty.texts[0]}.")
        for unknown in (cover.duty for cover in duty.covered_by if cover.duty and cover.duty not in codes):
            raise LawError(f"{where} : couverte par une obligation inconnue, {unknown}.")
        if not duty.covered_by and not duty.outside and not duty.covered_by_lots:
            raise LawError(f"{where} : rien ne la couvre et elle n’est pas marquée `outside`.")
        _check_condition(duty.applies_when, where)
    return tuple(duties)


def _targets(path: Path, texts: dict[str, LawText]) -> Targets:
    targets = _one(Targets, _keys(_read(path)), path)
    for cited in (*(t.text for t in targets.thresholds), *(r.text for r in targets.fleet)):
        if cited not in texts:
            raise LawError(f"{path} : le texte {cited} n’est pas dans texts.yaml.")
    for category in targets.agec:
        _check_rates(category, path)
    return targets


def _check_rates(category: AgecCategory, path: Path) -> None:
    for rates in (category.reuse, category.recycled):
        if set(rates) != {2024, 2027, 2030}:
            raise LawError(f"{path}, catégorie {category.number} : paliers 2024, 2027 et 2030 attendus.")
        for year, rate in rates.items():
            known = rate.value is not None or rate.not_applicable
            if known == (rate.confidence is Confidence.UNKNOWN):
                raise LawError(
                    f"{path}, catégorie {category.number}, {year} : un taux absent est `unknown`, et lui seul."
                )


def _charter(path: Path, duties: tuple[Duty, ...]) -> Charter:
    charter = _one(Charter, _keys(_read(path)), path)
    codes = {duty.code for duty in duties}
    modalities = [m.id for c in charter.commitments for m in c.modalities]
    _unique(modalities, path)
    indicators = [i for c in charter.commitments for i in c.indicators]
    _unique([i.code for i in indicators], path)
    for indicator in indicators:
        if (indicator.measured == "modality") != (indicator.modality in modalities):
            raise LawError(f"{path}, indicateur {indicator.code} : modalité inconnue ou de trop.")
    for commitment in charter.commitments:
        for modality in commitment.modalities:
            where = f"{path}, modalité {modality.id}"
            if modality.measure == "clause" and not modality.cover:
                raise LawError(f"{where} : une modalité de clause dit ce qui la couvre.")
            for unknown in (c.duty for c in modality.cover if c.duty and c.duty not in codes):
                raise LawError(f"{where} : obligation inconnue, {unknown}.")
            if modality.applies_when is not None:
                _check_condition(modality.applies_when, where)
    return charter


def load_law(clauses: Path) -> Law:
    """Reads and validates a folder of clauses; raises `LawError`."""
    texts = _texts(clauses / "law" / "texts.yaml")
    duties = _duties(clauses / "law" / "duties.yaml", texts)
    families = _checked(Family, _read(clauses / "families.yaml"), clauses / "families.yaml")
    return Law(
        texts=texts,
        duties=duties,
        targets=_targets(clauses / "law" / "targets.yaml", texts),
        charter=_charter(clauses / "charter" / "charter.yaml", duties),
        families=tuple(families),
    )


@lru_cache
def law_at(clauses: Path) -> Law:
    """The law of a folder, read once per process."""
    return load_law(clauses)


def get_law() -> Law:
    return law_at(get_settings().clauses)
