"""What proves a requirement and what measures it, in the words of tenders."""

import re
from collections.abc import Iterable
from typing import Final

from app.law.wording_lexicon import EVIDENCE, LABELS, MEASURE, NORMS

# Something is handed over, shown, or kept for the buyer to read.
_GIVES: Final = (
    r"(?:remet\w*|remis(?:e|es)?|transmet\w*|transmis(?:e|es)?|communiqu\w*|adress\w*|envo(?:i|y)\w*|joint(?:e|es|s)?"
    r"|joindre|annex\w*|produi(?:t|te|tes|ts|re|sent)|present(?:e|es|ee|ees|ent|er)|fourni(?:t|e|es|s|r|ssent)?"
    r"|depos(?:e|ee|ent)"
    r"|ten(?:u|ue|us|ues) a (?:la )?disposition|consultables?|accessibles?|mis(?:e|es)? a (?:la )?disposition"
    r"|saisi(?:e|es|s|t)?)"
)
_PAPERS: Final = (
    r"(?:donnees|fichiers?|exports?|plans?|plannings?|programmes?|notes?|memoires?|dossiers?|protocoles?"
    r"|procedures?|contrats?"
    r"|copies?|cartes? grises?|references?|resultats|chiffres|quantites|tonnages?|poids|etats?|suivi|cartographies?"
    r"|cahiers?"
    r"|comptes? ?-?rendus?|mains? courantes?|historiques?|courriels?|lettres?|avis|diplomes?|habilitations?"
    r"|agrements?"
    r"|fds|indicateurs?|courbes?|pieces justificatives|modes? operatoires?|descriptifs?|videos?|films de|livrets?"
    r"|accords?)"
)
_SHOWN: Final = re.compile(
    rf"\b{_PAPERS}\b[^.;]{{0,60}}\b{_GIVES}\b|\b{_GIVES}\b[^.;]{{0,40}}\b{_PAPERS}\b"
    r"|\b(?:cartes? grises?|contrats?|diplomes?|habilitations?|main courante|cahier de \w+|carnet de \w+|tracabilite"
    r"|logiciel de (?:suivi|gestion)|outil de suivi|compte[- ]rendus?|extraits?|certifi\w+|agree\w* par|fds"
    r"|justificatifs?|constat\w*|echantillonn\w*|pointages?|enquetes?|releves?|sondages?|quittances?"
    r"|visites? inopinees?|suivie?s? (?:chaque|par|mensuel|trimestriel|annuel|dans|sur|au)\w*"
    r"|controles? (?:inopines?|visuels?)|prelev\w+|recol\w+|geolocalis\w+|photograph\w*|videos?|accuses? de reception"
    r"|reporting|tracee?s?|enregistre[es]*|pesees?|telereleves?)\b"
    r"|\b(?:en )?(?:rend|rendra|rendent) compte\b|\b(?:publi|signal)(?:e|ent|era)\b[^.;]{0,40}\b(?:resultats?"
    r"|chiffres|courbe|quantites)"
)
# « Les notices papier ne sont pas fournies »: what is not given proves nothing.
_NOT_GIVEN: Final = re.compile(
    r"\b(?:ne (?:sont|est|seront|sera) (?:pas|plus)|aucune?s?|n'est (?:pas"
    r"|plus))\b[^.;,]{0,80}\b(?:fourni|remis"
    r"|joint|imprim|distribu|edit|livr|exig"
    r"|demand|requis)"
)
_PARTS: Final = re.compile(r"(?<=[.;,])")
_PAPER_GOODS: Final = re.compile(
    r"\b(?:de|du|des|les|le) (?:tableaux? (?:blancs?|noirs?|interactifs?|electriques?)|fiches? electriques?)\b"
)


# « …, éclaté et prix des pièces joints », « analyse annuelle jointe »: whatever it is, it is given.
_TAIL: Final = re.compile(
    r"[,;(] (?!.{0,20}\b(?:sont|est|seront|sera)\b)[^.;,]{3,60}\b(?:jointe?s?|transmise?s?|remise?s? (?:a|au"
    r"|aux|chaque|avec|dans|lors"
    r"|sur|sous)|produite?s? (?:a|au|aux|chaque|avec|lors)|annexee?s?|tenue?s? a jour|conservee?s? (?:un|deux"
    r"|trois)|fournie?s?)\b"
)


def is_shown(told: str, texts: Iterable[str]) -> bool:
    """A proof, or a label or a norm that has its own."""
    given = (part for part in _PARTS.split(told) if not _NOT_GIVEN.search(part))
    told = _PAPER_GOODS.sub(" ", "".join(given))
    proved = _TAIL.search(told) or EVIDENCE.search(told) or LABELS.search(told) or _SHOWN.search(told)
    return proved is not None or any(NORMS.search(text) for text in texts)


_MEASURED: Final = re.compile(
    r"\b(?:un|une) (?:seule?|fois|seul)\b|\bdouze|\bquarante|\bcinquante|\bsoixante|\bmille\b|\b(?:premier|second"
    r"|dernier) (?:jour|mois|trimestre)"
    r"|\b(?:avant|sous|dans les?) (?:la fin|huit|quinze|vingt|quarante|meme jour)"
    r"|\bleur (?:totalite|ensemble)\b|\bentierement\b|\btoujours\b|\bne [^.;]{0,40}\b(?:aucune?|ni|jamais)\b"
    r"|\bmaximum\b|\bminimum\b"
    r"|\bmajorite\b|\bles deux tiers\b|\bpour moitie\b|\bchacune?s?\b|\buniquement\b|\ba l'exclusion\b"
    r"|\bsupprim\w*|\bn(?:e |')[^.;]{1,40}\bqu(?:e |')(?!il|elle)|\bhors d'eau\b|\bnulle?s?\b"
)


def is_measured(told: str) -> bool:
    """A figure, a deadline, or the whole of something."""
    return MEASURE.search(told) is not None or _MEASURED.search(told) is not None


# « L'ensemble des engagements est justifié par… », in an article of its own: it proves every demand of its piece.
_OF_ALL: Final = re.compile(
    r"\b(?:toutes? les|tous les|l'ensemble des|chacune? des|les|chaque|toute)\s+(?:exigences?|engagements?"
    r"|obligations?"
    r"|prescriptions?|clauses?|caracteristiques?|dispositions?|performances?)\b(?=[^.;]{0,80}\b(?:environnementa\w+"
    r"|developpement durable"
    r"|economie circulaire|present\w* (?:cctp|ccap|cahier|marche|document|chapitre)|du (?:cctp|ccap|cahier|marche)"
    r"|ci-dessus|precit\w+))"
    r"[^.;]{0,120}\b(?:justifi\w+|prouv\w+|attest\w+|verifi\w+|control\w+|demontr\w+|documentee?s?|etabli\w*)\b"
)


def proves_all(plain: str) -> bool:
    return _OF_ALL.search(plain) is not None
