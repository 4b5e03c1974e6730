"""Our styles in a template's clothes: their style of the same role when there is one, else a sober one of ours."""

import re
from typing import Final

from lxml import etree

from app.documents.own.opened import W, number_of
from app.documents.template.styles import W as NAMESPACE

_HEADING: Final = re.compile(r"(?:heading|titre) ?([1-9])$")
DEEPEST: Final = 9
_NAMES: Final = {
    "ListBullet": ("list bullet", "liste à puces"),
    "ListNumber": ("list number", "liste à numéros"),
    "Caption": ("caption", "légende"),
    "TableGrid": ("table grid", "grille du tableau"),
}
_BORDER: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_BOLD: Final = '<w:pPr><w:keepNext/><w:spacing w:before="{}" w:after="{}"/></w:pPr><w:rPr><w:b/></w:rPr>'
_OURS: Final = {
    "ListBullet": ("paragraph", '<w:pPr><w:spacing w:after="60"/><w:contextualSpacing/></w:pPr>'),
    "ListNumber": ("paragraph", '<w:pPr><w:spacing w:after="60"/><w:contextualSpacing/></w:pPr>'),
    "TableText": ("paragraph", '<w:pPr><w:spacing w:before="40" w:after="40"/></w:pPr>'),
    "TableHead": ("paragraph", _BOLD.format(60, 60)),
    "Caption": ("paragraph", _BOLD.format(160, 80)),
    "Note": ("paragraph", "<w:rPr><w:i/></w:rPr>"),
    "Value": ("character", ""),
    "Blank": ("character", '<w:rPr><w:b/><w:shd w:val="clear" w:color="auto" w:fill="FFF2A8"/></w:rPr>'),
    "TableGrid": ("table", f"<w:tblPr><w:tblBorders>{_BORDER}</w:tblBorders></w:tblPr>"),
}  # fmt: skip
_SAID: Final = {
    "ListBullet": "Clausier puce",
    "ListNumber": "Clausier numéro",
    "TableText": "Clausier texte de tableau",
    "TableHead": "Clausier en-tête de tableau",
    "Caption": "Clausier légende",
    "Note": "Clausier remarque",
    "Value": "Clausier valeur",
    "Blank": "Clausier à compléter",
    "TableGrid": "Clausier tableau",
}


class Styles:
    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.by_id: dict[str, etree._Element] = {
            style.get(W + "styleId", ""): style for style in root.iter(W + "style")
        }
        self.by_name: dict[str, str] = {_name(style): ident for ident, style in self.by_id.items()}
        self.default = next(
            (i for i, s in self.by_id.items() if s.get(W + "type") == "paragraph" and s.get(W + "default") == "1"), ""
        )
        self._mapped: dict[str, str] = {}

    def chain(self, ident: str) -> list[etree._Element]:
        """A style and those that it is based on."""
        found: list[etree._Element] = []
        while ident in self.by_id and self.by_id[ident] not in found and len(found) < DEEPEST:
            found.append(self.by_id[ident])
            parent = found[-1].find(W + "basedOn")
            ident = parent.get(W + "val", "") if parent is not None else ""
        return found

    def level(self, ident: str) -> int | None:
        """Of a heading style, by its name or its outline level; None for any other."""
        for style in self.chain(ident):
            if found := _HEADING.fullmatch(_name(style)):
                return int(found[1])
            outline = style.find(f"{W}pPr/{W}outlineLvl")
            if outline is not None:
                level = number_of(outline) + 1
                return level if level <= DEEPEST else None
        return None

    def heading(self, level: int) -> str:
        """Their heading style of a level; one of ours, based on theirs above, when they have none."""
        paragraphs = [ident for ident, style in self.by_id.items() if style.get(W + "type") == "paragraph"]
        named = [
            i for i in paragraphs if (found := _HEADING.fullmatch(_name(self.by_id[i]))) and int(found[1]) == level
        ]
        outlined = [ident for ident in paragraphs if self.level(ident) == level]
        for ident in (*named, *outlined):
            return ident
        outline = f'<w:keepNext/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="{level - 1}"/>'
        body = f"<w:pPr>{outline}</w:pPr><w:rPr><w:b/></w:rPr>"
        return self._add(f"ClausierTitre{level}", "paragraph", f"heading {level}", body)

    def of(self, ours: str) -> str:
        """Their style for one of ours."""
        if ours not in self._mapped:
            self._mapped[ours] = self._find(ours)
        return self._mapped[ours]

    def _find(self, ours: str) -> str:
        kind, body = _OURS[ours]
        for name in _NAMES.get(ours, ()):
            ident = self.by_name.get(name)
            # A list style without a list of its own would print no bullet.
            if ident and (not ours.startswith("List") or self._numbered(ident)):
                return ident
        return self._add(f"Clausier{ours}", kind, _SAID[ours], body)

    def _numbered(self, ident: str) -> bool:
        return any(style.find(f"{W}pPr/{W}numPr/{W}numId") is not None for style in self.chain(ident))

    def _add(self, ident: str, kind: str, name: str, body: str) -> str:
        if ident in self.by_id:
            return ident
        base = f'<w:basedOn w:val="{self.default}"/>' if kind == "paragraph" and self.default else ""
        style = etree.fromstring(
            f'<w:style xmlns:w="{NAMESPACE}" w:type="{kind}" w:customStyle="1" w:styleId="{ident}">'
            f'<w:name w:val="{name}"/>{base}<w:qFormat/>{body}</w:style>'
        )
        self.root.append(style)
        self.by_id[ident] = style
        self.by_name[name] = ident
        return ident

    def language(self) -> str:
        """The default language of the text; empty when none is declared."""
        found = self.root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
        return found.get(W + "val", "") if found is not None else ""

    def speak_french(self) -> None:
        """Declares French, without which a screen reader reads with the voice of the machine."""
        path = self.root
        for place, tag in enumerate(("docDefaults", "rPrDefault", "rPr")):
            found = path.find(W + tag)
            if found is None:
                found = etree.Element(W + tag)
                path.insert(0, found) if place < 2 else path.append(found)  # noqa: PLR2004
            path = found
        for old in path.findall(W + "lang"):
            path.remove(old)
        path.append(etree.Element(W + "lang", {W + "val": "fr-FR"}))


def _name(style: etree._Element) -> str:
    name = style.find(W + "name")
    return (name.get(W + "val", "") if name is not None else "").casefold()
