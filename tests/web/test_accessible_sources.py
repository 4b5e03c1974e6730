"""What the sources of the screens never do, or always do: criteria of the RGAA that no browser need be asked about."""

import re
from functools import cache
from typing import Final

import pytest

from app.settings import ROOT

SOURCES: Final = ROOT / "frontend" / "src"
LEAST_CONTRAST: Final = 3.0
_PURPOSES: Final = {
    "given_name": "given-name",
    "family_name": "family-name",
    "passphrase": "password",
    "email": "email|username|off",
}


@cache
def _texts(pattern: str) -> dict[str, str]:
    return {
        str(path.relative_to(SOURCES)): path.read_text(encoding="utf-8")
        for path in sorted(SOURCES.rglob(pattern))
        if ".test." not in path.name
    }


def _with(pattern: str, found: str) -> list[str]:
    return [f"{name}: {m[0][:80]}" for name, text in _texts(pattern).items() for m in re.finditer(found, text)]


def test_no_act_begins_when_a_pointer_goes_down() -> None:
    """RGAA 13.11: a press is taken back by leaving before the release; the list of choices only keeps the focus."""
    down = _with("*.tsx", r"on(?:MouseDown|PointerDown|TouchStart)=\{[^\n]*")
    assert [one for one in down if "event.preventDefault()}" not in one] == []


def test_no_window_opens_by_itself() -> None:
    """RGAA 13.2: a new tab is only ever a link that somebody follows."""
    assert _with("*.ts*", r"window\.open|\.open\('http") == []
    for name, text in _texts("*.tsx").items():
        for m in re.finditer(r"_blank", text):
            assert "<a" in text[max(0, m.start() - 300) : m.start()], name


def test_nothing_appears_on_hover_alone() -> None:
    """RGAA 10.13, 10.14, 12.11: no tooltip, and a hover changes colours, never what is shown."""
    rules = [block for text in _texts("*.css").values() for block in re.findall(r":hover[^{]*\{[^}]*\}", text)]
    assert len(rules) > 10
    assert [one for one in rules if re.search(r"display|visibility|opacity|content|clip|max-height", one)] == []
    assert _with("*.tsx", r"<(?:a|button|span|div|abbr|svg|li|p)\b[^>]*\stitle=|Tooltip|onMouseEnter|onMouseOver") == []


def test_styles_write_no_word_and_keep_the_order_of_the_document() -> None:
    """RGAA 10.2, 10.3: without its style sheets a page says the same things in the same order."""
    said = [m for text in _texts("*.css").values() for m in re.findall(r"(?<![\w-])content:\s*([^;]+);", text)]
    assert [one for one in said if re.search(r"[A-Za-zÀ-ÿ]", one.replace("counter", "").replace("attr", ""))] == []
    assert _with("*.css", r"(?<![\w-])order:\s*-?\d+|(?:row|column)-reverse|wrap-reverse") == []
    assert _with("*.css", r"background(?:-image)?:[^;]*url\(") == []


def test_the_page_declares_its_ink_with_its_paper() -> None:
    """RGAA 10.5: every text inherits both from the body, and no sheet sets a background without a known ink."""
    (body,) = re.findall(r"\nbody \{([^}]*)\}", _texts("base.css")["ui/base.css"])
    assert "background: var(--paper)" in body
    assert "color: var(--ink)" in body
    fixed = _with("*.css", r"(?:background|[^-]color):\s*(?:#|rgb\(|hsl\(|white|black)[^;]*;")
    # Behind a picture, and behind a dialog: neither holds a text.
    assert {one.split(":")[0] for one in fixed} == {"ui/Picture.module.css", "ui/Dialog.module.css"}


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("drawn", ["line-strong", "accent", "danger", "warning", "info", "focus-outer", "bar-2"])
def test_what_draws_a_control_stands_out_of_every_ground(scheme: str, drawn: str) -> None:
    """RGAA 3.3: borders of fields, buttons, states, focus, and the bars that carry a figure, in both schemes."""
    light, dark = re.findall(r":root \{([^}]*)\}", _texts("tokens.css")["ui/tokens.css"])
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    if scheme == "dark":
        colours |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))
    for ground in ("paper", "surface", "sunken"):
        assert _contrast(colours[drawn], colours[ground]) >= LEAST_CONTRAST, (drawn, ground)


def test_a_field_about_oneself_says_its_purpose() -> None:
    """RGAA 11.13: name, address and passphrase of who fills in; another person's says « off » or nothing."""
    own = ("accounts/SignIn.tsx", "accounts/SignUp.tsx", "accounts/NewAccountForm.tsx", "accounts/Profile.tsx")
    checked = 0
    for name in own:
        text = _texts("*.tsx")[name]
        for m in re.finditer(r'name="(\w+)"', text):
            if m[1] in _PURPOSES:
                end = text.find("/>", m.end())
                checked += 1
                assert re.search(f"autoComplete: '[^']*(?:{_PURPOSES[m[1]]})", text[m.start() : end]), (name, m[1])
    assert checked >= 6


def test_no_table_is_complex_nor_made_for_layout() -> None:
    """RGAA 5.1, 5.2: no header spans cells, so no table needs a summary of how to read it."""
    assert _with("*.tsx", r"(?:row|col)Span=") == []
    headers = _with("*.tsx", r"<th\b[^>]*>")
    assert headers
    assert [one for one in headers if "scope=" not in one] == []


def test_every_table_of_the_screens_has_its_title() -> None:
    """RGAA 5.4: a caption, or the name of the region that scrolls; a table inside the words of a clause has none."""
    tables = {name: text for name, text in _texts("*.tsx").items() if "<table" in text}
    assert {"ui/Coverage.tsx", "ui/Table.tsx", "ui/Wording.tsx"} <= set(tables)
    for name, text in tables.items():
        for m in re.finditer("<table", text):
            around = text[max(0, m.start() - 250) : m.end() + 200]
            assert "<caption" in around or "aria-label={caption}" in around or name == "ui/Wording.tsx", name


def test_words_are_never_spaced_by_empty_paragraphs_and_no_tag_is_only_for_looks() -> None:
    """RGAA 8.9."""
    assert _with("*.tsx", r"<p>\s*</p>|<br\s*/>\s*<br\s*/>|<(?:font|center|big|tt|u|blockquote)\b|&nbsp;&nbsp;") == []
