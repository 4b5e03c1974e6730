"""Names that close the door: a brand, a label, a norm; what the law room does not see."""

import re
from typing import Final

from app.documents.detecting.goods import name_beside, stays
from app.documents.detecting.sections import Section

Span = tuple[int, int]
EQUIVALENT: Final = re.compile(
    r"\bequivalen\w*|\btout (?:autre )?(?:moyen|materiau|label|plastique)|\btoute autre\b|\bou (?:similaire"
    r"|comparable)s?\b|\bou une? autre\b|\ba titre indicatif\b|\bou apport\w+ la meme\b"
    r"|\btout autre (?:signe|justificatif|certificat)|\bou tout autre\b|\bpreuve par tout"
)

_EVERY_NAME: Final = re.compile(
    r"\btou(?:t|te|tes|s) (?:les )?(?:references?|marques?|normes?|labels?|certifications?)\b[^.;]{0,60}\b(?:cite"
    r"|mention|figur|indiqu|s'enten|dans le|au present)"
    r"[^.;]{0,100}\bequivalent"
    r"|\bmarques? (?:citee|indiquee|mentionnee|donnee)s?[^.;]{0,80}\b(?:equivalent|a titre indicatif)"
)


def says_equivalent_for_all(sections: list[Section]) -> bool:
    """One sentence at the head of the dossier can accept the equivalent of every name in it."""
    return any(_EVERY_NAME.search(line.plain) for section in sections for line in section.lines)


_NAME: Final = r"[A-ZÉÈ][\w&.’'-]*[a-zé][\w&.’'-]*"
_CUE: Final = re.compile(
    r"\b(?:[Mm]arques?|[Mm]odèles?|[Gg]ammes?|[Rr]éférences?|[Ss]éries?|[Tt]ypes?|[Ss]ociété|[Ff]abricant"
    r"|[Cc]onstructeur|[Mm]aison|[Éé]diteur|[Ll]ogiciels?"
    r"|[Pp]rogiciel|[Pp]rocesseurs?|de chez|signée?s?|[Dd]istribuée?s? par|[Ff]abriquée?s? par|[Pp]roduite?s? par"
    r"|[Éé]ditée?s? par)\s+(?:est\s+(?:un|une|de\s+marque)\s+|un\s+|une\s+|la\s+|le\s+|«\s*)?"
    rf"({_NAME})"
)
# A capitalised name and a model number: « Hardox 450 », « Intel Core i5 ».
_MODEL: Final = re.compile(rf"(?<=[a-zé,;:(«’'] )({_NAME}(?:\s+{_NAME})?\s+(?:[A-Z]{{0,4}}-?\d[\w-]*|[a-z]\d+\w*))")
_IS_A: Final = re.compile(
    rf"\b(?:est|sont|sera|seront|soient|sur)\s+(?:obligatoirement\s+)?(?:(?:un|une|des|de la|du|le|la|les"
    rf"|l[’'])\s+)(?:[a-zéèà-]+\s+){{0,2}}({_NAME})(?=[\s.,;]|$)"
)
_IS: Final = re.compile(rf"(?<=[a-zé] )(?:est|sont|sera|seront)\s+({_NAME})(?=[\s.,;]|$)")
_DETERMINED: Final = re.compile(
    rf"\b(?:[Ll]es?|[Ll]a|[Dd]es|[Uu]ne?)\s+[a-zé-]+\s+({_NAME})(?:\s+(?:{_NAME}|[A-Z]*\d\w*))?\s+(?:est|sont|sera"
    rf"|seront)\b"
)
_NO_BRAND: Final = re.compile(
    r"(?:Article|Articles|Lot|Lots|Annexe|Chapitre|Titre|Partie|Euro|Lambert|RAL|Excel|Word|PDF|Europe|Union|France"
    r"|Français\w*|État|Région|Département|Commune|Ville|Métropole|Mairie"
    r"|Ange|Écolabel|Ecolabel|Label|Qualipropre|Qualibat|Fairtrade|Max|Demeter|Ecocert|Cygne|Crit|Certi\w+"
    r"|Trackdechets|Chorus|Maître|Titulaire|Acheteur|Pouvoir|Code|Loi|Décret|Arrêté"
    r"|Oeko\w*|Martindale|Janvier|Lundi|Standard|Bluetooth|Ethernet|Internet|Wi-Fi|Imprim\S*|Énergie|Bleu|Blanc"
    r"|Rouge|Saint\w*|Sainte|Notre|NF|Seveso|Natura|Malraux|Monsieur|Madame|Mme|Paris|Renseignements|Service)\b"
)
_PLACE_BEFORE: Final = re.compile(
    r"\b(?:rue|place|avenue|école|collège|lycée|gymnase|parc|quartier|ville|commune|salle|stade|boulevard|pont"
    r"|square|halle|pavillon|hôpital|secteur|canton|bâtiment|site|groupe scolaire"
    r"|tribunal administratif|région|département|de|d[’']|à|en|M\.|Mme)\s*$",
    re.IGNORECASE,
)


def brand_words(text: str, plain: str) -> Span | None:
    if EQUIVALENT.search(plain) or stays(plain):
        return None
    for pattern in (_CUE, _MODEL, _IS_A, _IS, _DETERMINED):
        for match in pattern.finditer(text):
            if not _is_no_brand(pattern, match.group(1), text[: match.start(1)]):
                return match.start(), match.end(1)
    return name_beside(text, plain)


_MAKER: Final = re.compile(r"(?i)\b(?:société|constructeur|fabricant|éditeur)\s*$")
_BY_THE_MAKER: Final = re.compile(r"(?i)\b(?:de|par) (?:la |le |l[’'])?(?:société|constructeur|fabricant|éditeur)\s*$")


def _is_no_brand(pattern: re.Pattern[str], name: str, before: str) -> bool:
    """A place, a person, an acronym, or a firm that is only spoken of."""
    if _NO_BRAND.match(name) or (pattern is not _MODEL and name.isupper()):
        return True
    if pattern is _CUE:
        return _MAKER.search(before) is not None and not _BY_THE_MAKER.search(before)
    return _PLACE_BEFORE.search(before) is not None


_LABEL_NAMES: Final = (
    r"nf (?:environnement|mobilier|ameublement|office excellence|jardin)|(?:eu )?ecolabel(?: europeen"
    r"| de l'union europeenne)|ange bleu|blauer engel|nordic swan|cygne (?:blanc|nordique)"
    r"|tco(?: certified)?|epeat|energy star|fsc|pefc|oeko-?tex|gots|grs|ocs|fairtrade|max havelaar|longtime"
    r"|qualirepar|recq|imprim'?vert|ecocert|nature et progres|eco-?cert"
    r"|cradle to cradle|vegetal local|bleu-blanc-coeur|demeter|msc|asc|ab|agriculture biologique"
    r"|origine france garantie|bluesign|ecodetergents?|greenguard|eu ecolabel|natureplus|hve"
    r"|world fair trade|wfto|rainforest alliance|utz|biopartenaire|fair for life|spp|plante bleue|fleurs de france"
    r"|greencert|blue angel|nf habitat|hqe|effinature|bdm|label bas[- ]carbone|e\+c-|bbca"
    r"|label rouge|ecolabel nordique|certipur|oekotex|iseal|bonsucro|rugmark|step\b|qualitel|bureau veritas footprint"
)
_LABEL: Final = re.compile(
    rf"\b(?:certifi\w+|labellis\w+|label|labels|logo|marque|porteu\w+ (?:du|de la|de l'|de)|port(?:e|ent|ant|era"
    rf"|eront) (?:le|la|l'|les)|reconnue?s?|titulaires? (?:du|de la|de l')|dispos\w+ (?:du|de la|de l'|d'un)"
    rf"|certificats?|estampille\w*|muni\w* d[ue]|repond\w+ au|sous|beneficie\w* d[ue]|conformes? (?:au|a l')|agree\w*)"
    rf"\s*(?:le |la |l'|du |de la |de l'|label |marque |referentiel |certificat |cahier des charges "
    rf"|d'un )*(?:{_LABEL_NAMES})\b"
)


def says_any_other(plain: str) -> bool:
    """« ou tout autre signe prouvant les mêmes exigences »."""
    return EQUIVALENT.search(plain) is not None


def label_words(plain: str) -> Span | None:
    match = _LABEL.search(plain)
    return match.span() if match and not EQUIVALENT.search(plain) else None


_NORM: Final = re.compile(
    r"\b(?:NF|XP|FD|UTE|DIN|BS|ASTM)[\s\u00a0-]?(?:EN[\s\u00a0-]?)?(?:ISO[\s\u00a0-]?|CEI[\s\u00a0-]?"
    r"|IEC[\s\u00a0-]?)?(?:[A-Z][\s\u00a0-]?)?\d{2,}(?:[\s\u00a0.-]\d+)*"
    r"|\b(?:EN|ISO|CEI|IEC)[\s\u00a0](?:ISO[\s\u00a0])?(?!20[123]\d\b)\d{2,5}(?:-\d+)*"
    r"|\bDTU[\s\u00a0](?:n°[\s\u00a0]?)?\d+(?:\.\d+)?"
)
_ABOUT_FIRM: Final = re.compile(r"(?:14001|9001|45001|50001|26000|27001|20400)")


def norm_words(text: str, plain: str) -> Span | None:
    if EQUIVALENT.search(plain):
        return None
    return next((m.span() for m in _NORM.finditer(text) if not _ABOUT_FIRM.search(m[0])), None)
