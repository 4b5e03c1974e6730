"""Pydantic's messages, said in French: one sentence per kind of error."""

from collections.abc import Mapping
from typing import Any, Final

_SENTENCES: Final = {
    "missing": "Ce champ est obligatoire.",
    "extra_forbidden": "Ce champ n’est pas connu.",
    "string_type": "Un texte est attendu.",
    "string_too_short": "Ce texte est trop court : {min_length} caractères au moins.",
    "string_too_long": "Ce texte est trop long : {max_length} caractères au plus.",
    "string_pattern_mismatch": "Cette valeur n’a pas la forme attendue.",
    "nul": "Ce texte contient un caractère de contrôle (U+0000) : supprimez-le.",
    "int_type": "Un nombre entier est attendu.",
    "int_parsing": "Un nombre entier est attendu.",
    "int_from_float": "Un nombre entier est attendu.",
    "float_type": "Un nombre est attendu.",
    "float_parsing": "Un nombre est attendu.",
    "decimal_type": "Un nombre est attendu.",
    "decimal_parsing": "Un nombre est attendu.",
    "decimal_max_digits": "Ce nombre a trop de chiffres.",
    "decimal_max_places": "Ce nombre a trop de décimales.",
    "finite_number": "Un nombre fini est attendu.",
    "bool_type": "« true » ou « false » est attendu.",
    "bool_parsing": "« true » ou « false » est attendu.",
    "date_type": "Une date est attendue, sous la forme AAAA-MM-JJ.",
    "date_parsing": "Une date est attendue, sous la forme AAAA-MM-JJ.",
    "date_from_datetime_parsing": "Une date est attendue, sous la forme AAAA-MM-JJ.",
    "date_from_datetime_inexact": "Une date sans heure est attendue, sous la forme AAAA-MM-JJ.",
    "greater_than_equal": "La valeur doit être d’au moins {ge}.",
    "greater_than": "La valeur doit être supérieure à {gt}.",
    "less_than_equal": "La valeur doit être d’au plus {le}.",
    "less_than": "La valeur doit être inférieure à {lt}.",
    "enum": "Valeurs admises : {expected}.",
    "literal_error": "Valeurs admises : {expected}.",
    "list_type": "Une liste est attendue.",
    "too_long": "La liste est trop longue : {max_length} éléments au plus.",
    "too_short": "La liste est trop courte : {min_length} élément au moins.",
    "dict_type": "Un objet est attendu.",
    "model_type": "Un objet est attendu.",
    "model_attributes_type": "Un objet JSON est attendu.",
    "json_invalid": "Le contenu n’est pas du JSON valide.",
}


def sentence_of(kind: str, message: str, context: Mapping[str, Any]) -> str:
    """The French sentence of a Pydantic error; our own validators (`value_error`) already speak French."""
    if kind in {"value_error", "assertion_error"}:
        return message.removeprefix("Value error, ").removeprefix("Assertion failed, ")
    template = _SENTENCES.get(kind)
    if template is None:
        return "Cette valeur n’est pas acceptée."
    return template.format_map({**context, "expected": str(context.get("expected", "")).replace(" or ", " ou ")})
