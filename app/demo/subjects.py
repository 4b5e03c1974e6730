"""What the invented buyers buy, by family: titles, codes, amounts. Pure."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Subject:
    family: str
    cpv: str
    label: str
    nature: str
    titles: tuple[str, ...]
    amounts: tuple[int, int]
    """Thousands of euros excluding VAT."""
    months: tuple[int, ...] = (12, 24, 36, 48)


SUBJECTS: Final = (
    Subject("mobilier", "39160000", "Mobilier scolaire", "supplies",
            ("Mobilier des écoles élémentaires", "Renouvellement du mobilier de classe", "Mobilier de bureau"),
            (40, 320)),
    Subject("informatique", "30213000", "Ordinateurs personnels", "supplies",
            ("Ordinateurs portables des agents", "Écrans et postes de travail", "Équipement des salles de classe"),
            (60, 600)),
    Subject("textile", "18110000", "Vêtements professionnels", "supplies",
            ("Vêtements de travail des services techniques", "Tenues des agents de restauration"), (25, 180)),
    Subject("papier-imprimerie", "30197643", "Papier pour photocopie", "supplies",
            ("Papier et enveloppes", "Impression du bulletin et des affiches"), (20, 120)),
    Subject("restauration", "55524000", "Services traiteur pour écoles", "services",
            ("Restauration scolaire et portage de repas", "Denrées des cantines", "Cuisine centrale"), (150, 1400)),
    Subject("batiment", "45214200", "Travaux de construction d’établissements scolaires", "works",
            ("Rénovation de l’école des Marronniers", "Réhabilitation de la salle des fêtes", "Extension du gymnase"),
            (400, 3200), (12, 18, 24)),
    Subject("voirie-vrd", "45233140", "Travaux routiers", "works",
            ("Réfection des voies communales", "Aménagement de la place du marché"), (200, 1800), (12, 24)),
    Subject("espaces-verts", "77310000", "Plantation et entretien d’espaces verts", "services",
            ("Entretien des parcs et jardins", "Taille et valorisation des végétaux"), (40, 260)),
    Subject("nettoyage", "90910000", "Services de nettoyage", "services",
            ("Nettoyage des bâtiments municipaux", "Entretien des vitres et des sols"), (60, 520)),
    Subject("vehicules", "34100000", "Véhicules à moteur", "supplies",
            ("Véhicules légers du parc", "Entretien et pièces de la flotte"), (80, 700)),
    Subject("dechets", "90500000", "Services liés aux déchets", "services",
            ("Collecte et tri des déchets", "Exploitation des déchèteries"), (200, 2400)),
    Subject("fournitures-bureau", "30192000", "Fournitures de bureau", "supplies",
            ("Fournitures de bureau et scolaires", "Petites fournitures des services"), (15, 110)),
    Subject("energie-eclairage", "34993000", "Éclairage routier", "supplies",
            ("Rénovation de l’éclairage public", "Luminaires des bâtiments"), (90, 800)),
    Subject("jouets-puericulture", "37520000", "Jouets", "supplies",
            ("Jouets et matériel des crèches", "Équipement des accueils de loisirs"), (10, 60)),
    Subject("demolition-deconstruction", "45110000", "Démolition", "works",
            ("Déconstruction de l’ancienne gendarmerie", "Démolition sélective d’un hangar"), (120, 900), (6, 12)),
)  # fmt: skip
