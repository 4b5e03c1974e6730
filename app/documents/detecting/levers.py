"""The words that speak of each lever of circular economy. Patterns run on folded text."""

import re
from collections.abc import Mapping
from typing import Final

from app.documents.detecting.concepts import concepts_in

_LONG: Final = r"(?:[5-9]|[1-9]\d|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt)\s*(?:\(\d+\)\s*)?ans"
_USED: Final = (
    r"(?:emballages?|bidons?|cartouches?|pneus?|tenues?|vetements?|pots?|anciens?|anciennes?|materiels?|meubles?"
    r"|mobiliers?"
    r"|appareils?|lampes?|batteries?|equipements?|contenants?|articles? usages?|palettes?|cartons?|housses?"
    r"|lanternes?)"
)
_REUSABLE: Final = (
    r"(?:contenants?|bacs?|caisses?|emballages?|housses?|couvertures?|gobelets?|vaisselle|bouteilles?|pots?|sacs?"
    r"|bidons?"
    r"|palettes?|rolls?|bandeaux|assiettes?|couverts|conditionnements?)"
)
_RECYCLABLE: Final = (
    r"(?:matieres?|matiere|fibres?|papiers?|plastiques?|granulats?|bois|caoutchouc|ouate|carton|acier|verre|gypse"
    r"|contenu|polyester"
    r"|coton|beton|aluminium|concassage|agregats?|materiaux?|laine|textile|origine)"
)

LEVERS: Final[Mapping[str, re.Pattern[str]]] = {
    code: re.compile(pattern)
    for code, pattern in {
        "sobriete": (
            r"\beau de pluie\b[^.;]{0,60}\b(?:stock|recuper|cuve|aliment|arros)\w*|\brecyclage de l'eau\b"
            r"|\benergie solaire\b"
            r"|\betein(?:t|te|ts|tes|dre|gnent)\b[^.;]{0,40}\b(?:nuit|week-end|lumieres?|ecrans?|moteurs?|partant)\b"
            r"|\bsans impression(?: papier)?\b|\bgaspillage|\bsobriete\b|\bconsommations? (?:de |d'|des "
            r"|en )(?:papier|eau|energie|gaz|electricite"
            r"|fluides|matiere|carburant)"
            r"|\brecto-?verso|\brestes\b|\binvendus\b|\babaiss\w+ le flux|\bconcentres?\b(?=[^.;]{0,160}\b(?:dos|dilu"
            r"|livre|bidon))"
            r"|\bdilution\b|\bpre-?impregnation|\blimiter les (?:livraisons|deplacements|impressions)"
            r"|\b(?:regroup|group|mutualis)\w*[^.;]{0,40}\b(?:livraisons?|commandes?|tournees?)\b"
            r"|\b(?:livraisons?|commandes?)\b[^.;]{0,30}\b(?:group|regroup|mutualis)\w*|\btourbe\b|\benrobes? tiedes?"
            r"|\btirage\b[^.;]{0,30}\bajust\w*|\beconomies? d'(?:energie|eau)\b|\beviter l'achat|\bpetits calibres"
            r"|\btailles? de portions?"
            r"|\b(?:est|sont) fournie?s? que sur demande|\bne (?:sont|est) pas livre\w* d'office|\bmousseurs?\b"
            r"|\bpages imprimees|\bdenrees non servies|\bau plus juste\b|\bhors calibre"
            r"|\beclairage\b[^.;]{0,30}\babaiss\w*"
        ),
        "reemploi": (
            r"\breemplo(?!yables?\b)\w*|\bre-emploi|\breutilis(?!ables?\b)\w*+(?! (?:(?:les|des|le|un"
            r"|ses) )?(?:memes? )?(?:identifiants?|codes?|donnees|mots? de passe|resultats|informations?|livrables"
            r"|requetes?|fichiers?|comptes?))|\breconditionn\w*|\bremanufactur\w*"
            r"|\bd'occasion\b"
            r"|\bseconde (?:main|vie)\b|\brechap\w*|\bissue?s? de l'economie circulaire|\bressourceries?\b"
            r"|\brecycleries?\b"
            r"|\bremise?s? en jeu\b|\bremontee?s?\b[^.;]{0,160}\bapres controle|\bmateriaux de reemploi"
            r"|\bdepos\w+ (?:avec soin|soigneusement)|\bdepose soigne"
            r"|\b(?:materiaux|elements?|objets?|encombrants?|meubles?|produits?"
            r"|equipements?)\b[^.;]{0,30}\breemployables?|\bterre vegetale\b[^.;]{0,160}\b(?:stock|remis|reemploy)"
            r"|\bremise?s? en (?:circulation|vente|etat d'usage)|\bdeposee?s?\b[^.;]{0,160}\b(?:repose|remonte"
            r"|repeint"
            r"|remis en service|conserves pour)|\bbois des arbres abattus|\b(?:luminaires?|meubles?|machines?"
            r"|jouets?|equipements?|appareils?)\b[^.;]{0,40}\b(?:renove|remis(?:e|es)? en etat)|\betat d'usage\b"
            r"|\bfraisats?\b[^.;]{0,80}\b(?:recycl|reemploy|reutilis)\w*|\brecycl\w+ en place"
            r"|\bterre vegetale\b[^.;]{0,60}\bregale"
        ),
        "reparation": (
            r"\brepar(?:er|e|es|ee|ees|ation|ations|able|ables|abilite|ateurs?)\b|\bretouches?\b"
            r"|\bpieces? (?:detachees?|de rechange|d'usure|perdues)"
            r"|\b(?:lames|modules?|batteries?) de rechange|\bremplacables? (?:seule|separement|individuellement"
            r"|sur site)"
            r"|\bindice de (?:reparabilite|durabilite)|\bvues eclatees|\bmanuel d'atelier|\brecharges?\b"
            r"|\brechargeables?\b"
            r"|\bdisponibilite des (?:pieces|modules|lames)"
            r"|\bse remplacen?t?\b[^.;]{0,20}\b(?:sans|avec|seul|separement)"
            r"|\bremplace\w*\b[^.;]{0,20}\b(?:seule?s?|separement|sans outil)|\binterchangeables?\b|\b(?:pieces?"
            r"|embouts?|vis)\b[^.;]{0,20}\bmanquants?|\b(?:catalogue|prix|stock) (?:de|des) pieces\b"
            r"|\bannees de pieces"
            r"|\bremplacables?\b[^.;]{0,20}\bsans\b|\b(?:complet|remplac|fourni)\w*\b[^.;]{0,10}\ba l'unite"
            r"|\bpieces (?:sont |restent |demeurent )?disponibles"
        ),
        "ecoconception": (
            r"\beco-?conc\w*|\bdemontables?\b|\bnotices? de demontage|\bcycle de vie\b|\bfdes\b|\bkg ?co2|\bco2e\b"
            r"|\bempreinte carbone"
            r"|\bbas[- ]carbone|\becolabel\w*|\bepeat\b|\btco certified|\bnf environnement|\bange bleu"
            r"|\bencres? (?:\w+ )?vegetales?"
            r"|\b(?:fondations?|assemblages?|conception|structures?|fixations?)\b[^.;]{0,50}\breversib\w*"
            r"|\boeko-?tex\b"
            r"|\bse demontent?\b|\bdemontees? piece par piece|\bdesencrabl\w*|\breconfigurables?\b"
            r"|\bdemontage et remontage"
            r"|\bassembl\w+\b[^.;]{0,30}\b(?:par vis|sans colle|mecanique)|\bdehoussables?"
        ),
        "economie-fonctionnalite": (
            r"\beconomie de (?:la )?fonctionnalite|\bpaiement a l'usage|\bfacturation a l'usage|\bprix a l'usage"
            r"|\belements? loues?"
            r"|\bpayee?s? a l'usage|\bforfait par (?:agent|poste|usage)|\bprix mensuel par poste"
        ),
        "contenu-recycle": (
            rf"\b{_RECYCLABLE}\b[^.;:]{{0,25}}?\brecycle[es]*\b|\brecycle[es]*\s+a\s+\d|\b100\s*%\s*recycle"
            rf"|\bagregats? d'enrobe"
            r"|\bconcassage recycle|\b\d+\s*%[^.;]{0,30}\brecycle[es]*\b|\bfsc recycle"
            r"|\bissue?s? d[eu] (?:concassage|recyclage)|\borigine recyclee"
        ),
        "recyclabilite": (
            r"\brecyclab\w*|\bmono-?materi\w*|\bsans (?:fenetre|pelliculage|film|blister)"
            r"|\bpelliculage\b[^.;]{0,160}\b(?:proscri|interdi)"
        ),
        "reprise-fin-de-vie": (
            rf"\breprend\w*\b[^.;]{{0,40}}\b{_USED}|\breprises? (?:de |des |du |d'|de l'|de la |gratuite (?:de "
            rf"|des )?)(?:l')?{_USED}"
            rf"|\b{_USED}\b[^.;]{{0,60}}\brepris(?:e|es)?\b|\bfin de vie\b|\beco-?organismes?\b|\bdeee\b|\bd3e\b"
            rf"|\bfilieres? agreees?\b"
            r"|\beffac\w+[^.;]{0,40}\b(?:donnees|disques?)|\b(?:disques?|donnees)\b[^.;]{0,50}\beffac\w+"
            r"|\b(?:tenues?|vetements?|cartouches?|pneus?|equipements?|appareils?"
            r"|lampes?)\b[^.;]{0,20}\b(?:usagee?s?|vides?|deposee?s?)\b"
            r"|\bau terme de la location\b|\battestation de l'eco-organisme"
            r"|\bfilieres? de (?:recyclage|reemploi|valorisation|traitement)|\bhors d'usage\b[^.;]{0,80}\b(?:remis"
            r"|repris|transform|orient)"
        ),
        "emballage-consigne": (
            r"\bemballages?\b(?=[^.;]{0,160}\b(?:redui|supprim|repris|reprend|reutilis|reemploy|consign|recycl|group"
            r"|carton|optimis|limit"
            r"|sans|vrac|valoris|priv|propre))|\b(?:privilegi|redui|supprim|limit|repren"
            r"|repris)\w*[^.;]{0,60}\bemballages?\b"
            rf"|\b{_REUSABLE}\b[^.;]{{0,50}}\b(?:consigne[es]*|reutilis\w*|reemploy\w*|lavables?"
            rf"|lavee?s? et (?:re\w+)|repris\w*"
            rf"|echangee?s? a chaque)\b"
            rf"|\b(?:consigne[es]*|reutilisables?|reemployables?)\b[^.;]{{0,25}}\b{_REUSABLE}"
            rf"|\ben vrac\b(?=[^.;]{{0,160}}\b(?:livr|condition|consign|reference))"
            r"|\brolls consignes|\bvaisselle (?:reutilisable|lavable)|\bbacs? (?:en )?inox|\bsans blister"
            r"|\bconsigne des\b"
            r"|\bhousses? (?:reutilisables|reemployables)|\bdechets d'emballages?\b"
            r"|\breprend\w* (?:ses|les|l'integralite des) (?:cartons|palettes|emballages|films)"
            r"|\bconteneurs? (?:consigne|reutilis|reemploy)\w*|\bcontenants navettes"
        ),
        "allongement-duree": (
            rf"\bgaranti\w*[^.;]{{0,70}}\b{_LONG}|\bduree de (?:vie|garantie)\b(?=[^.;]{{0,160}}(?:\d|crit|not"
            rf"|environ))"
            rf"|\bmises? a jour (?:de securite|logicielles?)"
            rf"|\b\d+ (?:cycles? de )?lavages|\bcycles? de lavage|\bdisponib\w*[^.;]{{0,60}}\b{_LONG}"
            rf"|\bbatterie\b[^.;]{{0,40}}\bcapacite"
            r"|\bcertificat d'etat de sante|\bdurabilite\b|\bpiles (?:sont )?rechargeables"
            r"|\bcorrectifs? de securite|\bduree d'usage|\btenue aux? lavages?"
        ),
        "tracabilite": (
            r"\btracabilite|\bregistres? (?:des dechets|par flux|de suivi)|\bbordereaux? de suivi"
            r"|\btickets? de pesee|\btrackdechets"
            r"|\brecolement des pemd|\bformulaire de recolement|\binventaire photographique"
            r"|\btonnages?\b[^.;]{0,160}\b(?:remis|transmis|mention|par (?:flux|exutoire))"
            r"|\bbilans? (?:annuel|semestriel|trimestriel)?s?\b[^.;]{0,160}\b(?:environnement|reemplo|engagement)"
            r"|\bregistre par flux"
            r"|\battestation annuelle\b(?=[^.;]{0,160}\b(?:valoris|31 mars|tonn))|\bmasses par site"
            r"|\bmasses par (?:site|exutoire|flux)|\bbons de pesee|\bpasseport (?:de|du|produit|materiaux)"
            r"|\bbordereau mensuel par flux"
        ),
        "approvisionnement-durable": (
            r"\bforets? gerees?|\bgestion (?:durable|forestiere)|\bfsc\b|\bpefc\b|\bbiologiques?\b(?! des)"
            r"|\bproduits? bio\b|\bcommerce equitable|\bau plus un intermediaire"
            r"|\bpeche durable|\bmsc\b|\bl\. ?230-5-1\b|\begalim\b|\bproduits? (?:\w+ ){0,2}de saison"
            r"|\bintermediaires?\b(?=[^.;]{0,160}\b(?:entre|producteur|au plus))"
            r"|\bvegetal local|\bapprovisionnements? (?:direct|durable)s?|\bgots\b|\bbois certifie"
            r"|\bappellations? d'origine|\blabel rouge"
        ),
        "gestion-dechets": (
            r"\bbruler? (?:des|les|de) dechets|\b(?:cartons|papiers|canettes) vides\b[^.;]{0,80}\bbacs?\b"
            r"|\bdechets?\b(?=[^.;]{0,160}\b(?:tri\b|tris\b|trie|valoris|recycl|redui|reduc|compost|gestion|gere"
            r"|pes[ée]"
            r"|separ|collecte[es]? sep|registre|suivi))"
            r"|\b(?:tri|trie|trient|gestion|valorisation|recyclage|reduction|collecte separee|prevention"
            r"|taux de tri)\w* (?:a la source )?(?:des |de |les |du |d')(?:\w+ )?dechets"
            r"|\bvalorisation matiere|\bvalorise[es]* en matiere|\btaux de (?:valorisation|refus|tri)\b|\bsoged\b"
            r"|\btri (?:a la source|selectif|des (?:sept|cinq|\d))|\b(?:absence|defaut) de tri\b"
            r"|\bdechets verts\b|\bbiodechets\b(?=[^.;]{0,160}\b(?:tri|collect|compost|separ|pes|valoris))"
            r"|\bbiodechets\b[^.;]{0,160}\btries|\bchutes\b[^.;]{0,160}\b(?:triee|recycl)"
            r"|\bhuiles usagees|\bdechets\b[^.;]{0,160}\b(?:reglement|legislation|obligations?)|\b(?:reglement\w*"
            r"|legislation)\b[^.;]{0,160}\bdechets"
            r"|\bvalorises\b[^.;]{0,160}\bbordereau"
            r"|\btri(?:e|ent|er|era)\b[^.;]{0,40}\bdechets|\brecyclage des\b|\b(?:il|titulaire|prestataire"
            r"|entreprise)\b[^.;]{0,30}\brecycle\b|\bexutoires?\b|\bpart (?:eliminee|enfouie)|\benfouissement\b"
        ),
        "retour-au-sol": (
            r"\bcompost\w*|\bmethanis\w*|\bretour\w* au sol|\bmulching\b|\bepandage|\bamendements?\b|\bdigestats?"
            r"|\bbroy\w+[^.;]{0,160}\b(?:paill|dechets|bois|tailles)"
            r"|\bpaillage\b[^.;]{0,160}\b(?:broy|sur place|issu)"
        ),
        "insertion-ess": (
            r"\binsertion (?:par|professionnelle|sociale)|\bheures d'insertion|\bclauses? (?:sociales?|d'insertion)"
            r"|\beloignees? de l'emploi|\besat\b"
            r"|\bentreprises? adaptees?|\beconomie sociale et solidaire|\bess\b|\btravailleurs (?:handicapes"
            r"|defavorises)|\bsiae\b|\bfacilitateurs?\b"
            r"|\bpublics? en insertion|\bstructures? d'insertion"
        ),
    }.items()
}
ENVIRONMENT: Final = re.compile(
    r"\benvironnement(?:al|ale|aux|ales|alement)\b|\b(?:l'|d')environnement\b(?! (?:informatique|numerique|logiciel"
    r"|de travail|de recette"
    r"|de production|technique|de developpement|urbain|immediat|du site|du chantier|hospitalier|oracle|windows"
    r"|linux|web|client))"
    r"|\bdeveloppement durable|\becologi\w*|\beco-?responsab\w*|\beco-?gestes?\b|\bbas[- ]carbone"
    r"|\bneutres? en carbone|\bco2\b"
    r"|\bgaz a effet de serre"
    r"|\bbiodegradab\w*|\bbiocarburant|\beconomie circulaire|\brespectueu\w+ de la|\b(?:electriques? a batterie"
    r"|motorisation electrique)"
    r"|\b(?:roul|circul|fonctionn)\w+ (?:au|a l')\s?(?:bio-?methane|biogaz|bioethanol|hydrogene|electricite)\b"
    r"|\beuro vi\b|\brse\b|\bgnv\b|\bbiogaz\b|\bcrit'air\b|\beco-?condui\w+|\bdesherbage (?:est )?(?:manuel"
    r"|thermique|mecanique"
    r"|alternatif)|\bsans (?:pesticides?|herbicides?|insecticides?)|\bzero (?:phyto|pesticide)\w*"
    r"|\bgroupes? electrogenes?|\beau de javel|\bproduits? chimiques?|\bvelos?[- ]cargos?\b"
    r"|\b(?:vehicul|camion|engin|balayeuse|nacelle|laveuse|autolaveuse|taille-haie|outil|tondeus|souffleu|benne"
    r"|tournee|fourgon|navette|flotte|mote?ur|debroussaill)\w*\b"
    r"[^.;]{0,60}\b(?:electriques?|hydrogene|au gaz|hybrides?|a batterie|sans (?:moteur|carburant|emission)"
    r"|a assistance)"
    r"|\bnature\b(?=[^.;]{0,40}\b(?:respect|conduite|protec))|\bplanete\b"
)
# « environnement 20 % »: alone among criteria, the word says enough.
GREEN_CRITERION: Final = re.compile(
    ENVIRONMENT.pattern
    + r"|(?:^|[,;:(|-])\s?(?:l')?environnement\b(?! (?:de travail|informatique|numerique|technique|logiciel|urbain))"
    r"|\bmises? a jour\b[^.;]{0,40}\b(?:ans|annees?)\b|\b(?:annees?|duree)\b[^.;]{0,30}\bmises? a jour\b"
    r"|\bempreinte|\bemissions?\b|\bconsommations? |\bsobriete|\bdevenir d|\bvalorisation\b|\bbiodiversite"
    r"|\bpollu\w*|\bcarbone\b|\bclimat\w*|\bdurabilite|\befficacite energ\w+"
    r"|\bseconde vie|\brefondu|\bvelo|\bprotection de (?:la sante et de )?l'eau|\bsante et de l'eau"
    r"|\bmobilites? douces?|\bressources naturelles|\bhors plastique|\bimpacts?\b(?! (?:sur le|budget))|\bvoie d'eau"
    r"|\bmatieres? (?:premieres? )?secondaires?|\beconomies? de|\beco-?\w+|\bcycle de l'eau|\bbruits?\b"
    r"|\bpoussieres?|\benergetiques?|\bbiosource\w*|\bmodes? doux|\bdecarbon\w*|\b(?:vehicules?|engins?"
    r"|tournees?) (?:propres?|sans |peu |a faible)|\bpreservation\b|\bconservation de l'existant|\bpesticides?"
    r"|\bnature\b(?! (?:des|du|de))|\brejets?\b|\bremise en etat|\bplutot que\b|\bthermiques?\b|\b(?:consommation"
    r"|economie|gestion"
    r"|usage)s? (?:d'|de l')eau|\bproduits,? eau\b|\bdechets\b|\bboues\b|\bexternalites?\b|\bbien-etre animal"
    r"|\bconsommations?\b(?! (?:de medicaments|d'alcool))|\bsobres?\b|\bges\b|\bkwh\b|\bcov\b|\bqualite de l'air"
    r"|\btoxi\w+"
    r"|\bcarburants?\b|\benergies?\b|\bmotorisations?\b|\bnuisances\b|\bvoie ferree|\bfluvial\w*|\breport modal"
    r"|\bgestion des (?:terres|eaux|dechets)|\bemballages?\b|\bconditionnements? (?:reutil|recycl|consign|reduit)"
    r"|\bressources\b(?! humaines)|\benvironnement\s*(?:[\d:(,]|$)"
)
SOCIAL: Final = frozenset({"insertion-ess"})


def levers_in(plain: str) -> tuple[str, ...]:
    """The levers that a folded text speaks of, in the order of the list."""
    by_concept = concepts_in(plain)
    found = (code for code, pattern in LEVERS.items() if code in by_concept or pattern.search(plain))
    return tuple(code for code in found if code != "reparation" or not _is_mishap(plain))


# « les pannes sont réparées en 24 heures », « il répare à ses frais les dégradations »: any contract asks for it.
_MISHAP: Final = re.compile(
    r"\b(?:pannes?|incidents?|dysfonctionnements?|anomalies?|defauts?|fuites?)\b (?:\w+ ){0,3}?(?:est|sont|sera"
    r"|seront|non|doit|doivent) "
    r"|\b(?:degradations?|dommages|degats)\b|\breparations? (?:est|sont|sera|seront) (?:garanti|factur|pay"
    r"|execut|effectu)\w*"
    r"|\breparation\b[^.;]{0,20}\bsous \d|\b(?:pendant|durant|avant toute|apres|delai de|duree de"
    r"|cout de la) (?:la |sa |leur |chaque )?reparation\b"
)
_MENDS: Final = re.compile(
    r"\bplutot qu|\bau lieu d|\bpieces?\b|\bavant (?:tout|d'etre|de|leur) rempl|\b(?:d'occasion|reemploi"
    r"|reconditionn\w*|atelier)\b|\bsans (?:les |le |la )?(?:jeter|remplacer|changer)"
    r"|\bpret\b|\bindice\b"
)


def _is_mishap(plain: str) -> bool:
    return _MISHAP.search(plain) is not None and _MENDS.search(plain) is None
