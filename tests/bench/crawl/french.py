"""Words on a screen that no French reader should meet: holes, codes, ISO dates, English, typewriter apostrophes."""

import re
from typing import Final

from playwright.sync_api import Page

_READ: Final = """() => {
  const copy = document.body.cloneNode(true);
  const skipped = 'code, pre, kbd, textarea, script, style, noscript, [lang=en], [translate=no]';
  copy.querySelectorAll(skipped).forEach((e) => e.remove());
  const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) { const said = walker.currentNode.data.trim(); if (said) found.push(said); }
  copy.querySelectorAll('[aria-label], [placeholder], [title], [alt]').forEach((e) => {
    for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
      const said = e.getAttribute(name); if (said) found.push(said);
    }
  });
  return found;
}"""
STRANGE: Final = {
    "trou": re.compile(r"\b(undefined|null|NaN|Infinity|None|Invalid Date)\b|\[object|\{\{|\$\{"),
    "date": re.compile(r"\b20\d\d-\d\d-\d\d\b|\d\d:\d\d:\d\d\.\d|T\d\d:\d\d:\d\dZ"),
    "code": re.compile(r"\b[a-z]{2,}_[a-z_]{2,}\b"),
    "anglais": re.compile(
        r"\b(the|and|with|your|from|loading|submit|cancel|delete|failed|pending|unknown|error|required|draft|settings"
        r"|true|false|verified|supplies|works|local authority|open|closed|empty)\b"
    ),
    "apostrophe": re.compile(r"[a-zàâéèêîôûç]'[a-zàâéèêîôûh]", re.IGNORECASE),
    "espace": re.compile(r"\w [;:?!»](?=\s|$)|« \w"),
    "vide": re.compile(r"\(\s*\)|\bde de\b|\s,\s|, ,|: ?\.$"),
}


def strange(page: Page) -> list[str]:
    """What is odd, with the words around it."""
    found = []
    for said in page.evaluate(_READ):
        for what, pattern in STRANGE.items():
            if (hit := pattern.search(said)) is not None:
                found.append(f"{what} « {said[max(0, hit.start() - 30) : hit.end() + 30]} »")
    return sorted(set(found))
