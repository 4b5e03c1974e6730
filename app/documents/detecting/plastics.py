"""Plastic of single use, or that touches food: in a sentence, or in the cells of a row."""

import re
from typing import Final

from app.documents.detecting.names import Span
from app.documents.detecting.sections import Line, Section

_CONTAINERS: Final = (
    r"(?:contenants?|barquettes?|bacs? (?:gastronormes?|alimentaires?)|vaisselle|assiettes?|gobelets?|couverts"
    r"|couteaux|fourchettes|cuilleres?|bouteilles?|pailles?|touillettes?|pots?"
    r"|coupelles?|bols?|ramequins?|saladiers?|biberons?|recipients?|boites? (?:repas|alimentaires?)"
    r"|plateaux(?:-repas| de transport)?|verrines?|verres?|batonnets?|melangeurs?|carafes?|dosettes?"
    r"|sachets? individuels?)"
)
_PLASTICS: Final = (
    r"(?:plastiques?|polystyrene|polypropylene|polyethylene|polycarbonate|melamine|pet|pse|ps cristal"
    r"|pla|thermoforme\w*|thermoscelle\w*|operculees? plastique)"
)
PLASTICS: Final = re.compile(rf"\b{_PLASTICS}\b")
_PLASTIC: Final = re.compile(
    r"\bplastiques?\b[^.;\n]{0,25}\b(?:a usage unique|jetables?)\b|\b(?:a usage unique"
    r"|jetables?)\b[^.;\n]{0,20}\ben plastique\b"
    rf"|\b(?:plats?|repas|denrees|aliments|entrees|desserts)\b[^.;\n]{{0,60}}\b{_PLASTICS}\b"
    r"|\bpacks? de bouteilles\b(?![^.;]{0,40}\bverre)"
    rf"|\b{_CONTAINERS}\b[^.;\n]{{0,70}}?\b{_PLASTICS}\b|\b{_PLASTICS}\b[^.;\n]{{0,25}}\b{_CONTAINERS}\b"
)
_ONE_USE: Final = re.compile(r"\bplastiques?\b[^.;]{0,15}\b(?:a usage unique|jetables?)\b")
_GARDEN: Final = re.compile(r"\b(?:horticoles?|jardin\w*|fleurs?|godets?|plants?)\b")
_PLASTIC_FINE: Final = re.compile(
    r"\b(?:aucune?s?|interdi\w*|proscri\w*|exclu\w*|sans|supprim\w*|evit\w*|bann\w*|remplac\w*|reduire|reduction"
    r"|fin des?|ne (?:sont|est|doit|peut|comport\w+|contien\w+)|pas de|plutot que"
    r"|au lieu|dechets?|tri\w*|recycl\w*|collect\w*|reemploy\w*|reutilis\w*|bouchons?|consign\w*|horticoles?"
    r"|jardin\w*|fleurs?|peinture|godets?|plants?)\b"
)


def plastic_of(line: Line, section: Section) -> Span | None:
    """« Gobelets | plastique »: the thing may stand in one cell, its matter in the next."""
    found = plastic_words(line.plain)
    if found or line.cell is None or not PLASTICS.search(line.plain):
        return found
    row = " ".join(o.plain for o in section.lines if o.cell and o.cell[:2] == line.cell[:2])
    return (0, len(line.text)) if plastic_words(row) else None


def plastic_words(plain: str) -> Span | None:
    for match in _PLASTIC.finditer(plain):
        start = max(plain.rfind(". ", 0, match.start()), plain.rfind("; ", 0, match.start())) + 1
        end = min(
            (at for at in (plain.find(". ", match.end()), plain.find("; ", match.end())) if at >= 0), default=len(plain)
        )
        said = plain[start:end]
        # « barquettes plastiques à usage unique de dix plants »: single use is single use, in a garden too.
        said = _GARDEN.sub(" ", said) if _ONE_USE.search(said) else said
        if not _PLASTIC_FINE.search(said):
            return match.span()
    return None
