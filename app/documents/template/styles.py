"""The styles of our documents: a slim set (docx.md, section 2), with built-in names that Word shows in French."""

from typing import Final

FONT: Final = "Arial"
INK, ACCENT, MUTED = "1A1A1A", "14532D", "4A4A4A"
"""Text, headings, secondary text: each at least 7:1 on white."""
W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _paragraph(ident: str, name: str, ppr: str = "", rpr: str = "", *, follow: str = "") -> str:
    default = ' w:default="1"' if ident == "Normal" else ""
    parent = "" if ident == "Normal" else '<w:basedOn w:val="Normal"/>'
    after = f'<w:next w:val="{follow}"/>' if follow else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{ident}"><w:name w:val="{name}"/>{parent}{after}<w:qFormat/>'
        f"{f'<w:pPr>{ppr}</w:pPr>' if ppr else ''}{f'<w:rPr>{rpr}</w:rPr>' if rpr else ''}</w:style>"
    )


def _character(ident: str, name: str, rpr: str) -> str:
    return (
        f'<w:style w:type="character" w:styleId="{ident}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/>{f"<w:rPr>{rpr}</w:rPr>" if rpr else ""}</w:style>'
    )


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _shade(fill: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'


def _spacing(before: int, after: int, line: int = 264) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _heading(level: int, size: int, before: int, after: int, colour: str) -> str:
    ppr = (
        f'<w:keepNext/><w:keepLines/><w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr>'
        f'{_spacing(before, after, 250)}<w:outlineLvl w:val="{level - 1}"/>'
    )
    rpr = f'<w:b/><w:bCs/><w:color w:val="{colour}"/>{_size(size)}'
    return _paragraph(f"Heading{level}", f"heading {level}", ppr, rpr, follow="Normal")


def _contents(level: int, before: int, indent: int, hanging: int, rpr: str) -> str:
    ppr = (
        f'<w:tabs><w:tab w:val="left" w:pos="{indent + hanging}"/>'
        '<w:tab w:val="right" w:leader="dot" w:pos="9638"/></w:tabs>'
        f'{_spacing(before, 10, 245)}<w:ind w:left="{indent + hanging}" w:hanging="{hanging}"/>'
    )
    return _paragraph(f"TOC{level}", f"toc {level}", ppr, rpr, follow="Normal")


def _headings_and_contents() -> list[str]:
    return [
        _heading(1, 28, 400, 140, ACCENT),
        _heading(2, 23, 260, 90, ACCENT),
        _heading(3, 21, 200, 70, INK),
        _paragraph(
            "TOCHeading",
            "TOC Heading",
            "<w:keepNext/><w:pageBreakBefore/>" + _spacing(0, 240),
            f'<w:b/><w:bCs/><w:color w:val="{ACCENT}"/>{_size(32)}',
            follow="Normal",
        ),
        _contents(1, 80, 0, 1247, "<w:b/><w:bCs/>"),
        _contents(2, 10, 1247, 680, ""),
        _contents(3, 0, 1927, 850, ""),
    ]


def _cover() -> list[str]:
    return [
        _paragraph("CoverBuyer", "Acheteur", _spacing(0, 2600), f'<w:b/><w:bCs/><w:color w:val="{INK}"/>{_size(26)}'),
        _paragraph("CoverKind", "Nature du marché", _spacing(0, 160), f'<w:color w:val="{MUTED}"/>{_size(24)}'),
        _paragraph(
            "Title",
            "Title",
            _spacing(0, 320, 240),
            f'<w:b/><w:bCs/><w:color w:val="{ACCENT}"/>{_size(56)}',
            follow="Subtitle",
        ),
        _paragraph(
            "Subtitle", "Subtitle", _spacing(0, 1500, 270), f'<w:color w:val="{INK}"/>{_size(32)}', follow="Normal"
        ),
        _paragraph(
            "CoverFact",
            "Fait de couverture",
            f'<w:tabs><w:tab w:val="left" w:pos="3402"/></w:tabs>{_spacing(0, 80)}'
            '<w:ind w:left="3402" w:hanging="3402"/>',
            _size(21),
        ),
    ]


def _body() -> list[str]:
    bullets = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>' + _spacing(0, 60) + "<w:contextualSpacing/>"
    return [
        _paragraph("Normal", "Normal", _spacing(0, 120)),
        _paragraph("ListBullet", "List Bullet", bullets.format(2)),
        _paragraph("ListNumber", "List Number", bullets.format(3)),
        _paragraph("TableText", "Texte de tableau", _spacing(40, 40, 250), _size(18)),
        _paragraph(
            "TableHead", "En-tête de tableau", "<w:keepNext/>" + _spacing(60, 60, 250), "<w:b/><w:bCs/>" + _size(18)
        ),
        _paragraph(
            "Caption",
            "caption",
            "<w:keepNext/>" + _spacing(160, 80),
            f'<w:b/><w:bCs/><w:color w:val="{MUTED}"/>{_size(19)}',
            follow="Normal",
        ),
        _paragraph("Note", "Remarque", _spacing(0, 120), f'<w:i/><w:iCs/><w:color w:val="{MUTED}"/>{_size(19)}'),
        _paragraph("Mention", "Mention", _spacing(480, 0, 240), f'<w:color w:val="{MUTED}"/>{_size(16)}'),
        _paragraph("Header", "header", _spacing(0, 0, 240), f'<w:color w:val="{MUTED}"/>{_size(16)}'),
        _paragraph("Footer", "footer", _spacing(0, 0, 240), f'<w:color w:val="{MUTED}"/>{_size(16)}'),
        _paragraph("CommentText", "annotation text", _spacing(0, 0, 240), _size(20)),
        _character("CommentReference", "annotation reference", _size(16)),
        _character("Hyperlink", "Hyperlink", '<w:color w:val="0B4F8A"/><w:u w:val="single"/>'),
        _character("Value", "Valeur de clause", ""),
        _character(
            "Blank",
            "À compléter",
            '<w:b/><w:bCs/><w:color w:val="7A2E00"/>' + _shade("FFF2A8"),
        ),
    ]


_BORDER: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="9CA3AF"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)

_TABLES: Final = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/>'
    '<w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="100" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
    f"<w:tblPr><w:tblBorders>{_BORDER}</w:tblBorders></w:tblPr>"
    f'<w:tblStylePr w:type="firstRow"><w:tcPr>{_shade("E3EFE7")}</w:tcPr></w:tblStylePr>'
    "</w:style>"
)


def styles_xml() -> str:
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" '
        f'w:cs="{FONT}"/><w:color w:val="{INK}"/>{_size(20)}<w:lang w:val="fr-FR" w:eastAsia="fr-FR" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault>"
        "<w:pPrDefault/></w:docDefaults>"
    )
    styles = "".join([*_body()[:1], *_headings_and_contents(), *_cover(), *_body()[1:]])
    return f'<w:styles xmlns:w="{W}">{defaults}{styles}{_TABLES}</w:styles>'


def _level(pattern: str, form: str, ppr: str, style: str, rpr: str = "") -> str:
    index = int(style[-1]) - 1 if style[-1].isdigit() else 0
    link = f'<w:pStyle w:val="{style}"/>'
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{link}<w:suff w:val="tab"/>'
        f'<w:lvlText w:val="{pattern}"/><w:lvlJc w:val="left"/><w:pPr>{ppr}</w:pPr>'
        f"{f'<w:rPr>{rpr}</w:rPr>' if rpr else ''}</w:lvl>"
    )


def _hanging(left: int, hanging: int) -> str:
    return f'<w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs><w:ind w:left="{left}" w:hanging="{hanging}"/>'


def numbering_xml(lists: int = 0) -> str:
    """The numbering part: headings (1), bullets (2), numbers (3), then `lists` numbered lists that restart at one."""
    headings = (
        _level("Article %1", "decimal", _hanging(1474, 1474), "Heading1")
        + _level("%1.%2", "decimal", _hanging(737, 737), "Heading2")
        + _level("%1.%2.%3", "decimal", _hanging(907, 907), "Heading3")
    )
    font = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}"/>'
    bullet = _level("•", "bullet", _hanging(567, 283), "ListBullet", font)
    number = _level("%1.", "decimal", _hanging(624, 340), "ListNumber")
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{index}"><w:nsid w:val="{0x2C1A5E00 + index:08X}"/>'
        f'<w:multiLevelType w:val="{kind}"/>{levels}</w:abstractNum>'
        for index, kind, levels in ((1, "multilevel", headings), (2, "singleLevel", bullet), (3, "singleLevel", number))
    )
    numbers = "".join(f'<w:num w:numId="{i}"><w:abstractNumId w:val="{i}"/></w:num>' for i in (1, 2, 3))
    restarted = "".join(
        f'<w:num w:numId="{FIRST_LIST + i}"><w:abstractNumId w:val="3"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for i in range(lists)
    )
    return f'<w:numbering xmlns:w="{W}">{abstract}{numbers}{restarted}</w:numbering>'


FIRST_LIST: Final = 10
"""The `numId` of the first numbered list of a document."""
