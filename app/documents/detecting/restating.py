"""The law said again: what everybody must obey anyway, with nothing of the contract's own added."""

import re
from typing import Final

from app.documents.detecting.promises import only_restates

# « 2.3 », « A.4 », « Article IV.2. », « 7) »: where the sentence stands, no figure of its own.
_NUMBERING: Final = re.compile(
    r"^\W{0,5}(?:article )?(?:(?:[a-z]{1,2}|[ivx]{1,4})[.\- ]?\d{1,3}|[ivx]{1,4}"
    r"|\d{1,3})(?:[.\-]\d{1,3}){0,4}\s?[.):°-]?\s"
)


def unnumbered(plain: str) -> str:
    """The same length, so that positions still hold."""
    return _NUMBERING.sub(lambda found: " " * len(found[0]), plain)


# The law forbids it to everybody: « aucun produit interdit par la loi », « l’interdiction posée par la loi ».
_FORBIDDEN: Final = re.compile(
    r"\b(?:interdi\w+|prohib\w+|proscri\w+|autoris\w+)\b[^.;]{0,60}\b(?:par|selon|posee?s? par|au titre de"
    r"|a la)\b[^.;]{0,25}"
    r"\b(?:lois?|reglementations?|legislations?|textes|code|reglement|decret)"
    r"|\b(?:lois?|reglementations?|legislations?|textes|code de l'environnement)\b[^.;]{0,30}\binterdi"
)
_DUTY: Final = re.compile(
    r"\b(?:respect\w*|conform\w*|appliqu\w*|soumis\w*|observ\w*|suit|suivent|suivant|selon|satisf\w*|repond\w*"
    r"|acquitt\w*"
    r"|garanti\w*|dans les conditions|releve\w*|s'impos\w*|se plie\w*|tenue?s? (?:de|d'|au)|s'effectu\w*|assur\w*"
    r"|faire son affaire|fait son affaire|connaissance|regi\w*)\b"
)
_SOURCE: Final = re.compile(
    r"\b(?:reglementations?|legislations?|lois?\b|code (?:de l'environnement|rural|forestier|de la sante)|decrets?\b"
    r"|textes? (?:en vigueur|applicables?|legaux|relatifs?|sur)|reglements? (?:reach|rohs|clp|europeens?|\(ue\)|\(ce\))"
    r"|reach\b|rohs\b|dispositions? (?:legales?|reglementaires?)|exigences? (?:legales?|reglementaires?)"
    r"|obligations? (?:legales?|reglementaires?)|prescriptions? (?:legales?|reglementaires?|de l'arrete)"
    r"|arretes? (?:prefector\w+|ministeriel\w*)|normes? (?:[a-z' ]{0,20}environnement\w*|d'emission|legale"
    r"|reglementaire)"
    r"|prevu\w* par (?:les textes|la loi|le code)|agec\b|egalim\b|reen\b)"
)
_SUBJECT: Final = re.compile(
    r"\bdechet|\bemballage|\benvironnement|\bhuiles? usag|\bdeee\b|\brecycl|\breemplo|\bbiodechet|\bplastique"
    r"|\bemission"
    r"|\bpollu|\beco-?(?:contribution|participation|organisme)|\bbrul|\brejets?\b|\bphyto|\bbiocide|\bdangereu"
    r"|\bfin de vie"
    r"|\bgaspillage|\bfluides? frigorigenes?|\bamiante|\bsubstances?|\bchimiques?|\bmilieux? (?:aquatique|naturel)"
    r"|\breach\b|\brohs\b|\bnuisances?|\bbiodiversite|\bespeces? protegees?|\beaux? (?:usees|pluviales|souterraines)"
    r"|\binstallation classee|\barrete prefectoral|\bagec\b|\begalim\b|\breen\b|\bsols?\b|\bbruit"
    r"|\bterres? (?:polluees|excavees)"
    r"|\bdemolition|\bgravats|\bpesticide|\bperturbateur|\bproduits? interdits?|\bvalorisation|\belimination"
)
_ELSEWHERE: Final = re.compile(
    r"\b(?:code du travail|rgpd|donnees|securite sociale|hygiene|incendie|accessibilite|comptab\w+|fiscal\w*|social\w*"
    r"|commande publique|ccag\w*)\b"
)
# The contract's own: a figure, a paper handed over, a step beyond the law.
_OWN: Final = re.compile(
    r"\d|%|\b(?:attest\w*|certificat\w*|factur\w*|bordereaux?|justifi\w*|rapports?|bilans?|registres?|fiches?|remet\w*"
    r"|remis\w*|transmet\w*|transmis\w*|penalit\w*|joint\w*|agree?e?s?|au moins|au-dela|chaque|par (?:an|mois|jour"
    r"|semaine)"
    r"|flux|bennes?|mensuel\w*|trimestriel\w*|annuel\w*|memoire|plan\b|tableau\w*|preuves?|label\w*|ecolabel\w*"
    r"|equivalent"
    r"|sous (?:huit|dix|quinze|trente)|jours|controle\w*)\b"
)
_REFERENCE: Final = re.compile(
    r"\bn°\s*[\d-]+|\b(?:lois?|decrets?|arretes?|ordonnances?|directives?|reglements?)\s*(?:n°)?\s*(?:\((?:ue"
    r"|ce)\)\s*)?[\d/-]+"
    r"|\b(?:du|le) (?:1er|\d{1,2}) [a-z]+ \d{4}|\b[lrd]\. ?[\d.-]+(?: a [lrd]\. ?[\d.-]+)?|\barticles? [\d., eta-]+"
    r"|\b(?:19|20)\d\d(?:[-/]\d+)?\b|\bpieces? jointes?\b"
    r"|\b(?:tous|toutes|l'ensemble d|chaque) ?(?:les |des |es )?(?:textes|lois|reglements|dispositions|obligations)"
)


def restates(plain: str) -> bool:
    """Does the passage only say that the law applies, on a subject of ours?"""
    told = unnumbered(plain)
    if _SHARE.search(told) or _ELECTRIC.search(told):
        return False
    if only_restates(told):
        return True
    said = _REFERENCE.sub(lambda found: re.sub(r"[\d-]", " ", found[0].replace("chaque", " ")), told)
    if _OWN.search(said) or _ELSEWHERE.search(said) or _SUBJECT.search(said) is None:
        return False
    obeys = _DUTY.search(said) is not None and _SOURCE.search(said) is not None
    return obeys or _FORBIDDEN.search(said) is not None


_SHARE: Final = re.compile(
    r"\b(?:moitie|tiers|quart|cinquieme|dixieme|(?:vingt|trente|quarante|cinquante) pour cent)\b"
)
# The wiring of a building obeys the rules of wiring: no word of ours.
_ELECTRIC: Final = re.compile(r"\binstallations? electriques?\b|\bcablage\b|\barmoires? electriques?")
