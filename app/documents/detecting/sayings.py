"""What we say of each risk: why it is one, what to do, and the text of law behind it (an id of texts.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.documents.detecting.results import Certainty, RiskKind
from app.law.facts import Severity

NBSP: Final = "\u00a0"


@dataclass(frozen=True, slots=True)
class Saying:
    why: str
    advice: str
    severity: Severity
    text: str = ""
    certainty: Certainty = "probable"


SAYINGS: Final[Mapping[RiskKind, Saying]] = {
    "brand": Saying(
        "Une marque ou un type précis favorise ou élimine des entreprises.",
        "Décrivez la performance attendue ; à défaut, ajoutez « ou équivalent ».",
        "blocking",
        "ccp-r2111-7",
        "très probable",
    ),
    "company-policy": Saying(
        "La politique générale de l’entreprise n’est pas liée à l’objet du marché : elle ne se note pas et ne "
        "s’impose pas.",
        "Demandez ce que l’entreprise fera pour ce marché : moyens, produits, quantités.",
        "warning",
        "ce-2018-nantes-metropole",
        "très probable",
    ),
    "double-use": Saying(
        "La même exigence est imposée et notée : toutes les offres régulières la respectent, la note ne départage "
        "personne.",
        "Notez seulement ce qui dépasse le minimum imposé, ou retirez l’exigence d’un des deux endroits.",
        "warning",
        "",
        "à vérifier",
    ),
    "high-weight": Saying(
        f"Plus de 30{NBSP}% pour l’environnement : l’usage va de 15 à 30{NBSP}%, et rien n’explique ici ce poids.",
        f"Ramenez ce poids entre 15 et 30{NBSP}%, ou dites dans le règlement ce qui le justifie.",
        "info",
        "",
        "à vérifier",
    ),
    "label": Saying(
        "Un label cité seul écarte les produits qui ont les mêmes qualités sous un autre label.",
        "Ajoutez « ou équivalent », énoncez les caractéristiques utiles et acceptez la preuve par tout moyen.",
        "warning",
        "ccp-r2111-15",
        "très probable",
    ),
    "localism": Saying(
        "L’origine des produits ou l’implantation de l’entreprise ne peut être ni exigée ni notée.",
        "Notez plutôt les émissions mesurées du transport, la fraîcheur ou un délai d’intervention justifié.",
        "blocking",
        "localisme-interdit",
        "très probable",
    ),
    "low-weight": Saying(
        "Sous 10 %, le critère environnemental ne change pas le classement des offres.",
        "Donnez-lui 10 % ou plus, 15 à 30 % pour une ambition affirmée, détaché de la valeur technique.",
        "warning",
        "dinum-poids-10",
        "très probable",
    ),
    "material": Saying(
        "Imposer un matériau sans « ou équivalent » est en principe interdit, sauf si l’objet le rend inévitable.",
        "Décrivez la performance attendue (résistance, durée, entretien) ou ajoutez « ou équivalent ».",
        "info",
        "cjue-c-424-23",
        "à vérifier",
    ),
    "new": Saying(
        "Exiger du neuf écarte le réemploi et le reconditionné, que la loi demande de privilégier.",
        "Décrivez l’état de fonctionnement, la sécurité et la garantie attendus, sans le mot « neuf ».",
        "warning",
        "agec-55",
    ),
    "no-environmental-criterion": Saying(
        "Aucun de ces critères ne prend en compte l’environnement, ce que la loi exige depuis les 21/22 août 2026.",
        "Ajoutez un critère environnemental lié à l’objet, mesurable, d’au moins 10 %.",
        "blocking",
        "ccp-r2152-7",
    ),
    "no-measure": Saying(
        "Rien ne se mesure : ni chiffre, ni échéance, ni quantité.",
        "Fixez un taux, une durée ou un nombre, et la date à laquelle on le constate.",
        "warning",
    ),
    "no-penalty": Saying(
        "Cette obligation n’a pas de sanction dans les pièces lues : sans elle, rien n’oblige à la tenir.",
        "Prévoyez au CCAP une pénalité proportionnée, après mise en demeure.",
        "info",
        "",
        "à vérifier",
    ),
    "no-proof": Saying(
        "Rien ne dit comment cette exigence est prouvée ou contrôlée.",
        "Demandez une preuve simple (facture, attestation, relevé), acceptée par tout moyen approprié.",
        "warning",
    ),
    "norm": Saying(
        "Une norme se cite avec « ou équivalent ».",
        "Ajoutez « ou équivalent », une fois pour toutes en tête du cahier si les normes sont nombreuses.",
        "info",
        "ccp-r2111-9",
    ),
    "obsolete-law": Saying(
        "Cette référence n’est plus à jour.",
        "Remplacez-la par le texte en vigueur.",
        "warning",
    ),
    "plastic": Saying(
        "La loi met fin aux contenants en plastique en restauration collective et au plastique à usage unique pour "
        "l’État.",
        "Demandez de l’inox, du verre ou de la faïence, lavables et réemployés.",
        "warning",
        "env-l541-15-10",
    ),
    "price-only": Saying(
        "Le prix comme seul critère n’est plus permis depuis les 21/22 août 2026.",
        "Ajoutez un critère environnemental, ou jugez le coût global, environnement compris.",
        "blocking",
        "ccp-r2152-7",
        "très probable",
    ),
    "repair-bonus": Saying(
        "Le fonds réparation aide les particuliers, hors activité professionnelle : un acheteur public n’en"
        " bénéficie pas "
        "directement.",
        "Retirez le bonus du calcul du prix ; demandez plutôt un prix de réparation au bordereau et un délai.",
        "warning",
        "env-l541-10-4",
        "très probable",
    ),
    "reservation": Saying(
        "La réservation aux entreprises de l’économie sociale et solidaire ne vaut que pour des services de santé, "
        "sociaux ou "
        "culturels.",
        "Réservez plutôt à des entreprises adaptées, ESAT ou structures d’insertion, ou retirez la réservation.",
        "blocking",
        "ccp-l2113-15",
    ),
    "tautology": Saying(
        "Ce texte ne fait que rappeler la réglementation : il ne compte pas comme une clause.",
        "Ajoutez une exigence propre au marché : un chiffre, une échéance, une preuve.",
        "warning",
        "doctrine-daj-2026",
    ),
    "vague": Saying(
        "Cette formule n’oblige à rien et ne se contrôle pas.",
        "Remplacez-la par une exigence vérifiable : un chiffre, une échéance, une preuve.",
        "warning",
    ),
    "variant": Saying(
        "Les variantes sont ouvertes sans exigences minimales : elles ne pourront pas être comparées.",
        "Écrivez les exigences minimales et les modalités de présentation, ou fermez les variantes.",
        "warning",
        "ccp-r2151-8",
    ),
    "weights-sum": Saying(
        "Les poids des critères ne font pas 100 : la notation est impossible ou contestable.",
        "Ramenez le total à 100, prix compris.",
        "blocking",
        "",
        "très probable",
    ),
}
CLAIM: Final = Saying(
    "Cette allégation est interdite sur un produit ou un emballage, et ne prouve rien.",
    "Remplacez-la par une caractéristique vérifiable : un taux, un label ou équivalent, une preuve.",
    "warning",
    "agec-13",
    "très probable",
)
NEW_TYRES: Final = Saying(
    "Les achats de pneumatiques portent d’abord sur des pneus rechapés, sauf première consultation infructueuse.",
    "Demandez des pneus rechapés ; réservez le neuf aux usages où le rechapé n’existe pas.",
    "blocking",
    "ccp-l2172-6",
    "très probable",
)
NEW_TEMPORARY: Final = Saying(
    "L’achat d’une construction temporaire ne peut pas exclure le reconditionné, à qualité et sécurité égales.",
    "Retirez « neuf » et décrivez la qualité et la sécurité attendues.",
    "blocking",
    "ccp-l2172-5",
    "très probable",
)
FOOD_EXTERNALITIES: Final = Saying(
    f"En restauration collective, le critère des externalités environnementales pèse entre 10 et 30{NBSP}%.",
    f"Ramenez ce poids entre 10 et 30{NBSP}%, et fixez la note minimale qui ouvre droit au décompte.",
    "warning",
    "rural-r230-30-2",
    "très probable",
)
RESERVED_SHARE: Final = Saying(
    "Une réservation suppose au moins 50 % de travailleurs handicapés ou défavorisés.",
    "Portez la part à 50 % ou plus.",
    "blocking",
    "ccp-r2113-7",
    "très probable",
)
