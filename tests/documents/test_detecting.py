"""What the reading of a foreign tender finds, one sentence at a time, and what only looks like it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.detecting import Reading, find
from app.documents.passages import Passage
from app.law.vocabulary import Confidence, Kind, Piece
from tests.documents.detection import TODAY, library


def read(*lines: str, piece: str = "CCTP", title: str = "3. Prescriptions", today: date = TODAY) -> Reading:
    return find(passages(*lines, piece=piece, title=title), library(), today=today)


def passages(*lines: str, piece: str = "CCTP", title: str = "3. Prescriptions") -> list[Passage]:
    found = [Passage(0, f"{piece}.docx", "document", title, "Heading 1", 1)]
    for line in lines:
        found.append(Passage(len(found), f"{piece}.docx", "document", line, "", 0, (title,)))
    return found


def table(*rows: tuple[str, ...], title: str = "4. Critères d’attribution") -> list[Passage]:
    found = [Passage(0, "RC.docx", "document", title, "Heading 1", 1)]
    for row, cells in enumerate(rows, 1):
        for number, cell in enumerate(cells, 1):
            part = f"document/table 1/row {row}/cell {number}"
            found.append(Passage(len(found), "RC.docx", part, cell, "", 0, (title,)))
    return found


def risks(reading: Reading) -> set[str]:
    return {risk.kind for risk in reading.risks}


CAUGHT = [
    ("localism", "Les légumes proviennent de producteurs de la région."),
    ("localism", "L’atelier du titulaire est implanté sur le territoire de l’agglomération."),
    ("localism", "La viande est née, élevée et abattue en France."),
    ("localism", "Les pavés proviennent d’une carrière située à moins de 80 km du chantier."),
    ("brand", "Les chaises sont de la marque Mobidécor."),
    ("brand", "Enduit monocouche type Weberpral de chez Weber."),
    ("brand", "Armoire froide de référence Liebherr GKPv 6590."),
    ("label", "Le bois est certifié PEFC."),
    ("norm", "Les chaussures répondent à la norme EN ISO 20345."),
    ("material", "Les bancs sont en chêne."),
    ("new", "Les meubles livrés sont neufs et de première qualité."),
    ("new", "Les pneumatiques neufs sont montés sur l’essieu avant."),
    ("vague", "Les produits d’entretien sont respectueux de l’environnement."),
    ("vague", "Le titulaire reprend si possible les emballages."),
    ("vague", "Le prestataire met tout en œuvre pour limiter le gaspillage alimentaire."),
    ("tautology", "Le titulaire respecte la réglementation relative aux déchets."),
    ("company-policy", "Le titulaire dispose d’une politique RSE et la communique."),
    ("plastic", "Les repas sont livrés en barquettes plastiques."),
    ("plastic", "Les desserts sont servis dans des pots de polypropylène."),
    ("repair-bonus", "Le titulaire déduit le bonus réparation de ses factures."),
    ("repair-bonus", "Le coût des dépannages est allégé par le fonds réparation."),
    ("vague", "Le prestataire s’attache à réduire ses déchets."),
    ("vague", "Le titulaire adopte une conduite plus vertueuse sur le chantier."),
    ("tautology", "Les textes en vigueur sur les emballages s’imposent au titulaire."),
    ("company-policy", "Le titulaire publie chaque année son rapport extra-financier."),
    ("material", "Les canalisations sont en fonte."),
    ("localism", "Les fromages sont affinés dans le Jura."),
    ("brand", "Les postes sont équipés d’un processeur Ryzen 7."),
    ("norm", "Les amendements suivent la NF U 44-095."),
    ("new", "Les casiers sont livrés à l’état neuf."),
    ("no-proof", "Le papier contient 100 % de fibres recyclées."),
    ("no-measure", "Les piètements des tables sont démontables."),
    ("no-penalty", "Le titulaire reprend tous les emballages et remet un bordereau à chaque livraison."),
    ("obsolete-law", "Le décret n° 2021-254 du 9 mars 2021 s’applique au présent marché."),
    ("obsolete-law", "Marché passé en application du décret n° 2016-360 du 25 mars 2016."),
    ("obsolete-law", "Le CCAG-FCS de 2009 est applicable."),
    ("obsolete-law", "La loi REEN impose 20 % de matériels reconditionnés."),
    ("obsolete-law", "La certification environnementale de niveau 2 est admise."),
]


@pytest.mark.parametrize(("kind", "text"), CAUGHT)
def test_it_is_caught(kind: str, text: str) -> None:
    assert kind in risks(read(text))


FINE = [
    ("repair-bonus", "Le bonus réparation ne s’applique pas aux achats de la commune."),
    ("repair-bonus", "Les habitants sont renseignés sur le bonus réparation de leurs appareils."),
    ("vague", "La mise en veille des postes est réglée à dix minutes."),
    ("vague", "Les tentes sont lestées ; la tâche prend une heure."),
    ("tautology", "Les déchets sont triés conformément à la loi, bordereaux remis chaque mois."),
    ("company-policy", "Le retrait de l’amiante est fait par une entreprise certifiée."),
    ("material", "Les étagères sont en chêne ou dans une essence équivalente."),
    ("material", "Les polos sont en coton biologique."),
    ("new", "Le marché dure neuf mois et couvre neuf écoles, dont celle de Neuf-Brisach."),
    ("new", "Le comptoir est remis à neuf."),
    ("new", "Le titulaire se raccorde au réseau neuf."),
    ("plastic", "Les pots en plastique sont repris et réemployés."),
    ("localism", "Les livraisons ont lieu dans un rayon de 15 km autour de la mairie."),
    ("localism", "Les bâtiments situés sur le territoire de la commune sont listés en annexe."),
    ("localism", "Le mobilier de la commune est stocké au centre technique."),
    ("localism", "Le nettoyage des locaux a lieu le soir."),
    ("brand", "Les chaises sont de marque Mobidécor ou équivalent."),
    ("brand", "La marque et le type des produits proposés sont précisés par le candidat."),
    ("brand", "Un appareil de type A est raccordé au réseau."),
    ("label", "Le bois est certifié PEFC ou équivalent."),
    ("label", "La part des produits porteurs d’un écolabel est de 80 %."),
    ("norm", "Les chaussures répondent à la norme EN ISO 20345 ou à une norme équivalente."),
    ("material", "Les cloisons existantes sont en chêne et sont conservées."),
    ("material", "Les déchets en bois sont triés."),
    ("new", "Les meubles sont neufs ou reconditionnés."),
    ("new", "Le marché dure neuf mois."),
    ("new", "La livraison se fait rue du Pont-Neuf."),
    ("new", "La déviation passe par la rue Neuve."),
    ("new", "La remise à neuf de la carrosserie est facturée à l’heure."),
    ("vague", "Une visite des lieux est, si possible, organisée le matin."),
    ("vague", "La commune souhaite favoriser le réemploi dans ses achats."),
    ("vague", "La mention « respectueux de l’environnement » ne figure pas sur les emballages."),
    ("tautology", "Conformément à la loi, 20 % du montant porte sur des biens réemployés."),
    ("company-policy", "La commune s’est dotée d’une politique de développement durable."),
    ("plastic", "Aucune barquette en plastique n’est admise."),
    ("plastic", "Les gobelets sont réutilisables, en polypropylène ou équivalent."),
    ("no-proof", "Le papier contient 100 % de fibres recyclées, certificat à l’appui."),
    ("no-measure", "Les piètements des tables sont démontables, notice à l’appui."),
    ("obsolete-law", "Le décret n° 2024-134, qui remplace le décret n° 2021-254, s’applique."),
    ("obsolete-law", "Le CCAG-FCS approuvé par l’arrêté du 30 mars 2021 est applicable."),
]


@pytest.mark.parametrize(("kind", "text"), FINE)
def test_it_only_looks_like_it(kind: str, text: str) -> None:
    assert kind not in risks(read(text))


def test_a_risk_points_at_the_words_in_their_passage() -> None:
    told = passages("Livraison sous dix jours.", "Les légumes viennent de producteurs de la région.")
    [risk] = find(told, library(), today=TODAY).risks
    assert told[risk.passage].text[risk.start : risk.end] == "producteurs de la région"
    assert (risk.kind, risk.severity, risk.confidence) == ("localism", "blocking", Confidence.VERIFIED)
    assert risk.article
    assert risk.advice
    assert risk.clauses


def test_one_sentence_accepts_the_equivalent_of_every_name() -> None:
    general = "Toute marque, norme ou label cité dans le présent CCTP s’entend « ou équivalent »."
    assert risks(read("Les chaises sont de la marque Mobidécor.", general)) == set()


def test_a_management_standard_may_be_asked_of_a_candidate_but_not_scored() -> None:
    text = "Le candidat produit sa certification ISO 14001 ou équivalente."
    assert "company-policy" not in risks(read(text, piece="RC", title="3. Candidature"))
    assert "company-policy" in risks(read(text, piece="RC", title="5. Critères de jugement des offres"))


def test_weights_are_read_in_a_table() -> None:
    grid = table(("Critère", "Poids"), ("Prix", "60 %"), ("Valeur technique", "35 %"), ("Environnement", "5 %"))
    [risk] = find(grid, library(), today=TODAY).risks
    assert (risk.kind, grid[risk.passage].text) == ("low-weight", "Environnement")


@pytest.mark.parametrize(
    ("expected", "rows"),
    [
        ({"weights-sum"}, [("Prix", "60 %"), ("Technique", "30 %"), ("Environnement", "20 %")]),
        ({"no-environmental-criterion"}, [("Prix", "60"), ("Valeur technique", "40")]),
        (set(), [("Prix", "50"), ("Technique", "30"), ("Performances environnementales", "20")]),
    ],
)
def test_a_grid_is_judged_as_a_whole(expected: set[str], rows: list[tuple[str, str]]) -> None:
    assert risks(find(table(*rows), library(), today=TODAY)) == expected


def test_weights_are_read_in_a_sentence_and_subcriteria_do_not_count() -> None:
    title = "4. Critères"
    grid = "Prix (40 %), valeur technique (50 %, dont moyens 25 % et planning 25 %), environnement (10 %)."
    assert risks(read(grid, piece="RC", title=title)) == set()
    assert risks(read("Prix 60 %, valeur technique 40 %.", piece="RC", title=title)) == {"no-environmental-criterion"}


def test_the_price_alone_blocks_since_the_law_changed() -> None:
    text = "Le marché est attribué sur le seul critère du prix."
    [now] = read(text, piece="RC", title="4. Critères").risks
    [before] = read(text, piece="RC", title="4. Critères", today=date(2026, 7, 1)).risks
    assert (now.kind, now.severity, before.severity) == ("price-only", "blocking", "warning")


def test_a_life_cycle_cost_may_be_the_only_criterion() -> None:
    text = "Coût global sur le cycle de vie, caractéristiques environnementales comprises : 100 %."
    assert risks(read(text, piece="RC", title="4. Critères")) == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Le lot 2 est réservé aux entreprises de l’économie sociale et solidaire.", True),
        ("Le lot 2 est réservé aux entreprises adaptées employant 30 % de travailleurs handicapés.", True),
        ("Le lot 2 est réservé aux entreprises adaptées employant 50 % de travailleurs handicapés.", False),
        ("Services sociaux : lot réservé aux entreprises de l’ESS (article L. 2113-15).", False),
        ("L’acheteur se réserve le droit de ne pas attribuer le lot.", False),
    ],
)
def test_a_reservation_is_checked(text: str, found: bool) -> None:  # noqa: FBT001
    assert ("reservation" in risks(read(text, piece="RC", title="2. Lots"))) is found


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["Les variantes sont autorisées."], True),
        (["Les variantes ne sont pas autorisées."], False),
        (["Les variantes sont autorisées.", "Exigences minimales : même garantie."], False),
    ],
)
def test_a_variant_needs_minimum_requirements(lines: list[str], found: bool) -> None:  # noqa: FBT001
    assert ("variant" in risks(read(*lines, piece="RC", title="6. Variantes"))) is found


def _two_pieces(criterion: str) -> list[Passage]:
    rc = passages(f"Prix 50 %, qualité 25 %, {criterion}.", piece="RC", title="4. Critères")
    demand = "Les panneaux contiennent au moins 30 % de bois recyclé, attestation jointe."
    return [*rc, *passages(demand, piece="CCTP")]


def test_what_is_imposed_is_not_scored_unless_the_excess_is() -> None:
    twice = find(_two_pieces("environnement (part de bois recyclé dans les panneaux) 25 %"), library(), today=TODAY)
    excess = find(_two_pieces("environnement (bois recyclé au-delà du minimum exigé) 25 %"), library(), today=TODAY)
    assert "double-use" in risks(twice)
    assert "double-use" not in risks(excess)


def test_a_role_has_its_kind_levers_family_neighbours_and_duties() -> None:
    reading = read(
        "Fourniture de mobilier de bureau et de sièges.",
        "Chaque année, 30 % du montant commandé porte sur des meubles issus du réemploi.",
        "Le titulaire remet un état trimestriel avec les factures.",
        piece="CCAP",
        title="4. Conditions d’exécution : mobilier",
    )
    role = next(role for role in reading.roles if "reemploi" in role.levers)
    assert (role.kind, role.piece, role.family) == (Kind.PERFORMANCE_CONDITION, Piece.CCAP, "mobilier")
    assert role.passages == (2, 3)
    assert (role.has_measure, role.has_proof, role.has_penalty) == (True, True, False)
    assert any(neighbour.clause.startswith("CEC-MOB") for neighbour in role.neighbours)
    assert all(0 < neighbour.similarity <= 1 for neighbour in role.neighbours)
    assert "env-performance-condition" in role.duties
    assert role.certainty in {"très probable", "probable"}
    assert reading.coverage[0].cells["reemploi"]
    assert {duty.code for duty in reading.duties} >= {"env-performance-condition"}


def test_a_penalty_of_the_article_covers_the_demand() -> None:
    demand = "Le titulaire trie 80 % de ses déchets de chantier et remet les bordereaux chaque mois."
    penalty = "Une pénalité de 50 € par point manquant est appliquée après mise en demeure."
    assert "no-penalty" in risks(read(demand, piece="CCAP"))
    reading = read(demand, penalty, piece="CCAP")
    assert risks(reading) == set()
    assert [role.kind for role in reading.roles] == [Kind.PERFORMANCE_CONDITION, Kind.PENALTY]


def test_a_list_is_one_demand_and_a_lone_cell_is_not_judged() -> None:
    listed = read(
        "Le titulaire assure la gestion des déchets de chantier :",
        "- tri en sept flux ;",
        "- valorisation de 80 % de la masse ;",
        "- bordereaux remis chaque mois.",
    )
    assert len(listed.roles) == 1
    assert risks(listed) <= {"no-penalty"}
    assert risks(find(table(("Tri des déchets", "oui"), title="Annexe"), library(), today=TODAY)) == set()


def test_headers_and_contents_are_not_read() -> None:
    told = [
        Passage(0, "CCTP.docx", "header1", "Les chaises sont de la marque Mobidécor."),
        Passage(1, "CCTP.docx", "document", "Marque Mobidécor ........ 12", "TOC 1"),
    ]
    assert find(told, library(), today=TODAY) == find([], library(), today=TODAY)


def test_the_same_words_in_another_piece_are_counted_apart() -> None:
    told = [*passages("Le bois est certifié PEFC.", piece="CCTP"), *passages("Rien ici.", piece="RC")]
    [risk] = [found for found in find(told, library(), today=TODAY).risks if found.kind == "label"]
    assert told[risk.passage].piece_name == "CCTP.docx"


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.text(alphabet=st.sampled_from("neuf local 50 % «»réemploi.:;|- lot Prix ISO 14001 équivalent")), max_size=6
    )
)
def test_any_text_is_read_without_error_and_inside_its_bounds(lines: list[str]) -> None:
    told = [Passage(n, "x.docx", "document", line) for n, line in enumerate(lines)]
    reading = find(told, library(), today=TODAY)
    assert all(0 <= r.start <= r.end <= len(told[r.passage].text) for r in reading.risks)
    assert all(0 <= at < len(told) for role in reading.roles for at in role.passages)


def test_our_own_clauses_are_neither_roles_nor_risks_but_still_count() -> None:
    demand = "Le titulaire trie 80 % de ses déchets de chantier et remet les bordereaux chaque mois."
    penalty = "Une pénalité de 50 € par point manquant est appliquée après mise en demeure."
    told = passages(demand, penalty, piece="CCAP")
    reading = find(told, library(), today=TODAY, ours={2})
    assert [role.kind for role in reading.roles] == [Kind.PERFORMANCE_CONDITION]
    assert risks(reading) == set()
    assert find(told, library(), today=TODAY, ours={1, 2}).roles == ()


GRIDS = [
    ({"high-weight"}, "Prix 40 %, délai 15 %, environnement 45 %."),
    (set(), "Prix 40 %, délai 15 %, environnement 45 % : ce poids se justifie par le diagnostic carbone joint."),
    (set(), "Prix 50 %, délai 20 %, environnement 30 %."),
    ({"high-weight"}, "Prix 40 %, goût 20 %, externalités environnementales 40 %."),
    ({"weights-sum"}, "Tarif 50, qualité 30, environnement 10."),
    ({"no-environmental-criterion"}, "60 points pour le prix, 40 points pour le délai."),
    ({"price-only"}, "L’offre la moins chère est retenue."),
    ({"price-only"}, "Rien d’autre n’est examiné que le montant : le prix seul décide."),
    (set(), "Le coût global sur vingt ans est le critère unique."),
    (set(), "À égalité, l’offre la moins chère est retenue."),
]


@pytest.mark.parametrize(("expected", "text"), GRIDS)
def test_a_grid_of_criteria_is_judged_on_its_weights(expected: set[str], text: str) -> None:
    assert risks(read(text, piece="RC", title="5. Jugement des offres")) == expected


def test_the_weight_of_food_externalities_rests_on_the_rural_code() -> None:
    [risk] = read(GRIDS[3][1], piece="RC", title="5. Jugement des offres").risks
    assert "230-30-2" in risk.article


def test_a_penalty_that_names_an_article_covers_that_article_alone() -> None:
    found = find(
        [
            Passage(0, "CCTP.docx", "document", "Article 2. Emballages", "Heading 1", 1),
            Passage(
                1, "CCTP.docx", "document", "Les cartons sont repris, bon à l’appui.", "", 0, ("Article 2. Emballages",)
            ),
            Passage(2, "CCTP.docx", "document", "Article 3. Déchets", "Heading 1", 1),
            Passage(
                3, "CCTP.docx", "document", "Les déchets sont triés, bon à l’appui.", "", 0, ("Article 3. Déchets",)
            ),
            Passage(4, "CCAP.docx", "document", "Article 8. Pénalités", "Heading 1", 1),
            Passage(
                5,
                "CCAP.docx",
                "document",
                "Le manquement à l’article 2 du CCTP est pénalisé de 50 € par constat.",
                "",
                0,
                ("Article 8. Pénalités",),
            ),
        ],
        library(),
        today=TODAY,
    )
    assert [risk.passage for risk in found.risks if risk.kind == "no-penalty"] == [3]


def test_the_proof_of_the_paragraph_beside_counts() -> None:
    alone = read("Les meubles déposés sont reposés au second étage.")
    beside = read(
        "Les meubles déposés sont reposés au second étage.", "Le titulaire remet un inventaire photographique."
    )
    assert "no-proof" in risks(alone)
    assert "no-proof" not in risks(beside)
