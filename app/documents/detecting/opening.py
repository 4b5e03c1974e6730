"""Lots kept for some firms and variants let in: what the words open, and under which conditions."""

import re
from collections.abc import Iterator
from typing import Final

from app.documents.detecting.sayings import RESERVED_SHARE
from app.documents.detecting.sections import Line, Section
from app.documents.detecting.spotted import Spotted, spot

_RESERVED: Final = re.compile(
    r"\breserve[es]*\s+(?:\w+\s+){0,2}?(?:a|aux|au)\b|\bmarche reserve\b|\blimitee?s? aux?\b|\b(?:ouverte?s?"
    r"|accessibles?|destinee?s?) (?:uniquement|exclusivement|seulement) (?:a|aux)\b"
    r"|\bseuls? (?:peuvent|pourront)\b[^.;]{0,40}\b(?:les|des) (?:esat|entreprises|structures|associations)"
)
_ESS: Final = re.compile(
    r"\bess\b|\beconomie sociale\b|\besus\b|\butilite sociale\b|\b(?:entreprises?|acteurs?|structures?"
    r"|operateurs?)(?: \w+)? (?:sociales?|sociaux|solidaires?)\b"
    r"|\bassociations?\b|\bcooperatives?\b|\bmutuelles?\b|\bscop\b|\bscic\b|\bfondations?\b"
)
_SOCIAL_SERVICES: Final = re.compile(
    r"\bservices? (?:de sante|sociaux|culturels|sociaux et|d'aide a domicile)|\bl\. ?2113-1[56]|\bsante, sociaux"
    r"|\bactivites? culturelles?"
)
_PROTECTED: Final = re.compile(
    r"\besat\b|\bentreprises? adaptees?|\bsiae\b|\binsertion\b|\btravailleurs? (?:handicap|defavoris)"
    r"|\betablissements? et services d'a\w+ par le travail|\bsituation de handicap|\bpenitentiaire"
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
    if not match:
        return
    after = line.plain[match.start() :]
    protected = _PROTECTED.search(after) is not None
    if _ESS.search(after) and not protected and not _SOCIAL_SERVICES.search(line.plain):
        yield spot("reservation", line, levers=("insertion-ess",))
        return
    shares = [int(share) for share in _SHARE.findall(after)] + [
        value for words, value in _FRACTIONS if words.search(after)
    ]
    if protected and shares and max(shares) < _HALF:
        yield spot("reservation", line, saying=RESERVED_SHARE, levers=("insertion-ess",))


_VARIANT: Final = re.compile(r"\bvariantes?\b")
_OPENED: Final = re.compile(
    r"\b(?:autoris\w*|admis\w*|admet\w*|accept\w*|possib\w*|ouvert\w*|permis\w*|permet\w*|recevab\w*|libres?"
    r"|librement|bienvenu\w*|licites?|encourag\w*|souhait\w*|facult\w*|propos\w*"
    r"|present\w*|depos\w*|remet\w*|joint\w*|joindre|soumet\w*|soumis\w*|introdui\w*|formul\w*|adress\w*|peut"
    r"|peuvent|pourra|pourront|invite\w*|a la faculte|examine\w*|etudie\w*)\b"
)
_CLOSED: Final = re.compile(
    r"\b(?:ne|n')\s?(?:[a-z']+\s+){0,4}?(?:pas|aucune?|ni|plus|point)\b|\baucune\b|\binterdi\w*|\bexclu\w*"
    r"|\bprohib\w*|\bproscri\w*|\brefus\w*|\becart\w*|\birrecevab\w*|\brejet\w*|\bnon (?:admis|autoris|accept|prevu)"
    r"|\bsans variante|\bni variante|\bdefendu\w*|\bsont fermee?s"
)
_MINIMUM: Final = re.compile(
    r"\bminim\w*|\bau moins\b|\bexigences?\b[^.;]{0,60}\b(?:respect|cctp|article|fix|list|annex|indiqu|defin"
    r"|suivant)|\bsous reserve\b|\ba condition\b|\bdes lors qu|\bpourvu qu|\bsi elles? (?:garanti|respect|offr"
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
    for sentence in re.finditer(r"[^.;]+", line.plain):
        said = sentence[0]
        match = _VARIANT.search(said)
        if (
            match
            and (_OPENED.search(said) or (_OPENED.search(section.own_title)))
            and not _CLOSED.search(said.replace("sauf", ""))
        ):
            if not any(_MINIMUM.search(other.plain) for other in section.lines):
                yield spot("variant", line, (sentence.start(), sentence.end()))
            return
