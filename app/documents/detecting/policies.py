"""What a firm is or claims in general: its own policy, not what it will do for this purchase."""

import re
from typing import Final

_VIRTUE: Final = re.compile(
    r"\brse\b|\bresponsabilite (?:sociale|societale|environnementale)\w*|\bengagements? (?:volontaires? "
    r"|ethiques? )?(?:societa\w+"
    r"|rse|ecolog\w+|environnementa\w+ de l'entreprise)|\bengagement societal\b|\becovadis\b|\bb[ -]?corp\b"
    r"|\blabel (?:lucie|rfar|engage)"
    r"|\b(?:lucie|engage rse|rfar|positive workplace|planet'?rse|1% for the planet|enterprise for the planet)\b"
    r"|\b(?:entreprise|societe)s? a mission\b|\bpacte mondial|\bglobal compact|\biso 26000\b"
    r"|\bsciences? based targets?|\bsbti\b"
    r"|\brapport (?:annuel )?(?:extra-?financier|de durabilite|rse|esg|developpement durable)"
    r"|\bperformance extra-?financiere"
    r"|\bnotations? (?:extra-?financieres?|rse|esg)|\bcsrd\b"
    r"|\b(?:politique|demarche|strategie|charte|plan|reporting|certification|labellisation"
    r"|feuille de route) (?:\w+ ){0,2}?(?:rse|esg|climat|climatique"
    r"|de developpement durable|developpement durable|societale?|environnementale?(?! (?:de )?(?:niveau|deuxieme)))\b"
    r"|\bmecenat\b|\bbilan (?:carbone|de gaz a effet de serre|de ses emissions|ges) (?:interne|de l'entreprise"
    r"|de la societe|du groupe\b|annuel de)"
    r"|\bbilan de ses emissions\b|\bneutralite carbone de (?:l'entreprise|la societe|ses)"
    r"|\b(?:bilan|empreinte|trajectoire|plan|strategie)s? (?:carbone|climat|bas-carbone)\b[^.;]{0,20}\b(?:son|sa|ses"
    r"|leur|l'entreprise|la societe|groupe|cabinet|siege|activite)\b"
    r"|\b(?:mene\w*|conduit|adopt\w+|met\w* en oe?uvre|developp\w+|dispos\w+ d'|justifi\w+ d'"
    r"|poursuit) ?une politique"
    r" (?:\w+ |d'\w+ )?(?:responsables?|durables?|environnementale|sociale|d'achats? responsables?)"
    r"|\bsignataires? d[eu]|\btrajectoires? carbone|\bscopes? [123]\b|\bpolitique d'egalite|\bcharte de la diversite"
    r"|\bcharte (?:\w+ |d'\w+ ){0,3}?(?:responsables?|ethique"
    r"|durables?|environnement\w*)"
    r"|\bstrategie environnementale|\b(?:egalite|parite|handicap) (?:dans|au sein de) (?:l'entreprise|la societe)"
)
# « la démarche environnementale du projet », « le plan climat de la métropole »: not the firm's.
_SAID_OF_THE_PURCHASE: Final = re.compile(
    r"\s?(?:propos\w+ |prev\w+ |retenu\w+ )?(?:du|des|de la|de l'|de cette|pour le|pour la|pour l'|pour ce"
    r"|pour cette)\s?(?:produits?|articles?"
    r"|prestations?|projet|offre|chantier|services?|batiment|ouvrage|fournitures?|operation|travaux|marche|metropole"
    r"|ville|commune|departement|region"
    r"|acheteur|collectivite|agglomeration|syndicat|hopital|etablissement|manifestation|site)\b"
)
_STANDARD: Final = re.compile(r"\b(?:iso 14001|iso 50001|emas)\b")
_HOLDS: Final = re.compile(
    r"\bcertifi\w*|\bcertification\b|\blabellis\w*|\bdetien\w*|\bpossede\w*|\btitulaire (?:de|d')|\bdispos\w*"
    r"|\bbonus\b|\bpoints?\b|\bmaintien\w*"
)
_WHO: Final = re.compile(
    r"\b(?:entreprises?|societes?|groupe|candidats?|titulaires?|prestataires?|fournisseurs?|cabinet"
    r"|soumissionnaires?|concurrents?"
    r"|attributaires?|operateurs?|entrepreneurs?|imprimeurs?|exploitants?|structure|direction|salaries|siege|interne"
    r"|bureau d'etudes"
    r"|mandataire|traiteurs?|garages?|offre|note|notation|note[es]*|points?|bonus|critere|poids|pondere\w*"
    r"|valoris\w*)\b|\b\d+\s*%"
)


def policy_words(plain: str) -> tuple[int, int] | None:
    """What a firm is or claims in general, said of the firm: not what it will do for this purchase."""
    if not _WHO.search(plain):
        return None
    found = _VIRTUE.search(plain)
    if found:
        return None if _SAID_OF_THE_PURCHASE.match(plain, found.end()) else found.span()
    standard = _STANDARD.search(plain)
    return standard.span() if standard and _HOLDS.search(plain) and not re.search(r"\bequivalen", plain) else None
