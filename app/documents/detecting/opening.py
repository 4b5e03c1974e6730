"""Lots kept for some firms and variants let in: what the words open, and under which conditions."""

import re
from collections.abc import Iterator
from typing import Final

from app.documents.detecting.sayings import RESERVED_SHARE
from app.documents.detecting.sections import Line, Section
from app.documents.detecting.spotted import Spotted, spot

# Who is let in, whatever the turn: « réservé à », « seules … peuvent », « ne peuvent … que », « fermé à ceux qui ne ».
_FIRMS: Final = (
    r"(?:esat|siae|ess\b|entreprises?|structures?|associations?|cooperatives?|acteurs|operateurs|societes|organismes"
    r"|mutuelles|ressourceries|regies)"
)
_RESERVED: Final = re.compile(
    r"\breserve[es]*\s+(?:\w+\s+){0,2}?(?:a|aux|au)\b|\b(?:marche|lots?) reserves?\b|\breservation\b"
    r"|\blimitee?s? aux?\b|\bse voi\w+ reserver\b"
    r"|\b(?:ouverte?s?|accessibles?|destinee?s?) (?:uniquement|exclusivement|seulement) (?:a|aux)\b"
    r"|\b(?:exclusivement|uniquement|seulement) (?:ouverte?s?|accessibles?|destinee?s?) (?:a|aux)\b"
    r"|\b(?:ouverte?s?|destinee?s?|accessibles?) aux? seul\w*"
    rf"|\bseule?s? [^.;]{{0,50}}\b{_FIRMS}[^.;]{{0,80}}\b(?:peuvent|pourront|admis\w*|autoris\w*|repond\w*)"
    rf"|\bseuls? (?:peuvent|pourront)\b[^.;]{{0,40}}\b(?:les|des) {_FIRMS}"
    r"|\bne (?:peuvent|pourront) (?:candidater|soumissionner|repondre|participer|concourir)[^.;]{0,30}\bque\b"
    r"|\bfermee?s? aux? [^.;]{0,40}\bne\b"
)
_NOT_RESERVED: Final = re.compile(
    r"\b(?:n'|ne )(?:est|sont|sera|seront) (?:pas|plus) reserve|\b(?:aucun|aucune|sans|pas de) (?:lots?|marches?"
    r"|reservation)\b[^.;]{0,20}(?:reserve)?"
)
# The law reserves nothing for these, whatever their merit.
_UNPROTECTED: Final = re.compile(
    r"\bpme\b|\btpe\b|\b(?:petites|moyennes|jeunes) (?:et \w+ )?entreprises|\bressourceries?|\brecycleries?"
    r"|\bstart-?ups?\b|\bartisans\b|\bentreprises locales|\bproducteurs\b"
)
_AWARDED: Final = re.compile(r"\blots?\b|\bmarches?\b|\bconsultation\b|\baccord-cadre\b|\bparticipation\b")
_ESS: Final = re.compile(
    r"\bess\b|\beconomie sociale\b|\besus\b|\butilite sociale\b|\b(?:entreprises?|acteurs?|structures?"
    r"|operateurs?)(?: \w+)? (?:sociales?|sociaux|solidaires?)\b"
    r"|\bassociations?\b|\bcooperatives?\b|\bmutuelles?\b|\bscop\b|\bscic\b|\bfondations?\b"
)
_SOCIAL_SERVICES: Final = re.compile(
    r"\bservices? (?:de sante|sociaux|culturels|sociaux et|d'aide a domicile)|\bsante, sociaux"
    r"|\bactivites? culturelles?"
)
_SERVICES_ARTICLE: Final = re.compile(r"\bl\. ?2113-1[56]")
# Goods, works and ordinary services, which the article on health, social and cultural services leaves out.
_NOT_SERVICES: Final = re.compile(
    r"\bmobilier|\bfourniture|\btravaux|\bimpression|\btextile|\blinge|\binformatique|\bnettoyage|\bmateriel"
    r"|\brepas\b|\bentretien|\bvehicule|\bvelo|\bdechet|\bespaces verts"
)
_PROTECTED: Final = re.compile(
    r"\besat\b|\bentreprises? adaptees?|\bsiae\b|\binsertion\b|\btravailleurs? (?:handicap|defavoris)"
    r"|\betablissements? et services d'a\w+ par le travail|\bsituation de handicap|\bpenitentiaire"
    r"|\b(?:personnes|salaries|publics?|agents) (?:\w+ )?(?:handicap|eloign|defavoris)|\beloignee?s? de l'emploi"
)
_SHARE: Final = re.compile(r"(\d{1,3})\s*(?:%|pour cent)")
_FRACTIONS: Final = (
    (re.compile(r"\b(?:un|le) (?:tiers)\b"), 33),
    (re.compile(r"\b(?:un|le) quart\b"), 25),
    (re.compile(r"\bun cinquieme\b"), 20),
    (re.compile(r"\bun dixieme\b"), 10),
    (re.compile(r"\b(?:vingt) pour cent\b"), 20),
    (re.compile(r"\b(?:trente) pour cent\b"), 30),
    (re.compile(r"\b(?:quarante) pour cent\b"), 40),
)
_HALF: Final = 50


def reservation(line: Line) -> Iterator[Spotted]:
    match = _RESERVED.search(line.plain)
    if not match or _NOT_RESERVED.search(line.plain):
        return
    told = line.plain[match.start() :]
    protected = _PROTECTED.search(line.plain) is not None
    lets_in = _ESS.search(told) or (_UNPROTECTED.search(told) and _AWARDED.search(line.plain))
    if lets_in and not protected and not _is_for_services(line.plain):
        yield spot("reservation", line, levers=("insertion-ess",))
        return
    shares = [int(share) for share in _SHARE.findall(told)] + [
        value for words, value in _FRACTIONS if words.search(told)
    ]
    # « … dont 40 % des salariés…, par voie de réservation »: the share stands before the word.
    shares = shares or [int(share) for share in _SHARE.findall(line.plain)]
    if protected and shares and max(shares) < _HALF and not _HOURS.search(line.plain):
        yield spot("reservation", line, saying=RESERVED_SHARE, levers=("insertion-ess",))


_HOURS: Final = re.compile(r"\bheures?\b|\bprestations\b[^.;]{0,40}\b(?:confie|insertion)")


def _is_for_services(plain: str) -> bool:
    """Health, social and cultural services only (OB-33)."""
    if _SOCIAL_SERVICES.search(plain):
        return True
    return _SERVICES_ARTICLE.search(plain) is not None and _NOT_SERVICES.search(plain) is None


_VARIANT: Final = re.compile(
    r"\bvariantes?\b|\b(?:propositions?|offres?|solutions?) alternatives?\b(?=[^.;]{0,60}\b(?:depos|present|remis|admis"
    r"|autoris|accept|recevab|propos))"
)
_OPENED: Final = re.compile(
    r"\b(?:autoris\w*|admis\w*|admet\w*|accept\w*|possib\w*|ouvert\w*|permis\w*|permet\w*|recevab\w*|libres?"
    r"|librement|bienvenu\w*|licites?|encourag\w*|souhait\w*|facult\w*|propos\w*"
    r"|present\w*|depos\w*|remet\w*|joint\w*|joindre|soumet\w*|soumis\w*|introdui\w*|formul\w*|adress\w*|peut"
    r"|peuvent|pourra|pourront|invite\w*|a la faculte|ont la faculte|laissee?|oui|exigee?s?|obligatoires?"
    r"|imposee?s?|repond\w*|examine\w*|etudie\w*)\b"
)
_CLOSED: Final = re.compile(
    r"\b(?:ne|n')\s?(?:[a-z']+\s+){0,4}?(?:pas|aucune?|ni|plus|point)\b|\baucune\b|\binterdi\w*|\bexclu\w*"
    r"|\bprohib\w*|\bproscri\w*|\brefus\w*|\becart\w*|\birrecevab\w*|\brejet\w*|\bnon (?:admis|autoris|accept|prevu)"
    r"|\bsans variante|\bni variante|\bdefendu\w*|\bsont fermee?s"
)
# « ne sont pas interdites », « aucune restriction », « deux variantes au plus »: let in all the same.
_UNBOUND: Final = re.compile(
    r"\b(?:ne|n')\s?(?:est|sont|seront|sera) (?:pas|nullement) (?:interdi|limit|exclu|restrein|prohib|plafonn"
    r"|encadr)\w*"
    r"|\baucune? (?:restriction|limite|limitation|contrainte|condition|exigence)s?\b|\bsans (?:restriction|limit\w+"
    r"|condition|exigence)s?\b"
    r"|\b(?:une|deux|trois|quatre|\d) variantes? (?:au plus|au maximum|maximum|par|est|sont)\b"
)
_NO_MINIMUM: Final = re.compile(r"\b(?:aucune?|sans)\s(?:\w+ )?(?:exigences?|conditions?|niveaux?)(?: minim\w+)?")
_CONDITION: Final = (
    r"(?:sous reserve|a condition|a la condition|des lors qu|pourvu qu)[^.;]{0,140}\b(?:exigences?|performances?"
    r"|garanti"
    r"|cctp|conform|respect|caracteristiques|fonctionn|portance|duree|equivalen|\d)"
)
_MINIMUM: Final = re.compile(
    rf"\bminim\w*|\bau moins\b|\b{_CONDITION}\w*|\bexigences?\b[^.;]{0, 60}\b(?:respect|cctp|article|fix|list"
    rf"|annex|indiqu|defin"
    r"|suivant)|\bsi elles?\b[^.;]{0,120}\b(?:egale?s?|egaux|garanti|respect|offr"
    r"|presente|satisf)\w*"
    r"|\bdans le respect d|\brespect\w+ (?:les|des) (?:exigences|performances|caracteristiques|prescriptions)"
    r"|\bdans les (?:conditions|limites) (?:fixees|definies|de l'article|du cctp)|\bmemes performances\b"
    r"|\bperformances? (?:au moins )?(?:egale|equivalente)s?\b"
)
_OTHER_SENSE: Final = re.compile(
    r"\bvariante (?:orthographique|de menu|vegetarienne|de calcul)|\banalyse des variantes\b"
    r"|\bvariantes? de (?:couleur|teinte|menu)|\bprestations? supplementaires?\b"
)


def variant(line: Line, section: Section) -> Iterator[Spotted]:
    if not _VARIANT.search(line.plain) or _OTHER_SENSE.search(line.plain):
        return
    told = line.plain if line.cell is None else _row_of(line, section)
    for sentence in re.finditer(r"[^.;]+", told):
        said = _NO_MINIMUM.sub(" ", sentence[0])
        unbound = _UNBOUND.search(sentence[0]) is not None
        opened = unbound or _OPENED.search(said) or _OPENED.search(section.own_title)
        if _VARIANT.search(said) and opened and (unbound or not _CLOSED.search(said.replace("sauf", ""))):
            if not any(_MINIMUM.search(_NO_MINIMUM.sub(" ", other)) for other in _about_variants(line, section)):
                span = (sentence.start(), sentence.end()) if line.cell is None else None
                yield spot("variant", line, span)
            return


def _row_of(line: Line, section: Section) -> str:
    return " : ".join(o.plain for o in section.lines if o.cell and line.cell and o.cell[:2] == line.cell[:2])


def _is_for_other_lots(plain: str, other: str) -> bool:
    """The conditions of lot 3 say nothing of lot 1."""
    lots, others = set(_LOTS.findall(plain)), set(_LOTS.findall(other))
    return bool(others) and not lots & others and (bool(lots) or _OPENED.search(other) is not None)


_LOTS: Final = re.compile(r"\blots? (?:n°\s?)?(\w+)")
_GOES_ON: Final = re.compile(r"\W*(?:elles?|celles-ci|ces|chaque|chacune|leurs?|les? exigences?|toute|toutefois)\b")


def _about_variants(line: Line, section: Section) -> Iterator[str]:
    """The passage, what speaks of variants in its article, and what goes on right after; the whole of their own."""
    own = _VARIANT.search(section.own_title) is not None
    goes_on = False
    for other in section.lines:
        if other is not line and _is_for_other_lots(line.plain, other.plain):
            continue
        if own or goes_on or other is line or _VARIANT.search(other.plain) or "exigences minimales" in other.plain:
            yield other.plain
        goes_on = other is line or (goes_on and _GOES_ON.match(other.plain) is not None)
