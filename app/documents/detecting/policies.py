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


# What the firm does everywhere: its seat, its staff, its fleet, its turnover, its group.
_FIRM_NAMES: Final = (
    r"(?:entreprise|societe|groupe|candidats?|titulaire|prestataire|fournisseur|soumissionnaires?|cabinet|structure"
    r"|maison mere|bureau d'etudes|constructeur|agence)"
)
_ITS_OWN: Final = re.compile(
    rf"\b(?:siege(?: social)?|bureaux|locaux administratifs|agences|flotte|parc automobile|salaries|collaborateurs"
    rf"|effectifs"
    rf"|chiffre d'affaires|politique interne|charte interne|management|direction generale|activites? (?:de |du "
    rf"|d'ensemble)"
    rf"|ensemble de (?:ses|leurs|son|l')\s?activites?|(?:ses|leurs|son) (?:activites?|achats|fournisseurs)"
    rf"|(?:au sein|a l'echelle|au niveau) d[eu] (?:son|l'|la|sa)?\s?(?:entreprise|societe|groupe))\b"
    rf"|\b(?:performances?|demarche|engagement\w*|actions?|politique|bilan|vertu\w*|exemplarite|maturite|image"
    rf"|reputation|responsabilite|strategie|certifications?|labels?|distinctions?)\b[^.;]{{0,50}}"
    rf"\b(?:de (?:l'|la |son |leur |chaque )?|du |des |d')\s?{_FIRM_NAMES}\b"
    rf"|\b{_FIRM_NAMES} (?:est |elle-meme |sont |s'est |a ete )?(?:\w+ )?(?:engagee?s?|labellisee?s?|signataires?"
    rf"|notee?s? par|recompensee?s?)\b|\bson entreprise\b"
)
_GREEN_VIRTUE: Final = re.compile(
    r"\b(?:environnement\w*|ecolog\w*|durables?|climat\w*|carbone|decarbon\w*|emissions?|empreinte|rse|verdi\w*"
    r"|propres?"
    r"|electriques?|energie|mobilite|dechets|ecogestes|eco-?\w+|egalite|parite|diversite|biodiversite"
    r"|protection de la nature"
    r"|planete|societal\w*|sociale?s? et environn\w*|responsables?|plantations?|sobriete|deplacements)\b"
)
_OF_THE_FIRM: Final = re.compile(
    r"\bindex (?:de l')?egalite|\bstrategies? (?:de decarbonation|bas[- ]carbone|carbone|de reduction)"
    r"|\bbilan (?:des|de ses|annuel des) emissions\b|\bcompens\w+ (?:les |ses |des )?(?:emissions|empreinte)"
    r"|\breverse\w* [^.;]{0,40}chiffre d'affaires|\b(?:label|certification) (?:numerique responsable|rse|egalite|qvt)"
    r"|\b(?:charte|code) (?:interne|d'entreprise|ethique)|\bpolitique d'entreprise\b|\bneutralite carbone a l'horizon"
    r"|\b(?:plan|politique) de mobilite(?: durable)? (?:de|pour|a destination)\b[^.;]{0,20}\b(?:salaries|collaborateurs"
    r"|personnel|agents)"
)
# The execution of this purchase: its site, its deliveries, its staff, its vehicles.
_FOR_THE_PURCHASE: Final = re.compile(
    r"\b(?:affecte|dedie|necessaire|utilise|employe|mobilise)e?s? (?:a l'|a la |au |aux |pour |dans le cadre|sur )"
    r"|\b(?:du|de|pour le|au|dans le|le present|du present) (?:present )?(?:marche|chantier|site)\b|\bdes (?:livraisons"
    r"|prestations|produits|fournitures|travaux|tournees|interventions)\b|\bde l'(?:offre|operation|ouvrage"
    r"|execution)\b"
    r"|\bproposee?s? (?:pour|par)\b|\blivree?s?\b|\b(?:du|des) transports?\b|\bde (?:la|cette) prestation\b"
    r"|\breserve\w*"
    r"|\bappliquee?s? aux?\b"
)
# « pendant la durée du marché » says how long the firm must be so, not what it does for the purchase.
_HOW_LONG: Final = re.compile(
    r"\b(?:pendant|durant|tout au long) [^.;]{0,25}(?:du|le) (?:present )?(?:marche|contrat)|\bduree du (?:marche"
    r"|contrat)"
)


def policy_words(plain: str) -> tuple[int, int] | None:
    """What a firm is or claims in general, said of the firm: not what it will do for this purchase."""
    if not _WHO.search(plain):
        return None
    found = _VIRTUE.search(plain)
    if found:
        return None if _SAID_OF_THE_PURCHASE.match(plain, found.end()) else found.span()
    standard = _STANDARD.search(plain)
    if standard and _HOLDS.search(plain) and not re.search(r"\bequivalen", plain):
        return standard.span()
    return _generally(plain)


def _generally(plain: str) -> tuple[int, int] | None:
    """What the firm does of good beyond this purchase."""
    if _FOR_THE_PURCHASE.search(_HOW_LONG.sub(" ", plain)) or "equivalen" in plain:
        return None
    found = _OF_THE_FIRM.search(plain)
    if found is None and _GREEN_VIRTUE.search(plain):
        found = _ITS_OWN.search(plain)
    return found.span() if found else None
