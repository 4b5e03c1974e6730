"""Words that any procurement notice holds: they say little of what is bought."""

from typing import Final

from app.text.stems import stem
from app.text.words import words

NOISE: Final = frozenset(
    stem(word)
    for word in words(
        "marché marchés public publics achat achats acheter acquisition acquisitions fourniture fournitures livraison "
        "prestation prestations service services accord cadre lot lots commande commandes bon procédure adaptée mapa "
        "consultation appel offres commune communes ville mairie communauté agglomération département région syndicat "
        "métropole intercommunalité collectivité année annuel pluriannuel mise œuvre place besoins besoin "
        "clause clauses titulaire objet gestion divers diverses réalisation exécution"
    )
)
