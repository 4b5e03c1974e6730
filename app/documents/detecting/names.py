"""Names that close the door: a brand, a label, a norm, a material, plastic; what the law room does not see."""

import re
from typing import Final

Span = tuple[int, int]
_EQUIVALENT: Final = re.compile(
    r"\bequivalen\w*|\btout (?:autre )?(?:moyen|materiau|label|plastique)|\btoute autre\b|\bou (?:similaire"
    r"|comparable)s?\b|\bou une? autre\b|\ba titre indicatif\b|\bou apport\w+ la meme\b"
)

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
    if _EQUIVALENT.search(plain):
        return None
    for pattern in (_CUE, _MODEL, _IS_A, _IS, _DETERMINED):
        for match in pattern.finditer(text):
            if not _is_no_brand(pattern, match.group(1), text[: match.start(1)]):
                return match.start(), match.end(1)
    return None


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
)
_LABEL: Final = re.compile(
    rf"\b(?:certifi\w+|labellis\w+|label|labels|logo|marque|porteu\w+ (?:du|de la|de l'|de)|port(?:e|ent|ant|era"
    rf"|eront) (?:le|la|l'|les)|reconnue?s?|titulaires? (?:du|de la|de l')|dispos\w+ (?:du|de la|de l'|d'un)"
    rf"|certificats?|estampille\w*|muni\w* d[ue]|repond\w+ au|beneficie\w* d[ue]|conformes? (?:au|a l')|agree\w*)"
    rf"\s*(?:le |la |l'|du |de la |de l'|label |marque |referentiel |certificat |cahier des charges "
    rf"|d'un )*(?:{_LABEL_NAMES})\b"
)


def label_words(plain: str) -> Span | None:
    match = _LABEL.search(plain)
    return match.span() if match and not _EQUIVALENT.search(plain) else None


_NORM: Final = re.compile(
    r"\b(?:NF|XP|FD|UTE|DIN|BS|ASTM)[\s\u00a0-]?(?:EN[\s\u00a0-]?)?(?:ISO[\s\u00a0-]?|CEI[\s\u00a0-]?"
    r"|IEC[\s\u00a0-]?)?(?:[A-Z][\s\u00a0-]?)?\d{2,}(?:[\s\u00a0.-]\d+)*"
    r"|\b(?:EN|ISO|CEI|IEC)[\s\u00a0](?:ISO[\s\u00a0])?(?!20[123]\d\b)\d{2,5}(?:-\d+)*"
    r"|\bDTU[\s\u00a0](?:n°[\s\u00a0]?)?\d+(?:\.\d+)?"
)
_ABOUT_FIRM: Final = re.compile(r"(?:14001|9001|45001|50001|26000|27001|20400)")


def norm_words(text: str, plain: str) -> Span | None:
    if _EQUIVALENT.search(plain):
        return None
    return next((m.span() for m in _NORM.finditer(text) if not _ABOUT_FIRM.search(m[0])), None)


_WOODS: Final = (
    "chene|hetre|sapin|meleze|cedre|robinier|acacia|chataignier|frene|epicea|teck|douglas|pin|erable"
    "|noyer|bouleau|peuplier|orme|tilleul|merisier|iroko|ipe|okoume|red cedar|bambou|rotin|osier|liege"
)
_MATERIAL: Final = re.compile(
    rf"\b(?:en|est de la|est du|est de l'|sont de la|sont du|sont des)\s+(?:bois (?:de |d'|massif|exotique|certifie"
    rf"|naturel)?\s?)?(?:(?:{_WOODS})|bois|granit|gres|marbre|calcaire|basalte|ardoise|terre cuite|brique|platre"
    r"|acier(?! inox)|aluminium|alu|zinc|cuivre|laiton|fonte|fer forge|metal|pvc|polyethylene|pehd|polypropylene"
    r"|polyester|polyamide|polycarbonate|composite|resine|fibre de verre|beton"
    r"|coton|laine|lin|chanvre|soie|cuir|feutre|jute|velours|caoutchouc|stratifie|melamine|contreplaque|medium|mdf)\b"
)
_MADE_OF: Final = re.compile(
    r"\b(?:est|sont|sera|seront|soit|soient|realisee?s?|fabriquee?s?|executee?s?|constituee?s?|prevue?s?|faite?s?"
    r"|livree?s?|tout|toute|entierement|exclusivement|uniquement|obligatoirement)\s+(?:[a-z'-]+\s+){0,3}?$"
)
_NOT_IMPOSED: Final = re.compile(
    r"\bexistant\w*|\bconserve\w*|\bdepos\w*|\bactuel\w*|\ben place\b|\bdechets?\b|\btri\w*\b|\bcollecte\w*"
    r"|\bou (?:en|dans un|dans une|tout)\b|,\s*en [a-z]+ ou\b|\brecycler\b|\bvaloris\w*"
    r"|\breemploi\b|\bpar exemple\b|\bau choix\b|\bconsign\w*|\bissu\w* de forets|\bemballages?\b|\bcotation"
)
_BIO: Final = re.compile(r"\ben (?:coton|laine|lin|chanvre) (?:biologique|recycle|bio)\b")


def material_words(plain: str) -> Span | None:
    """A thing must be of that matter: « est en chêne », whatever its performance."""
    for match in _MATERIAL.finditer(plain):
        sentence_start = max(plain.rfind(". ", 0, match.start()), plain.rfind("; ", 0, match.start())) + 1
        before, around = plain[sentence_start : match.start()], plain[sentence_start : match.end() + 40]
        if _EQUIVALENT.search(plain) or _NOT_IMPOSED.search(around) or _BIO.match(plain, match.start()):
            continue
        if re.search(r"\b(?:aucun\w*|interdi\w*|pas|sans|ni)\b", before) or re.match(
            r"[^.;]{0,30}\b(?:interdi|proscri|exclu)", plain[match.end() :]
        ):
            continue
        if re.search(
            r"\b(?:acier|aluminium|verre|papier|plastique|carton|polyester) recycle",
            match[0] + plain[match.end() : match.end() + 9],
        ):
            continue
        if _MADE_OF.search(before) or not match[0].startswith("en "):
            return match.span()
    return None


_CONTAINERS: Final = (
    r"(?:contenants?|barquettes?|bacs? (?:gastronormes?|alimentaires?)|vaisselle|assiettes?|gobelets?|couverts"
    r"|couteaux|fourchettes|cuilleres?|bouteilles?|pailles?|touillettes?|pots?"
    r"|coupelles?|bols?|ramequins?|saladiers?|biberons?|recipients?|boites? (?:repas|alimentaires?)"
    r"|plateaux(?:-repas| de transport)?|verrines?|verres?|batonnets?|melangeurs?|carafes?)"
)
_PLASTICS: Final = (
    r"(?:plastiques?|polystyrene|polypropylene|polyethylene|polycarbonate|melamine|pet|pse|ps cristal"
    r"|pla|thermoforme\w*|thermoscelle\w*|operculees? plastique)"
)
_PLASTIC: Final = re.compile(
    r"\bplastiques?\b[^.;\n]{0,25}\b(?:a usage unique|jetables?)\b|\b(?:a usage unique"
    r"|jetables?)\b[^.;\n]{0,20}\ben plastique\b"
    rf"|\b{_CONTAINERS}\b[^.;\n]{{0,70}}?\b{_PLASTICS}\b|\b{_PLASTICS}\b[^.;\n]{{0,25}}\b{_CONTAINERS}\b"
)
_PLASTIC_FINE: Final = re.compile(
    r"\b(?:aucune?s?|interdi\w*|proscri\w*|exclu\w*|sans|supprim\w*|evit\w*|bann\w*|remplac\w*|reduire|reduction"
    r"|fin des?|ne (?:sont|est|doit|peut|comport\w+|contien\w+)|pas de|plutot que"
    r"|au lieu|dechets?|tri\w*|recycl\w*|collect\w*|reemploy\w*|reutilis\w*|bouchons?|consign\w*|horticoles?"
    r"|jardin\w*|fleurs?|peinture|godets?|plants?)\b"
)


def plastic_words(plain: str) -> Span | None:
    for match in _PLASTIC.finditer(plain):
        start = max(plain.rfind(". ", 0, match.start()), plain.rfind("; ", 0, match.start())) + 1
        end = min(
            (at for at in (plain.find(". ", match.end()), plain.find("; ", match.end())) if at >= 0), default=len(plain)
        )
        if not _PLASTIC_FINE.search(plain[start:end]):
            return match.span()
    return None
