"""What somebody does while the contract lasts, against what the product or the works are."""

import re
from typing import Final

_PROOF_PART: Final = re.compile(
    r"\s;\s.*$|;.*$|,\s*(?:les? |la |l'|un |une |ce (?:dont|que) )?(?:bons?|factures?|tickets?|bordereaux?"
    r"|attestations?|certificats?|fiches?"
    r"|releves?|recus?|rapports?|etiquettes?|echantillons?|proces-verba\w+|justifi\w+|atteste\w*)\b.*$|,? (?:selon"
    r"|ce dont|ce que) .*$"
)
_DOER: Final = re.compile(
    r"\b(?:titulaires?(?! (?:de|d'|du (?:label|certificat)))|prestataires?|fournisseurs?|entrepreneurs?"
    r"|entreprises?|attributaires?|adjudicataires?"
    r"|exploitants?)\b(?! (?:est|sont) \w+ise)"
    r"|^il\b|(?:^\W*|, )(?:les|le|la|l'|chaque|ses|un|une|deux|trois|quatre)\s?(?:monteurs?|animateurs?"
    r"|maitre composteur|formateurs?|coursiers?|livreurs?|chauffeurs?|conducteurs?|agents"
    r"|equipes?|fleuriste|jardiniers?|techniciens?|personnels?|salaries|compagnons|ouvriers|cuisiniers?|traiteur"
    r"|garage|loueur|laboratoire|blanchisserie|atelier|equipages?|intervenants?|poseurs?|laveurs?|operateurs?)\b"
)
_BY_OTHERS: Final = re.compile(
    r"\bpar (?:le personnel|l'agent|les agents|les services?|le service|la commune|la ville|la collectivite|la region"
    r"|la metropole|le departement"
    r"|l'acheteur|l'hopital|l'etablissement|le syndicat|les usagers|les habitants|le gardien|les eleves)\b"
)
_DOING: Final = re.compile(
    r"\b(?:broye\w*|epandu\w*|repris\w*|reprises?|collect\w+|compost(?:e|es|ee|ees|er)\b|retouches?|retouch\w+"
    r"|effac\w+|invendus|restes"
    r"|heures d'insertion|montant commande)\b"
    r"|\b(?:est|sont|sera|seront|sont proposes a)\s+(?:\w+\s+){0,3}?(?:group|regroup|tri(?:e|es|ee|ees)\b|enlev"
    r"|evacu|achemin|orient|repare|detourn|ajust|pese|separe|valoris)"
    r"|\b(?:livraisons?|commandes?)\b[^.;]{0,40}\b(?:group|hebdomadaire)|\bressourceri|\btaux de (?:refus"
    r"|valorisation|tri)\b|\binterventions emploient"
    r"|\b(?:chaque (?:annee|trimestre|livraison|semestre)|par an|dans l'annee|sur l'annee|de l'annee)\b(?=[^.;]*%"
    r"|[^.;]*\b(?:commande|livraison|montant))"
    r"|%[^.;]{0,25}\b(?:du montant|des (?:commandes|livraisons|interventions|colis|pannes|achats|depenses)"
    r"|de la fourniture|de la depense)\b"
    r"|(?<!se )\b(?:nettoie|reprend|reprennent|trient|collectent|remportent|recuperent|enlevent|pesent|broient"
    r"|compostent|cedent|confient|orientent|livrent|organisent|regroupent|retirent|lavent|demontent|separent)\b"
    r"|\b(?:des |d')interventions\b|^\W*(?:une prestation|livraison)\b|^\W*les (?:emballages|dechets|palettes"
    r"|bennes)\b(?! (?:sont|seront) (?:en|recyclables?|issus?|compostables?|de)\b)"
)
# What somebody does for the buyer while the contract lasts: take back, wash, mend, sort, give, compost, deliver…
SERVICE: Final = re.compile(
    r"\b(?:remis|remise|confie|cede|donne|vendu|vendue|propose|verse|adresse)(?:e?s?) (?:a|aux|au) (?:une? "
    r"|des |l'|la |le )?"
    r"(?:\w+ )?(?:associations?|structures?|recycleries?|ressourceries?|filieres?|eco-?organismes?|plateformes?"
    r"|reconditionneurs?"
    r"|ateliers?|collecteurs?|effilocheurs?)\b|"
    r"\b(?:est|sont|sera|seront) (?:mise?s? de cote|depann\w+|differee?s?|etein\w+|acceptee?s? en retour|aplati\w*)\b"
    r"|\b(?:est|sont) (?:filtree?s?|lavee?s?) et (?:reutilis|reemploy)\w+|\bsans impression\b|"
    r"\b(?:est|sont) (?:deposee?s?|vers\w+|mis(?:e|es)?) (?:en|dans|a|au|aux) (?:un |une |le |la |les |l')?(?:dechet"
    r"|compost|benne|point|borne|bac|filiere|recycl)"
    r"|\b(?:est|sont) lavee?s? et (?:remis|reutilis)|\bremis(?:e|es)? en service|\b(?:inventaire|diagnostic"
    r"|recensement)s?\b[^.;]{0,60}\b(?:est|sont) (?:dresse|etabli|realise|remis)"
    r"|\b(?:est|sont|sera|seront|soient|etre)\s+(?:(?!en\b|de\b|issu|prop|certifi)\w+\s+){0,2}?(?:repris|reprise"
    r"|remise?(?! en\b)|rendu|rendue|vendu|vendue|recousu|recousue"
    r"|(?:repar|reprise|collect|tri|compost|broy|donn|confi|envoy|orient|enlev|evacu|valoris|form|recuper|retourn"
    r"|rapport|ced|achemin|recharg|echang|recycl|depollu|retir|remport"
    r"|emprunt|rempli|abaiss|evit|eteint|demont\w+ pour leur|relev\w+ chaque|lav\w+ (?:a|avec|sans) [a-z' ]+|regroup"
    r"|group|organis|arros|livr\w+ (?:en vrac|sans (?:emballage|suremballage|film|carton|housse|sachet)"
    r"|group))e?)(?:e?s)?\b(?! a \d)"
    r"|\b(?:arriv\w+|partent|vont|va|retournent?|deviennent?|se deplac\w+|suiv(?:ent|ront|ra)? (?:le|un|une"
    r"|la) (?:module|formation|stage|session)|rest(?:e|ent) (?:au|sur)|livre\w* (?:a|au|aux) (?:la "
    r"|l')?(?:plateforme|compost|association|centre|filiere|dechet|recyclerie)\w*|nourri\w+|voyagent?|rejoignent?"
    r"|quittent?|passent?|alimentent?|partagent?|remplacent?(?= [^.;]*\bpendant)|reviennent|revient|repartent"
    r"|apprennent|roul(?:e|ent)|circul(?:e|ent)|tond(?:ent)?|arros(?:e|ent)|laisse(?:e|es)? (?:sur place|au sol)"
    r"|coupe(?:nt)? (?:le|son|leur)|servent a)\b"
    r"|\b(?:vehicules?|camions?|engins?|balayeuses?|nacelles?|outils?|souffleurs?|tondeuses?|debroussailleuses?"
    r"|fourgons?)\b[^.;]{0,40}\b(?:electriques?|a batterie|hybrides?|gaz|gnv|hydrogene|euro (?:vi|6))\b"
    r"|\bbrulee?s?\b|\bmet(?:tent)? a part\b|\b(?:est|sont) (?:mis|mise|mises) a part\b|\b(?:offert|offerte)s?\b"
    r"|\bcompteur\b[^.;]{0,30}\bmesure\b|\bsans emballages?\b"
)
# What the product is or bears, even said of whoever supplies it.
_STATES: Final = re.compile(
    r"^[\W\d]*(?:(?:le |la |les |l')?(?:titulaire|fournisseur|prestataire|fabricant|constructeur) garanti\w*"
    r"|ils? (?:consomm|contien|comport|mesur|pes|resist|support|dur|attei|present|comprenn)\w*"
    r"|elles? (?:consomm|contien|comport|mesur|resist|support|dur|attei|present|comprenn)\w*)\b"
    r"|\bfont l'objet d'un (?:test|essai|controle)|\b(?:repose|remonte|fixe|reinstalle)e?s? "
    r"(?:dans|sur|au|aux|place|rue|de nouveau)\b"
)
# The subject is an activity: « la tonte », « les livraisons », « l’usage de… ».
_ACTIVITY: Final = re.compile(
    r"[\W\d]{0,40}(?:le|la|l'|les|chaque|un|une|toute|tout)\s?(?:usage|emploi|temperature|hauteur de (?:coupe|tonte)"
    r"|desherbage|arrosage|tontes?|taille"
    r"|nettoyage|lavage|collectes?|tri|livraisons?|tournees?|formation|dosage|quantite|entretien|maintenance|reprise"
    r"|enlevement|evacuation|reparation"
    r"|transport|deplacements?|broyage|compostage|fauche|pesee|gestion|exploitation|execution|prestation|stand"
    r"|equipe|methode|ramassage|don)\b"
)
# « en carton ; ils sont repris à la livraison suivante »: what comes after the product is done by somebody.
GIVEN_BACK: Final = re.compile(
    r"[;,] (?:il|ils|elles?) (?:est|sont) (?:repris|rendu|retourn|collect|reemploy|remport)\w*"
)
_SORTED: Final = re.compile(
    r"\btri\b[^.;]{0,20}\b(?:s'effectue|se fait|est (?:fait|effectue|realise|assure))\b|\b(?:deblais|inertes"
    r"|terres?|surplus)\b[^.;]{0,60}"
    r"\b(?:rejoign|plateforme|evacu|valoris|recycl)\w*|\b(?:rendus?|rendues?|retournee?s?) (?:au|a la"
    r"|a l') ?(?:fournisseur|fabricant|centrale|depot)\b|"
    r"\b(?:dechets?|gravats?|fraisats?|chutes|emballages?)\b[^.;]{0,60}\b(?:tri\w*|valoris\w*|evacu\w*|recycl\w*"
    r"|repris\w*|enlev\w*|reduits?|rapport\w*|vont|va|partent|remis\w*|brul\w*|enfoui\w*|pese\w*)\b"
    r"|\bmateriaux inertes\b|\bbase (?:de )?vie\b|^\W*les (?:livraisons|palettes|equipes|agents|engins)\b"
    r"|\b(?:est|sont|seront|sera) (?:\w+ )?tri(?:e|es|ee|ees)\b|\bbrul(?:er|age)\b|\b(?:est|sont) etein\w+"
    r"|\bcompteur\b|\bexecution (?:du marche |des travaux )?s'inscrit"
    r"|\bconduite du chantier\b"
)
_LAID: Final = re.compile(r"\b(?:depos|repos|pos|met(?:tent)? en oe?uvre|execut|realis)\w*\b")
_LIVES_IN: Final = re.compile(r"\b(?:livre|conditionne|dose)e?s?\s+(?:\w+\s+){0,3}?(?:en|dans)\b")

_OTHERS: Final = re.compile(
    r"^\W{0,40}(?:\d{1,9}(?:\.\d{1,9}){0,9}\.?\s)?(?:la|le|les|l'|chaque|tout)\s?(?:collectivite|commune|ville"
    r"|metropole|acheteur"
    r"|communaute \w+|agglomeration"
    r"|universite|office|bailleur|mairie|rectorat|prefecture|ministere|ccas|musee|groupement hospitalier"
    r"|centre hospitalier"
    r"|departement|region|syndicat|maitre d'ouvrage|pouvoir adjudicateur|maitrise d'ouvrage|etablissement|hopital"
    r"|lycee|college"
    r"|personne publique|administration|services? (?:technique|municipa|de la|du)\w*|usagers?|habitants?|eleves?"
    r"|convives?|patients?"
    r"|residents?|particuliers?|administres|agents (?:de la|du|des|municipaux|communaux|territoriaux))\b(?! (?:est"
    r"|sont) (?:remis|inform|avis)| dispos)"
)
_TODAY: Final = re.compile(
    r"\baujourd'hui\b"
    r"|\bactuellement\b|\b(?:constate|mesure|observe|releve)e?s? en 20\d\d\b|\ba ce jour\b"
)


def somebody_acts(plain: str) -> bool:
    """« Le titulaire garantit : »: what follows is asked of somebody."""
    return _DOER.search(plain) is not None


# « La commune demande que le jeu soit démonté »: the buyer speaks, the holder does it.
_ASKS: Final = re.compile(r"\b(?:demande|exige|impose|requiert|veut)\b (?:que|qu'|a ce que|des|la|le|l'|un|une|au)\b")


def others_act(plain: str) -> bool:
    """The buyer, its agents or the users do it: nothing is asked of the holder."""
    if _DOER.search(plain) or _ASKS.search(plain):
        return False
    return _BY_OTHERS.search(plain) is not None or _OTHERS.match(plain) is not None or _TODAY.search(plain) is not None


def is_done(plain: str, *, works: bool) -> bool:
    """What somebody does, against what the product is (« livré en bacs lavables »)."""
    main = _PROOF_PART.sub("", plain)
    if _STATES.search(main):
        return False
    if works:
        # What is laid or taken down is the work itself, whoever does it.
        return (_DOER.search(main) is not None and not _LAID.search(main)) or _SORTED.search(main) is not None
    if _DOER.search(main):
        return True
    if SERVICE.search(main) or _ACTIVITY.match(main):
        return True
    return _DOING.search(main) is not None and not _LIVES_IN.search(main)
