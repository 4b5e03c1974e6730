"""The words of the wording rules. Patterns run on folded text (lower case, no accents) unless said otherwise."""

import re
from typing import Final


def _any(*words: str) -> str:
    return "(?:" + "|".join(words) + ")"


# What is bought or who sells it: « local » next to these speaks of origin; « les locaux », « plan local » do not.
_SUPPLIERS: Final = (
    r"(?:entreprises?|producteurs?|productrices?|fournisseurs?|prestataires?|artisans?|exploitations?|exploitants?"
    r"|agriculteurs?|eleveurs?|maraichers?|fabricants?|societes?|pme|tpe|titulaires?|candidats?|sous-traitants?"
    r"|ateliers?|commercants?|operateurs?|distributeurs?|pepinieres?|pepinieristes?|carrieres?|traiteurs?)"
)
_GOODS: Final = (
    r"(?:produits?|productions?|denrees?|aliments?|legumes?|fruits?|viandes?|laits?|pains?|poissons?|bois|pierres?"
    r"|materiaux?|granulats?|fabrications?|approvisionnements?|provenances?|origines?|achats?|filieres?|ressources"
    r"|main[- ]d'oe?uvre|emplois?|savoir-faire|vegetaux|plants?|articles?|meubles?|mobilier|vetements?)"
)
_NEAR: Final = r"(?:\s+(?!les\b|des\b|et\b|ou\b|du\b|aux?\b|qui\b|que\b)[a-z'-]+){0,2}?\s+"
_PLACE: Final = (
    r"(?:la region|le departement|le territoire|la commune|l'agglomeration|la metropole|le canton|l'arrondissement"
    r"|la communaute de communes|le bassin de vie|le perimetre)"
)
_COMES: Final = r"(?:provien\w*|issue?s? de|achet\w*|s'approvisionn\w*|propos\w*|livr\w*|utilis\w*)"
_OF_PLACE: Final = r"(?:de la region|du departement|du territoire|de la commune|du canton|du pays|du cru|du terroir)"

_MADE: Final = r"(?:fabrique|produit|cultive|eleve|abattu|transforme|confectionne|assemble)"

_ORIGIN_ADVICE: Final = (
    "Notez plutôt les émissions mesurées du transport, la fraîcheur, la saison, le nombre d’intermédiaires, "
    "ou allotissez et sourcez."
)
_PRESENCE_ADVICE: Final = "Exigez plutôt un délai d’intervention justifié par le besoin, sans dire d’où l’on vient."
_DISTANCE_ADVICE: Final = (
    "Remplacez la distance par un délai d’intervention ou par les émissions mesurées du transport."
)

LOCALISM: Final = tuple(
    (re.compile(pattern), advice)
    for pattern, advice in (
        (rf"\b{_any(_SUPPLIERS, _GOODS)}{_NEAR}(?:local|locale|locaux|locales)\b(?!\s+techniques?)", _ORIGIN_ADVICE),
        (rf"\b{_any(_SUPPLIERS, _GOODS)}{_NEAR}(?:regional|regionale|regionaux|regionales)\b", _ORIGIN_ADVICE),
        (
            rf"\b{_any(_SUPPLIERS, _GOODS)}{_NEAR}(?:departemental|departementale|departementaux|departementales)\b",
            _ORIGIN_ADVICE,
        ),
        (rf"\b{_SUPPLIERS}\s+(?:[a-z'-]+\s+){{0,2}}?{_OF_PLACE}\b", _ORIGIN_ADVICE),
        # « le mobilier de la commune » is owned by it; « du bois de la commune » asked for is its origin.
        (
            rf"\b{_COMES}[^.;\n]{{0,40}}?\b{_GOODS}\s+(?:[a-z'-]+\s+){{0,2}}?{_OF_PLACE}\b",
            _ORIGIN_ADVICE,
        ),
        (rf"\b{_SUPPLIERS}\s+(?:[a-z'-]+\s+)?de proximite\b", _ORIGIN_ADVICE),
        (
            (
                r"\bproximite geographique\b|\bproximite (?:du|de son|de leur) (?:siege|depot|agence|atelier)"
                r"|\b(?:implante|situe|installe|etabli|base)e?s? a proximite\b"
            ),
            _PRESENCE_ADVICE,
        ),
        (r"\blocalement\b", _ORIGIN_ADVICE),
        (
            (
                r"\b(?:d'origine|de provenance)\s+(?:locale|regionale|departementale|francaise"
                r"|nationale)\b"
            ),
            _ORIGIN_ADVICE,
        ),
        (
            rf"\bmade in france\b|\borigine france\b|\b{_MADE}e?s? en (?:france|region)\b",
            _ORIGIN_ADVICE,
        ),
        (rf"\b{_any(_SUPPLIERS, _GOODS)}(?:\s+[a-z'-]+){{0,1}}?\s+francaise?s?\b", _ORIGIN_ADVICE),
        (
            (
                rf"\b(?:implante|situe|installe|etabli|domicilie|base|localise)e?s?\b[^.;\n]{{0,25}}?\b(?:dans|sur"
                rf"|en)\s+{_PLACE}\b"
            ),
            _PRESENCE_ADVICE,
        ),
        (
            (
                rf"\b(?:agence|siege|implantation|antenne|depot|etablissement|atelier)s?\b[^.;\n]{{0,30}}?\b(?:dans"
                rf"|sur)\s+{_PLACE}\b"
            ),
            _PRESENCE_ADVICE,
        ),
        (
            (
                r"\brayon (?:maximal |maximum )?(?:de|d'environ|inferieur a)\s*(?:\{\{[^}]*\}\}|\d+)\s*(?:km"
                r"|kilometres?)?"
            ),
            _DISTANCE_ADVICE,
        ),
        (r"\ba moins de (?:\{\{[^}]*\}\}|\d+)\s*(?:km|kilometres?)\b(?!\s*/?\s*h)", _DISTANCE_ADVICE),
        (r"\b(?:distance|eloignement)\b[^.;\n]{0,50}?\d+\s*(?:km|kilometres?)\b", _DISTANCE_ADVICE),
    )
)

NEGATION: Final = re.compile(
    r"\b(?:ne|n')\s?(?:[a-z'-]+\s+){1,5}?(?:pas|jamais|aucune?|ni|plus)\b|\baucune?s?\b|\binterdi\w*|\bproscri\w*"
    r"|\bexclu(?:e|es|s|t|ent)?\b|\bsans\b|\bprohib\w*|\bevite\w*|\bsupprim\w*|\bau lieu de\b|\bplutot que\b"
)

NEW: Final = re.compile(r"\b(?:neufs?|neuves?)\b")
_SMALL_PLURALS: Final = (
    r"(?:sans|dans|sous|vers|mais|puis|apres|plus|des|tres|pas|tous|toutes|ces|ses|les|nos|vos|leurs|hors|jamais"
    r"|moins"
    r"|mois|issus?|repris|conformes?|destines?|aux|ceux|sauf|prets|livres?|certifies?|garantis?)"
)
COUNTED: Final = re.compile(
    r"-neuf\b"
    r"|\bneuf\s*\(9\)"
    r"|\bneuf\s+(?:mois|ans|annees?|jours|heures|semaines|cents?|mille|millions?|dixiemes?)\b"
    r"|\b(?:les|des|de|ces|ses|aux|dans|pendant|sous|sur|en|moins|plus|par|et|avec|comprend|compte|entre|avant"
    r"|apres)\s+neuf"
    rf"\s+(?!{_SMALL_PLURALS}\b)[a-z'-]+[sx]\b"
    rf"|\b(?:contient|contiennent|dure|durent|soit|represente|sur les"
    rf"|pour les)\s+neuf\s+(?!{_SMALL_PLURALS}\b)[a-z'-]+[sx]\b"
    r"|(?:^|[.;:\n-]\s{0,5})neuf\s+[a-z'-]+[sx]\b"
)
NEW_IS_FINE: Final = re.compile(
    r"\breconditionn\w*|\breemplo\w*|\breutilis\w*|\bd'occasion\b|\bseconde main\b|\bremanufactur\w*"
    r"|\beconomie circulaire|\bremise? a neuf\b|\b(?:a|du|au|de) neuf\b|\bpas\s+(?:de\s+|du\s+)?neu[fv]"
    r"|«\s*(?:etat\s+)?neufs?\s*»|\bautre que neuf|\bmoins\b[^.]{0,30}\bneu[fv]"
    r"|\b(?:chaque|tout|toute|tous les|toutes les|lorsqu\w*|quand|si)\s+(?:[a-z'-]+\s+){0,4}neu[fv]"
    r"|\bne\s+(?:sont|est|peuvent|doivent)\s+pas\b|\bsans exiger\b|\bni neufs?\b|\bplutot que\b"
)

ONLY: Final = re.compile(r"\b(?:exclusivement|uniquement|obligatoirement|imperativement)\b")

EQUIVALENCE: Final = re.compile(
    r"\bequivalen\w*|\btout (?:autre )?moyen\b|\btoute autre (?:preuve|attestation|solution)\b"
    r"|\btout autre materiau\b"
)
LABELS: Final = re.compile(
    r"\b(?:nf environnement|(?:eu )?ecolabel(?: europeen)?|ange bleu|blauer engel|nordic swan|cygne blanc"
    r"|tco certified"
    r"|epeat|energy star|fsc|pefc|oeko-?tex|gots|fairtrade|max havelaar|longtime|qualirepar|recq|imprim'?vert"
    r"|ecocert|cradle to cradle|vegetal local|bleu-blanc-coeur|demeter|msc)\b"
)
NORMS: Final = re.compile(
    r"\b(?:NF|XP|DIN|ASTM|DTU)[\s\u00a0-]?(?:EN[\s\u00a0-]?)?(?:ISO[\s\u00a0-]?)?[A-Z]{0,2}\d[\d-]*\d"
    r"|\bEN[\s\u00a0](?:ISO[\s\u00a0])?(?!20[123]\d\b)\d{2,5}(?:-\d+)*\b"
    r"|\bISO[\s\u00a0](?!20[123]\d\b)\d{3,5}(?:-\d+)*\b"
)
"""Norms are upper case: this pattern runs on the text itself."""
_NAME: Final = r"(?:«[\s\u00a0]*)?[A-Z][\w&.-]+"
BRANDS: Final = re.compile(
    rf"\b(?:de |la |d’une |d'une )?marques?[\s\u00a0]+(?!NF\b|CE\b){_NAME}|\b[A-Z][\w-]+[\s\u00a0]?®"
    rf"|\bde chez[\s\u00a0]+{_NAME}|\b(?:référence|gamme"
    rf"|modèle)s?[\s\u00a0]+(?:«[\s\u00a0]*)?[A-Z][a-z]{{3,}}(?:[\s\u00a0]+[A-Z]\w+)"
    # « de type Euro 6 », « type Lambert 93 » are not products.
    r"|\b(?:du|de) type[\s\u00a0]+(?!Euro\b|Lambert\b|Excel\b|Word\b)(?:[A-Z]{3,}[\s\u00a0]+de[\s\u00a0]+[A-Z]{3,}"
    r"|[A-Z][a-z]{3,}[\w-]*)"
)
_MATERIAL_NAMES: Final = (
    r"(?:bois massif|chene|hetre|sapin|meleze|cedre|robinier|acacia|chataignier|frene|epicea|teck|douglas|granit"
    r"|acier(?: recycle| inoxydable)?|inox"
    r"|aluminium(?: recycle)?|coton|laine|lin|cuir"
    r"|polypropylene|polyester|pvc|beton(?: bas carbone)?|fonte|verre|bambou|bois)"
)
MATERIALS: Final = re.compile(rf"\ben {_MATERIAL_NAMES}\b|\bbeton bas[ -]carbone\b|\bacier recycle\b")
NOT_A_MATERIAL_DEMAND: Final = re.compile(
    r"\bdechets?\b|\bbennes?\b|\bflux\b|\btri\b|\btriees?\b|\btries?\b|\bcollecte\w*|\bfractions?\b|\bpalettes?\b"
    r"|\bexistants?\b|\brecycler\b|\bvaloris\w*|\ble cas echeant\b|\blorsqu\w*|\bpar exemple\b|\bnotamment\b"
)

_FIGURE_ADVICE: Final = "Remplacez par une exigence vérifiable : un chiffre, une échéance, une preuve."
_VAGUE: Final = "Cette formule n’oblige à rien et ne se contrôle pas."
_CLAIM: Final = "Cette allégation est interdite sur un produit ou un emballage et ne prouve rien."
VAGUE: Final = tuple(
    (re.compile(pattern), message, _FIGURE_ADVICE)
    for pattern, message in (
        (r"\brespectueu(?:x|se|ses) (?:de l'environnement|de la nature|de la planete)", _CLAIM),
        (r"\b(?:neutre|neutres|neutralite) (?:en )?carbone\b", _CLAIM),
        (r"\bbiodegradables?\b", _CLAIM),
        (
            r"\b(?:ecologiquement|ethiquement) responsables?\b|\beco-?responsables?\b|\bamie?s? de l'environnement",
            _VAGUE,
        ),
        (r"\bsi possible\b|\bsi (?:cela|c')\s?(?:est|etait)? ?possible\b", _VAGUE),
        (r"\bdans (?:toute )?la mesure du possible\b|\bautant que (?:possible|faire se peut)\b", _VAGUE),
        (r"\bfavoris(?:e|er|era|ent|eront|ant)\b|\bprivilegi(?:e|er|era|ent|eront|ant)\b", _VAGUE),
        (r"\bs'efforc(?:e|era|ent|eront|er)\b|\btente(?:ra)? de\b", _VAGUE),
        (r"\bveille(?:ra|nt|ront)?\s+(?:a|au|aux)\b", _VAGUE),
        (r"\b(?:est|serait|sera) (?:souhaite|souhaitable|encourage|apprecie)e?s?\b", _VAGUE),
        (r"\bau mieux\b|\bdans les meilleurs delais\b", _VAGUE),
    )
)

COMPANY_POLICY: Final = re.compile(
    r"\b(?:politique|demarche|strategie|engagements?)\s+(?:generale?\s+)?(?:de\s+)?(?:rse|dd|developpement durable"
    r"|(?:sociale|environnementale|societale)(?: et (?:sociale|environnementale|societale))?)"
    r"(?:\s+(?:generale\s+)?(?:de|du|des)\s+(?:l'entreprise|la societe|candidats?|soumissionnaires?|titulaire))?"
    r"|\bresponsabilite (?:sociale|societale)(?: et environnementale)? (?:de l'entreprise|des entreprises"
    r"|du candidat)"
    r"|\bpolitique generale de l'entreprise\b|\becovadis\b|\bb[ -]corp\b|\blabel rfar\b|\bsociete a mission\b"
    r"|\b(?:certification|certifiee?s?) (?:iso 14001|emas)\b|\bentreprise (?:est )?(?:certifiee|labellisee)\b"
    r"|\brapport (?:annuel )?(?:rse|de durabilite)\b|\bpolitique (?:rse|environnementale) d'entreprise\b"
    r"|\bengagements? (?:de l'entreprise|du candidat|de la societe) en (?:faveur|matiere) d[eu]\b"
    r"|\bresponsabilite societale du (?:candidat|titulaire|soumissionnaire)\b"
)

RESTATES: Final = re.compile(
    r"\breglementation\b|\blois?\b|\bdecrets?\b|\bcodes?\b|\barticles?\b|\ben vigueur\b"
    r"|\bobligations? legales?\b|\barretes?\b"
)
REFERENCE: Final = re.compile(
    r"\b(?:loi|decret|arrete|ordonnance|directive|reglement)s?\s*(?:\(ue\)\s*)?(?:n°\s*)?\d{2,4}[-/]\d+"
    r"|\bn°\s*\d+[-/ ]?\d*"
    r"|\b(?:du|le|au)\s+(?:1er|1ᵉʳ|\d{1,2})\s+(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre"
    r"|novembre"
    r"|decembre)\s+\d{4}"
    r"|\b(?:articles?|art\.?)\s+(?:[lrda]\.?\s*)?\d+(?:[.-]\d+)*(?:\s+(?:et|a)\s+(?:[lrda]\.?\s*)?\d+(?:[.-]\d+)*)*"
    r"|\b[lrd]\.\s*\d[\d.-]*"
    r"|\b(?:19|20)\d{2}(?:-\d+)?\b"
)
FIGURE: Final = re.compile(r"\d|\b(?:un tiers|la moitie|deux|trois|quatre|cinq|six|sept|huit|dix|quinze|trente)\b")
PROOF: Final = re.compile(
    r"\b(?:attestations?|certificats?|factur\w*|releves?|bordereaux?|justificati\w*|rapports?|bilans?|registres?"
    r"|preuves?"
    r"|photograph\w*|tickets?|pesees?|inventaires?|fiches?|tableaux?|remet\w*|transmet\w*|mesur\w*|penalit\w*)\b"
)
EVIDENCE: Final = re.compile(
    r"\b(?:preuves?|prouv\w*|justifi\w*|attest\w*|certificats?|certifie\w*|factur\w*|bordereaux?(?! (?:des prix"
    r"|de prix|d.offre))|releve\w*|fiches?"
    r"|registres?"
    r"|rapports?|bilans?|proces-verba\w*|documents?|photograph\w*|tableaux?|inventaires?|notices?|declarations?"
    r"|(?:le|un|les|des|du|chaque|son|leur|avec) bons?|bons? (?:de|d'|a l'appui|decharge|sur presentation|confirm\w+"
    r"|tracabilite|tracee?s?|code-?barres|agrement|emarge\w*|geolocalis\w*|temoign\w*|communiqu\w*"
    r"|garantie du (?:constructeur|fabricant)|recapitulati\w*|demontr\w+|montre\w*|acte d'engagement|signe|mensuel"
    r"|pese|contresigne|remis)s?"
    r"|bulletins?|tickets?|mesur\w*|controle\w*|listes?|recus?|essais?|analyses?|plan d'epandage|constat\w*"
    r"|numeros? de serie"
    r"|fdes|echantillons?|etats? (?:trimestriel|mensuel|annuel)\w*|caracterisations?|engagement ecrit|pes(?:e|es|ee"
    r"|ees)"
    r"|etiquettes?|calendrier|devis|catalogues?|indice de reparabilite|facilitateurs?|doe|soged|pv|recepisses?"
    r"|carnets?|photos?|tests?|compteurs?|tableur|emargement|contradictoires?|plan alimentaire|suivie?s? par"
    r"|verifi\w*|plaque signaletique|a l'appui|decharge|sur presentation|confirm\w+|tracabilite|tracee?s?"
    r"|code-?barres|agrement|emarge\w*|geolocalis\w*|temoign\w*|communiqu\w*|garantie du (?:constructeur|fabricant)"
    r"|recapitulati\w*|demontr\w+|montre\w*|acte d'engagement|en font foi|fai(?:t|sant) foi|consignee?s? (?:dans|au"
    r"|sur) (?:un|le"
    r"|la)|mentionn\w+|distingu\w+|lisibles?|figur\w+ (?:sur|au|dans)|indiqu\w+ (?:sur|au|dans|par)|declar\w+"
    r"|par ecrit|garantie ecrite|d'apres|visas?|point (?:mensuel|trimestriel|annuel)|synthese|plateforme nationale"
    r"|rend(?:ent)? compte|affich\w*|etats? nominatifs?|l'etat des|au vu d|schemas?|manuels?|vues eclatees"
    r"|demonstrations?|conventions?|faisant foi|fait foi|visee?s? (?:chaque|par)"
    r"|enregistrements?|feuilles? de presence|audits?|visites? de (?:controle|l'atelier)|marquage|recensement"
    r"|notes? de calcul|comptages?|decomptes?|signee?s? par|inspect\w*|captures? d'ecran|journal|journaux)\b"
)
"""What shows that a requirement is met."""
MEASURE: Final = re.compile(
    r"\d|\b(?:un tiers|moitie|deux|trois|quatre|cinq|six|sept|huit|dix|douze|quinze|vingt|trente|cent|chaque|tous"
    r"|toutes|tout"
    r"|toute|totalite|integralite|exclusivement|aucune?|annuel\w*|mensuel\w*|trimestriel\w*|semestriel\w*"
    r"|hebdomadaire\w*"
    r"|quotidien\w*|dans le mois|jour meme|par (?:an|mois|jour|semaine|trimestre)|interdite?s?|proscrite?s?"
    r"|exclue?s?|exemptee?s?|exempte?s?|chacune?|l'ensemble|integralement|immediatement|sans (?:blister|fenetre|film"
    r"|plastique|emballage"
    r"|formaldehyde|pesticide|phtalate|pvc|cov|mandrin|herbicide|bisphenol|chlore|phosphate|suremballage|solvant"
    r"|tourbe|outil|pelliculage)\w*"
    r"|en moins d'|dans la journee|en une (?:seule )?fois|huitaine|au moins|en permanence|systematique"
    r"|premiere? (?:panne|demande|livraison)|zero|quart|dixieme|cinquieme|jamais|seulement|systematiquement"
    r"|en totalite|sans (?:housse|sachet|carton"
    r"|emballages?"
    r"|exception|film)s?|par defaut|exclus?|banni\w*|pour cent|double|triple|des que|au fur et a mesure)\b"
)
"""A figure, a deadline, or the whole of something: what can be checked."""
PLASTIC: Final = re.compile(
    r"\b(?:contenants?|barquettes?|bacs? gastronormes?|vaisselle|assiettes?|gobelets?|couverts|bouteilles?"
    r"|pailles?|touillettes?)"
    r"\b[^.;\n]{0,40}\b(?:en plastique|plastiques?|a usage unique|jetables?)\b"
)
ONLY_PRICE: Final = re.compile(
    r"\b(?:critere unique|unique critere|seul critere)\b[^.;\n]{0,40}\bprix\b"
    r"|\bprix\b[^.;\n]{0,30}\b(?:critere unique"
    r"|unique critere|seul critere)\b|\bprix\b\s*(?::|\|)?\s*(?:pondere a )?100\s*%"
    r"|\b(?:uniquement|seulement) (?:sur|au) (?:le )?prix\b"
    r"|\b(?:uniquement|seulement|exclusivement) (?:au regard|au vu|en fonction|a raison"
    r"|sur la base) du (?:seul )?prix\b"
    r"|\b(?:attribu\w*|choi[xs]\w*|class\w*|jug\w*|retenu\w*)\b[^.;\n]{0,60}\bmoins[- ]disante?s?\b"
)
