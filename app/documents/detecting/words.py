"""Risks that stand in the words of one passage: the wording rules of the law room, fitted to a tender.

A clause of ours is all demand; a tender also describes what exists, where things go and what the buyer does.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from app.documents.detecting.kinds import CANDIDACY, is_criteria
from app.documents.detecting.levers import ENVIRONMENT, levers_in
from app.documents.detecting.results import RiskKind
from app.documents.detecting.sayings import CLAIM, NEW_TEMPORARY, NEW_TYRES
from app.documents.detecting.sections import Line, Section
from app.documents.detecting.spotted import Spotted, spot
from app.law.wording import WordingFinding, review
from app.law.wording_lexicon import PLASTIC

_BUYER: Final = re.compile(
    r"\b(?:la|une) (?:commune|ville|collectivite|region|metropole|communaute|personne publique)\b|\b(?:le"
    r"|un) (?:departement|pouvoir adjudicateur"
    r"|syndicat|maitre d'ouvrage|ccas)\b|\bl'(?:acheteur|administration|agglomeration|etablissement)\b"
)
_FIRM: Final = re.compile(
    r"\b(?:titulaires?|prestataires?|candidats?|soumissionnaires?|fournisseurs?|entreprises?|entrepreneurs?"
    r"|societes?|attributaires?)\b"
)
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
_TOLERATED_MATERIAL: Final = re.compile(r"\b(?:inox|verre|acier inoxydable)\b|\bacier recycle|\baluminium recycle")
_EXISTING: Final = re.compile(r"\bexistant\w*|\bconserve\w*|\bdepos\w*|\bactuel\w*|\ben place\b")
_NEW_IN_PASSING: Final = re.compile(
    r"^\W*(?:le|la|les|des|chaque|ces|tout|toute)\s+(?:[a-z'-]+\s+){1,3}neu(?:f|fs|ve|ves)\s+(?!et\b|ou\b|de\b)[a-z']+"
    r"|\b(?:prix|cout|valeur|regard|equivalent) d(?:u|e la piece) neu|\bpiece neuve\b|\ben regard de\b|\b(?:la"
    r"|le)s? (?:\w+ )?neu(?:f|ve) (?:est|sont) remplac"
)
_TYRES: Final = re.compile(r"\bpneu(?:s|matiques?)?\b")
_TEMPORARY: Final = re.compile(
    r"\bmodul(?:e|es|aire|aires)\b|\bconstructions? temporaires?|\bbungalows?\b|\bprefabrique"
)
_QUOTED: Final = re.compile(r"«[^»]{0,60}»")
_MENTION: Final = re.compile(r"\bmentions?\b|\btermes?\b|\bmots?\b|\bintitule\w*|\ballegations?\b|\bexpressions?\b")
_WEAK: Final = re.compile(r"\bau mieux\b|\bdans les meilleurs delais\b")
_VAGUE_TOO: Final = re.compile(
    r"\b(?:mettr?a?|mettent|met|mette) tout en oe?uvre\b|\bs'inscri\w+ dans une demarche\b"
    r"|\bs'engage dans une demarche\b|\bsensibles? a l'environnement"
    r"|\bau strict (?:necessaire|minimum)\b|\boptimis(?:er|era|ent|e)\b|\bautant que de besoin\b"
    r"|\best souhaitable\b|\bdans une logique de\b"
    r"|\bveille(?:ra|ront|nt)?\s+(?:au respect|a respecter|a limiter|a reduire)\b|\bproduits? (?:verts?|ecologiques"
    r"|propres)\b(?=[^.;]{0,160}\b(?:utilis|livr|fourni|employ))"
)
_EVERY_NAME: Final = re.compile(
    r"\btou(?:t|te|tes|s) (?:les )?(?:references?|marques?|normes?|labels?|certifications?)\b[^.;]{0,60}\b(?:cite"
    r"|mention|figur|indiqu|s'enten|dans le|au present)"
    r"[^.;]{0,100}\bequivalent"
    r"|\bmarques? (?:citee|indiquee|mentionnee|donnee)s?[^.;]{0,80}\b(?:equivalent|a titre indicatif)"
)


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
        )

    def buyer_speaks(self) -> bool:
        """« La commune souhaite favoriser… »: an intention of the buyer asks nothing of the firm."""
        return _BUYER.search(self.line.plain) is not None and _FIRM.search(self.line.plain) is None


def says_equivalent_for_all(sections: list[Section]) -> bool:
    """One sentence at the head of the dossier can accept the equivalent of every name in it."""
    return any(_EVERY_NAME.search(line.plain) for section in sections for line in section.lines)


def word_risks(line: Line, section: Section, *, tolerant: bool, family: str) -> Iterator[Spotted]:
    place = _Place(line, section, tolerant, family)
    seen: set[RiskKind] = set()
    for remark in review(line.text):
        judge = _JUDGES.get(remark.rule)
        # Each kind is told once per passage: the first words are enough to find it.
        if judge is None or _ALONE.get(remark.rule) in seen:
            continue
        spotted = judge(place, remark)
        if spotted is not None and not _only_quoted(line, remark) and spotted.kind not in seen:
            seen.add(spotted.kind)
            yield spotted
    match = _VAGUE_TOO.search(line.plain)
    if match and "vague" not in seen and place.green and not place.buyer_speaks():
        yield spot("vague", line, match.span())
    yield from _plastic(place)


def _only_quoted(line: Line, remark: WordingFinding) -> bool:
    """« la mention « respectueux de l’environnement » »: the words are spoken of, not asked."""
    return _MENTION.search(line.plain) is not None and any(
        quote.start() <= remark.start and remark.end <= quote.end() for quote in _QUOTED.finditer(line.text)
    )


def _localism(place: _Place, remark: WordingFinding) -> Spotted | None:
    plain = place.line.plain
    if remark.excerpt.lower().startswith("ressources"):  # of a computer, as often as of a place
        return None
    if _SERVED.search(plain) or (_OWNED.search(plain) and not _FIRM.search(plain)):
        return None
    return spot("localism", place.line, (remark.start, remark.end))


def _new(place: _Place, remark: WordingFinding) -> Spotted | None:
    plain, span = place.line.plain, (remark.start, remark.end)
    around = plain[max(0, remark.start - 60) : remark.end + 40]
    if _TYRES.search(around):
        return spot("new", place.line, span, NEW_TYRES)
    if _TEMPORARY.search(around):
        return spot("new", place.line, span, NEW_TEMPORARY)
    return None if _NEW_IN_PASSING.search(plain) else spot("new", place.line, span)


def _name(place: _Place, remark: WordingFinding) -> Spotted | None:
    """A brand, a label, a norm or a material, told apart by the message of the rule."""
    plain, span = place.line.plain, (remark.start, remark.end)
    if place.tolerant or _FOR_EXAMPLE.search(plain):
        return None
    if remark.message.startswith("Un label"):
        generic = remark.excerpt.lower() == "écolabel"
        return None if generic or CANDIDACY.search(place.section.own_title) else spot("label", place.line, span)
    if remark.message.startswith("Une norme"):
        return None if _company_norm(place, remark) else spot("norm", place.line, span)
    if remark.message.startswith("Une marque"):
        return spot("brand", place.line, span)
    if _TOLERATED_MATERIAL.search(remark.excerpt.lower()) or _EXISTING.search(plain):
        return None
    asked = plain[max(0, remark.start - 45) : remark.start + 3]
    return spot("material", place.line, span) if _ASKED_MATERIAL.search(asked) else None


def _company_norm(place: _Place, remark: WordingFinding) -> bool:
    return "14001" in remark.excerpt or CANDIDACY.search(place.section.own_title) is not None


def _vague(place: _Place, remark: WordingFinding) -> Spotted | None:
    if not place.green or place.buyer_speaks() or _WEAK.search(remark.excerpt.lower()):
        return None
    claim = "allégation" in remark.message
    return spot("vague", place.line, (remark.start, remark.end), CLAIM if claim else None)


def _policy(place: _Place, remark: WordingFinding) -> Spotted | None:
    """Management standards may be asked of a candidate, in proportion (OB-85); the buyer's own policy is its own."""
    candidacy = CANDIDACY.search(place.section.own_title) is not None and not is_criteria(place.section)
    if candidacy or place.buyer_speaks() or re.search(r"\bcandidature", place.line.plain):
        return None
    return spot("company-policy", place.line, (remark.start, remark.end))


def _plastic(place: _Place) -> Iterator[Spotted]:
    line = place.line
    for match in PLASTIC.finditer(line.plain):
        sentence = line.plain[max(0, match.start() - 60) : match.end() + 60]
        if re.search(
            r"\b(?:aucun|aucune|interdi|proscri|exclu|sans|supprim|evit|ne (?:sont|est|doit|peut)|pas de|fin des"
            r"|dechets?)",
            sentence,
        ):
            continue
        if re.search(r"\breutilisab|\breemployab", match[0]):
            continue
        yield spot("plastic", line, match.span())
        return


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
