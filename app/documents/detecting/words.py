"""Risks that stand in the words of one passage: the wording rules of the law room, fitted to a tender.

A clause of ours is all demand; a tender also describes what exists, where things go and what the buyer does.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from app.documents.detecting.brandnew import is_new_asked, new_saying, refuses_used
from app.documents.detecting.goods import stays
from app.documents.detecting.hedges import PRAISE_OR_EFFORT, hedges, is_about_else, is_checked, wishes
from app.documents.detecting.kinds import CANDIDACY, is_criteria, is_restated
from app.documents.detecting.levers import ENVIRONMENT, levers_in
from app.documents.detecting.materials import material_words
from app.documents.detecting.names import brand_words, label_words, norm_words, says_any_other
from app.documents.detecting.origin import local_words, near_words, says_from_whom
from app.documents.detecting.plastics import plastic_of
from app.documents.detecting.policies import policy_words
from app.documents.detecting.promises import FIRM, GREENISH, buyer_speaks, reads_vague, vague_words
from app.documents.detecting.restating import unnumbered
from app.documents.detecting.results import RiskKind
from app.documents.detecting.sayings import CLAIM
from app.documents.detecting.sections import Line, Section
from app.documents.detecting.spotted import Spotted, spot
from app.law.vocabulary import Piece
from app.law.wording import WordingFinding, review
from app.law.wording_lexicon import LABELS, NEW, NEW_IS_FINE

# Where the service goes, or what the buyer owns: not where the firm or the product comes from.
_SERVED: Final = re.compile(
    r"\b(?:livraisons?|interventions?|interven\w+|deplacements?|transport|dessert\w*|tournees?|prestations?"
    r"|visites?)\b[^.;]{0,60}\brayon\b"
    r"|\brayon\b[^.;]{0,60}\b(?:livraisons?|interventions?)\b"
)
_OWNED: Final = re.compile(
    r"\b(?:batiments?|sites?|ecoles?|equipements?|locaux|voies?|voiries?|arbres?|ouvrages?|points? (?:lumineux"
    r"|d'apport|de livraison|de collecte)"
    r"|parcelles?|terrains?|lieux?|restaurants?|dechet(?:t|)eries?|services?|habitants?|usagers?|cimetieres?"
    r"|parcs?)\b[^.;]{0,40}"
    r"\b(?:situe|implante|localise|installe)e?s?\b"
)
_FOR_EXAMPLE: Final = re.compile(r"\bpar exemple\b|\ba titre (?:d'exemple|indicatif)\b|\bex\s?[.:]")
_ASKED_MATERIAL: Final = re.compile(
    r"\b(?:est|sont|sera|seront|soient?|realisee?s?|fabriquee?s?|executee?s?)\s+(?:[a-z'-]+\s+){0,2}?en\s"
)
_TOLERATED_MATERIAL: Final = re.compile(
    r"\b(?:inox|verre|acier inoxydable|porcelaine|faience|ceramique)\b|\bacier recycle|\baluminium recycle"
)
_EXISTING: Final = re.compile(r"\bexistant\w*|\bconserve\w*|\bdepos\w*|\bactuel\w*|\ben place\b")
_FOR_THIS: Final = re.compile(
    r"\b(?:environnementale?|climat|durable|societale) (?:du|des|de la|de l'|propos\w+|retenu\w+)\s?(?:produits?"
    r"|articles?|prestations?|projet|offre|chantier|services?|batiment|ouvrage|fournitures?|operation|travaux|marche"
    r"|pour)\b"
    r"|\bdurable appliquee? aux?\b|\b(?:pour|sur|dans|lors de|a) (?:ce|cette|le|la|l'|le present"
    r"|la presente)\s?(?:chantier|marche|operation"
    r"|prestation|projet|lot|mission|execution)\b"
)
_EVERY: Final = re.compile(r"\b(?:chaque|tout|toute|tous les|toutes les)\b")
_QUOTED: Final = re.compile(r"«[^»]{0,60}»")
_MENTION: Final = re.compile(r"\bmentions?\b|\btermes?\b|\bmots?\b|\bintitule\w*|\ballegations?\b|\bexpressions?\b")
_WEAK: Final = re.compile(r"\bau mieux\b|\bdans les meilleurs delais\b")


@dataclass(frozen=True)
class _Place:
    """A passage in its article."""

    line: Line
    section: Section
    tolerant: bool
    """The dossier says somewhere that every name is taken « ou équivalent »."""
    family: str

    @cached_property
    def green(self) -> bool:
        return (
            ENVIRONMENT.search(self.line.plain) is not None
            or bool(levers_in(self.line.plain))
            or bool(levers_in(self.section.own_title))
            or ENVIRONMENT.search(self.section.own_title) is not None
            or GREENISH.search(self.line.plain) is not None
        )

    @cached_property
    def describes(self) -> bool:
        """A piece or an article that says what is bought."""
        return self.section.piece is not Piece.RC and not self.section.is_context

    def buyer_speaks(self) -> bool:
        """« La commune souhaite favoriser… »: an intention of the buyer asks nothing of the firm."""
        return buyer_speaks(self.line.plain)


def word_risks(line: Line, section: Section, *, tolerant: bool, family: str) -> Iterator[Spotted]:
    place = _Place(line, section, tolerant, family)
    seen: set[RiskKind] = set()
    for remark in review(line.text):
        judge = _JUDGES.get(remark.rule)
        # Each kind is told once per passage: the first words are enough to find it.
        if judge is None or _ALONE.get(remark.rule) in seen:
            continue
        if remark.rule == "R-NEUF" and not is_new_asked(line.plain, remark.start):
            continue
        spotted = judge(place, remark)
        if spotted is not None and not _only_quoted(line, remark) and spotted.kind not in seen:
            seen.add(spotted.kind)
            yield spotted
    for kind, words in _ASKED_TOO.items():
        span = words(place) if kind not in seen else None
        if span is not None:
            yield spot(kind, line, span)


def _only_quoted(line: Line, remark: WordingFinding) -> bool:
    """« la mention « respectueux de l’environnement » »: the words are spoken of, not asked."""
    return _MENTION.search(line.plain) is not None and any(
        quote.start() <= remark.start and remark.end <= quote.end() for quote in _QUOTED.finditer(line.text)
    )


def _localism(place: _Place, remark: WordingFinding) -> Spotted | None:
    plain = place.line.plain
    if remark.excerpt.lower().startswith("ressources"):  # of a computer, as often as of a place
        return None
    if _SERVED.search(plain) or (_OWNED.search(plain) and not FIRM.search(plain)):
        return None
    return spot("localism", place.line, (remark.start, remark.end))


def _localism_too(place: _Place) -> tuple[int, int] | None:
    plain = place.line.plain
    scored = is_criteria(place.section) or (place.section.piece is Piece.RC and re.search(r"\d", plain))
    near = near_words(plain, scored=bool(scored))
    told = near or (place.buyer_speaks() and not says_from_whom(plain))
    return near if told else local_words(place.line.text, plain)


def _new(place: _Place, remark: WordingFinding) -> Spotted | None:
    plain, span = place.line.plain, (remark.start, remark.end)
    around = plain[max(0, remark.start - 60) : remark.end + 40]
    return spot("new", place.line, span, new_saying(around))


def _new_too(place: _Place) -> tuple[int, int] | None:
    """« Tout le matériel devra être neuf »: demanded of what is supplied."""
    plain = place.line.plain
    beside = is_criteria(place.section) or CANDIDACY.search(place.section.own_title) is not None
    refused = None if beside or place.section.is_context else refuses_used(plain)
    if refused or not place.describes or NEW_IS_FINE.search(_EVERY.sub(" ", plain)):
        return refused
    return next((match.span() for match in NEW.finditer(plain) if is_new_asked(plain, match.start())), None)


def _name(place: _Place, remark: WordingFinding) -> Spotted | None:
    """A brand, a label, a norm or a material, told apart by the message of the rule."""
    plain, span = place.line.plain, (remark.start, remark.end)
    if place.tolerant or _FOR_EXAMPLE.search(plain) or says_any_other(plain) or _REPAIRER.search(plain):
        return None
    if remark.message.startswith("Un label"):
        generic = remark.excerpt.lower() == "écolabel"
        return None if generic or CANDIDACY.search(place.section.own_title) else spot("label", place.line, span)
    if remark.message.startswith("Une norme"):
        return None if _company_norm(place, remark) else spot("norm", place.line, span)
    if remark.message.startswith("Une marque"):
        named = stays(plain) or label_words(plain) or LABELS.search(plain, remark.start, remark.end + 12)
        return None if named else spot("brand", place.line, span)
    return _material(place, remark)


def _material(place: _Place, remark: WordingFinding) -> Spotted | None:
    plain, span = place.line.plain, (remark.start, remark.end)
    if _TOLERATED_MATERIAL.search(remark.excerpt.lower()) or _EXISTING.search(plain):
        return None
    asked = plain[max(0, remark.start - 45) : remark.start + 3]
    organic = re.match(r" (?:biologique|recycle|bio)\b", plain[remark.end :])
    return spot("material", place.line, span) if _ASKED_MATERIAL.search(asked) and not organic else None


# « un réparateur QualiRépar »: who repairs, not what is bought.
_REPAIRER: Final = re.compile(r"\breparateurs? (?:agree |labellise )?qualirepar")


def _company_norm(place: _Place, remark: WordingFinding) -> bool:
    return "14001" in remark.excerpt or CANDIDACY.search(place.section.own_title) is not None


def _vague(place: _Place, remark: WordingFinding) -> Spotted | None:
    if not place.green or place.buyer_speaks() or _WEAK.search(remark.excerpt.lower()):
        return None
    plain = place.line.plain
    if is_restated(place.line) or is_checked(plain, remark.start) or is_about_else(plain) or _only_scored(place):
        return None
    if place.line.plain[: remark.start].endswith("en "):  # « mise en veille à dix minutes »
        return None
    claim = "allégation" in remark.message
    return spot("vague", place.line, (remark.start, remark.end), CLAIM if claim else None)


def _policy(place: _Place, remark: WordingFinding) -> Spotted | None:
    """Management standards may be asked of a candidate, in proportion (OB-85); the buyer's own policy is its own."""
    # « une entreprise certifiée » removes asbestos; ISO 14001 and EMAS speak of the firm itself.
    worker = re.search(r"\bentreprise (?:est )?(?:certifi|labellis)", remark.excerpt.lower()) is not None
    if (
        _of_candidacy(place)
        or worker
        or _is_for_this_purchase(place)
        or re.search(r"\bdans une demarche\b", place.line.plain)
    ):
        return None
    return spot("company-policy", place.line, (remark.start, remark.end))


_MARKED: Final = re.compile(
    r"\b(?:notee?s?|points?|valorise\w*|bonus|tenu compte|regardee? favorablement|sera (?:apprecie|prise? en compte))\b"
)


def _of_candidacy(place: _Place) -> bool:
    if _MARKED.search(place.line.plain):
        return False
    candidacy = CANDIDACY.search(place.section.own_title) is not None and not is_criteria(place.section)
    return candidacy or place.buyer_speaks() or re.search(r"\bcandidature|\bcapacites\b", place.line.plain) is not None


def _is_for_this_purchase(place: _Place) -> bool:
    """« la démarche retenue pour ce chantier » is about what is bought, not about the firm."""
    return _FOR_THIS.search(place.line.plain) is not None


_SCORES: Final = re.compile(r"\d\s*(?:points?\b|%)|\bnotation\b|\bla note\b|\bcomposition de l'equipe\b")


def _only_scored(place: _Place) -> bool:
    """In the rules of the consultation, with its points, the words only name what is scored."""
    judged = is_criteria(place.section) or place.section.piece is Piece.RC
    return judged and _SCORES.search(place.line.plain) is not None


def _vague_too(place: _Place) -> tuple[int, int] | None:
    """A hedge among criteria only says what will be scored; the buyer's own intentions ask nothing."""
    plain = unnumbered(place.line.plain)
    wished = wishes(plain)
    if (place.buyer_speaks() and not wished) or is_criteria(place.section) or is_restated(place.line):
        return None
    if _only_scored(place):
        return None
    if wished or (hedged := hedges(plain)):
        return wished or hedged
    if policy_words(plain) or is_about_else(plain) or is_checked(plain, 0):
        return None
    match = PRAISE_OR_EFFORT.search(plain)
    if match and place.green:
        return match.span()
    found = vague_words(plain, green=place.green)
    return found or (reads_vague(plain) if place.describes else None)


def _policy_too(place: _Place) -> tuple[int, int] | None:
    plain = place.line.plain
    said = None if hedges(plain) and not _MARKED.search(plain) else policy_words(plain)
    return None if said is None or _of_candidacy(place) or _is_for_this_purchase(place) else said


def _name_too(words: Callable[[_Place], tuple[int, int] | None]) -> Callable[[_Place], tuple[int, int] | None]:
    def found(place: _Place) -> tuple[int, int] | None:
        plain = place.line.plain
        asked = not (place.tolerant or _FOR_EXAMPLE.search(plain) or CANDIDACY.search(place.section.own_title))
        return words(place) if asked and "candidature" not in plain else None

    return found


_ASKED_TOO: Final[Mapping[RiskKind, Callable[[_Place], tuple[int, int] | None]]] = {
    "localism": _localism_too,
    "company-policy": _policy_too,
    "vague": _vague_too,
    "brand": _name_too(lambda place: brand_words(place.line.text, place.line.plain) if place.describes else None),
    "label": _name_too(lambda place: label_words(place.line.plain)),
    "norm": _name_too(lambda place: norm_words(place.line.text, place.line.plain)),
    "material": _name_too(lambda place: material_words(place.line.plain)),
    "new": _new_too,
    "plastic": lambda place: None if is_restated(place.line) else plastic_of(place.line, place.section),
}
_ALONE: Final[Mapping[str, RiskKind]] = {
    "R-LOCAL": "localism",
    "R-NEUF": "new",
    "R-VAGUE": "vague",
    "R-LIEN": "company-policy",
}
_JUDGES: Final[Mapping[str, Callable[[_Place, WordingFinding], Spotted | None]]] = {
    "R-LOCAL": _localism,
    "R-NEUF": _new,
    "R-EQUIV": _name,
    "R-VAGUE": _vague,
    "R-LIEN": _policy,
}
