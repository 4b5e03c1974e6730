"""A maker's name beside the thing it makes: « peinture Tollens », « ferrures Roto », « motorisés par Bosch »."""

import re
from typing import Final

Span = tuple[int, int]
# Things that are sold under a name: a capital right after one of them is a brand, not a place or a person.
_GOODS: Final = (
    r"(?:peintures?|photocopieurs?|copieurs?|ferrures|recharges?|lave-[a-z]+|véhicules?|fourgons?|utilitaires?"
    r"|mortiers?"
    r"|enduits?|colles?|robinets?|mitigeurs?|tondeuses?|tracteurs?|imprimantes?|traceurs?|ordinateurs?|portables?"
    r"|écrans?"
    r"|logiciels?|progiciels?|chaudières?|serrures?|cylindres?|luminaires?|lanternes?|projecteurs?|lampes?|vélos?"
    r"|batteries?|moteurs?|chaises?|sièges?|fauteuils?|bancs?|corbeilles?|tampons?|linoléums?|moquettes?|carrelages?"
    r"|isolants?|laines?|plaques?|cloisons?|stores?|nettoyage|détergents?|savons?|lessives?|cartouches?|toners?|engrais"
    r"|terreaux?|débroussailleuses?|souffleurs?|matelas|fours?|congélateurs?|réfrigérateurs?|serveurs?|tablettes?"
    r"|téléphones?|smartphones?|automates?|régulateurs?|vannes?|pompes?|compteurs?|capteurs?|rayonnages?|armoires?"
    r"|distributeurs?|scooters?|remorques?|bennes?|bois composites?|revêtements?|pavés|bordures|jouets?|couches|feutres"
    r"|stylos|crayons|classeurs|agrafeuses?|sacs|gants|chaussures|casques?|vestes?)"
)
_NAME: Final = r"(?:[A-ZÉÈ][\w&.’'-]*[a-zé][\w&.’'-]*|[A-Z]{2,}[\w-]*(?= [A-Z]))"
_BESIDE: Final = re.compile(rf"\b(?i:{_GOODS})(?:\s+(?:sans fil|à batterie|mat|multifonctions?))?\s*:?\s+({_NAME})")
_BY: Final = re.compile(rf"\b(?:motorisée?s?|équipée?s?|conçue?s?|édité|commercialisée?s?|vendue?s?) par ({_NAME})")
_CATALOGUE: Final = re.compile(
    r"\b(?:catalogue|ligne|collection|univers|finition)s?\s+(?:de (?:la )?(?:marque|société) )?«?\s?"
    rf"({_NAME})"
)
_UPPER: Final = re.compile(
    r"\b(?:[Mm]arques?|[Tt]ypes?|[Mm]odèles?|d[’']origine)\s+((?!LED|RJ|IP|USB|EN\b|NF|ERP|EPI|PMR|DIN|ISO|ECO|AES"
    r"|CE\b|UE\b"
    r"|VL\b|PL\b|PVC|CCTP|BPU|ADR|IK|HPL|MDF)[A-Z]{2,}[\w-]*)"
)
_CELL: Final = re.compile(r"^\s*((?:[A-Z][\w-]+)\s+(?:[A-Z][\w-]*\s+){1,2}[A-Z]{0,3}\d[\w-]*)\s*$")
_KEPT: Final = re.compile(
    r"\ben place\b|\bconservee?s?\b|\bdepos\w*|\bmaintenue?s? en place|\bson parc\b|\breparation\b"
)


def stays(plain: str) -> bool:
    """The thing named is already there: kept, taken down or repaired."""
    return _KEPT.search(plain) is not None


def name_beside(text: str, plain: str) -> Span | None:
    """The name of a maker right after what it makes; None when the thing is already there and stays."""
    if stays(plain):
        return None
    for pattern in (_BESIDE, _BY, _CATALOGUE, _UPPER, _CELL):
        for match in pattern.finditer(text):
            if not _NO_MAKER.match(match[1]):
                return match.start(1), match.end(1)
    return None


_NO_MAKER: Final = re.compile(
    r"(?:Lot|Article|Annexe|Bâtiment|Salle|École|Ecole|Saint|Sainte|Label|Ange|Cygne|Écolabel|Ecolabel|Crit|Euro"
    r"|Bio|Max"
    r"|FSC|PEFC|NF|TCO|Epeat|EPEAT|Energy|ENERGY|Oeko|OEKO|Fairtrade|Imprim|Nordic|Le\b|La\b|Les\b|Il\b|Elle\b"
    r"|Ils\b|Un\b|Une\b"
    r"|Aucun|Aucune|Chaque|Tout|Toute|Tous|Ces|Ce\b|Cette|Leur|Leurs|Au\b|Aux\b|En\b|Par\b|Pour\b|Sans\b|Si\b|Seul"
    r"|Garantie"
    r"|Quantité|Type|Modèle|Marque|Oui|Non|Taux|Durée|France|Europe|Union|Demeter|Ecocert|ECOCERT|Longtime|Wi-Fi"
    r"|Bluetooth"
    r"|Ethernet|Internet|Excel|Word|Windows|Seveso|Natura|Rouge|Bleu|Vert|Blanc|Noir|Gris|QualiRépar|Recyclage|Réemploi"
    r"|Capacité|Puissance|Classe|Format|Dimensions?|Hauteur|Largeur|Couleur|Bois|Acier|Verre|Plastique|Papier|CertiPUR)"
)
