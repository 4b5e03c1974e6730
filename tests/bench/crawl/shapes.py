"""Every page shape of the site: the paths of the route tables, their tabs, and real addresses for each, per account."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from docx import Document
from playwright.sync_api import APIRequestContext

from app.settings import ROOT

SRC: Final = ROOT / "frontend" / "src"
TABS: Final = {
    "/clauses": ["?q=reemploi", "?family=mobilier&level=2", "?q=zzzzzz"],
    "/clauses/$id": [f"?onglet={tab}" for tab in ("comprendre", "textes", "preuves", "retours", "historique")],
    "/mon-compte": [f"?onglet={tab}" for tab in ("securite", "sessions", "avis", "cles", "historique", "donnees")],
    "/ma-fiche": [f"?onglet={tab}" for tab in ("offres", "capacites", "preuves")],
    "/edition": [
        f"?liste={tab}" for tab in ["valider", "brouillons", "messages", "marche", "preuves", "loi", "retard", "finies"]
    ],
    "/dossiers": ["?etat=archived", "?etat=deleted", "?q=zzzzzz"],
    "/entreprises": ["?family=mobilier&department=37", "?q=zzzzzz"],
    "/aides": ["?etat=coming", "?etat=closed", "?etat=tous"],
    "/communaute": ["?espace=acheteurs-publics"],
    "/charte/signataires": ["?q=zzzzzz"],
}
"""What an address adds to a path to draw another screen."""
TECHNICAL: Final = {"/api", "/webhooks/signature", "/accessibilite"}
"""Pages that quote code, names of fields and of tests: their words are not judged."""
STEPS: Final = ("achat", "obligations", "clauses", "variables", "verification", "documents")


def paths() -> list[str]:
    """The paths of the route tables, as the router knows them."""
    tables = [SRC / "router.tsx", *sorted((SRC / "routes").glob("*.ts"))]
    return sorted({path for table in tables for path in re.findall(r"path: '([^']+)'", table.read_text())})


@dataclass(frozen=True, slots=True)
class Visit:
    shape: str
    address: str


class Finder:
    """Asks the API, as one account, for the things that a path with a parameter needs."""

    def __init__(self, site: str, request: APIRequestContext, csrf: str) -> None:
        self.site, self.request, self.csrf = site, request, csrf

    def get(self, path: str) -> Any:
        answer = self.request.get(f"{self.site}/api/v1{path}")
        return answer.json() if answer.ok else {}

    def items(self, path: str) -> list[dict[str, Any]]:
        found = self.get(path)
        return list(found.get("items", [])) if isinstance(found, dict) else []

    def post(self, path: str, **body: Any) -> Any:
        answer = self.request.post(
            f"{self.site}/api/v1{path}",
            headers={"X-CSRF-Token": self.csrf, "Origin": self.site, "Idempotency-Key": uuid4().hex},
            **body,
        )
        return answer.json() if answer.ok else {}

    def one_of_each(self, path: str, state: str, key: str = "id") -> list[str]:
        """The first of every state that the list tells."""
        first: dict[str, str] = {}
        for item in self.items(path):
            first.setdefault(str(item.get(state, "")), str(item[key]))
        return list(first.values())

    def clause(self) -> list[str]:
        return [str(item["id"]) for item in self.items("/clauses?family=mobilier&limit=1")]

    def files(self) -> list[str]:
        return self.one_of_each("/purchases?limit=20", "state")[:2]

    def sourcings(self) -> list[str]:
        own = self.one_of_each("/sourcings", "stage")
        return list(dict.fromkeys([*own, *self.one_of_each("/published-sourcings", "stage")]))

    def received(self) -> list[str]:
        return self.one_of_each("/received-sourcings", "stage")

    def analysis(self) -> list[str]:
        paper = Document()
        paper.add_paragraph("Cahier des clauses techniques particulières : mobilier scolaire")
        paper.add_paragraph(
            "Article 3. Les mobiliers fournis comportent au moins 20 % de matière recyclée, ou équivalent."
        )
        paper.add_paragraph("Article 4. Le prix compte pour 60 %, l’environnement pour 5 %.")
        made = io.BytesIO()
        paper.save(made)
        docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        sent = self.post(
            "/analyses", multipart={"files": {"name": "cctp.docx", "mimeType": docx, "buffer": made.getvalue()}}
        )
        return [str(sent["id"])] if "id" in sent else []

    def share(self) -> list[str]:
        for ident in self.files()[:1]:
            made = self.post(f"/purchases/{ident}/shares", data={"right": "comment", "label": "Relecture fictive"})
            if "#" in str(made.get("link", "")):
                return ["#" + made["link"].split("#", 1)[1]]
        return []

    def spaser(self) -> list[str]:
        return [f"{item['siret']}/{item['first_year']}" for item in self.items("/spaser")[:1]]

    def respect(self) -> list[str]:
        return [str(item["id"]) for item in self.items("/charter/respect")[:2]]


_FOUND: Final[dict[str, Callable[[Finder], list[str]]]] = {
    "/clauses/$id": Finder.clause,
    "/clauses/$id/adaptation": Finder.clause,
    "/familles/$code": lambda _: ["mobilier", "biodechets"],
    "/assistant/$step": lambda _: list(STEPS),
    "/analyse/$id": Finder.analysis,
    "/sourcages/$id": Finder.sourcings,
    "/sourcages/$id/repondre": Finder.received,
    "/edition/propositions/$id": lambda f: f.one_of_each("/edition/proposals", "status"),
    "/dossiers/$id": Finder.files,
    "/dossiers/$id/changements": Finder.files,
    "/dossiers/$id/calendrier": Finder.files,
    "/dossiers/$id/suivi": Finder.files,
    "/entreprises/$siret": lambda f: [str(one["siret"]) for one in f.items("/firms?limit=1")],
    "/programmes/$id": lambda f: [str(one["id"]) for one in f.items("/programmes")[:1]],
    "/plan-achats/$id": lambda f: [str(one["id"]) for one in f.items("/purchase-plans")[:1]],
    "/formation/$code": lambda f: [str(one["code"]) for one in f.items("/network/training")[:2]],
    "/communaute/questions/$id": lambda f: [str(one["id"]) for one in f.items("/network/questions")[:2]],
    "/evenements/$id": lambda f: [str(one["id"]) for one in f.items("/network/events")[:2]],
    "/charte/dossiers/$id": Finder.respect,
    "/spaser/$siret/$year": Finder.spaser,
    "/problems/$slug": lambda _: ["interdit"],
}
_PARAMETER: Final = re.compile(r"\$\w+(/\$\w+)?")


def visits(finder: Finder) -> Iterator[Visit]:
    """Every shape with the addresses that this account may know; a shape without an address is told as missing."""
    for path in paths():
        if "$" not in path:
            yield Visit(path, path)
            for tail in TABS.get(path, ()):
                yield Visit(path + tail, path + tail)
            if path == "/partage":
                yield from (Visit("/partage#", path + tail) for tail in finder.share())
            continue
        values = _FOUND[path](finder)
        for value in values or ["999999999"]:
            address = _PARAMETER.sub(lambda _, v=value: v, path, count=1)
            yield Visit(path, address)
            yield from (Visit(path + tail, address + tail) for tail in TABS.get(path, ()))
