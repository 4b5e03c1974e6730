"""The codes to publish as files: DECP and OCDS in JSON, eForms in XML. Pure."""

import json
from collections.abc import Sequence
from typing import Any, Final
from xml.sax.saxutils import escape

from app.law.purchase import Purchase
from app.purchases.publication import LotCodes
from app.purchases.publication_lists import FIELDS, OCDS_GOALS, OCDS_GPP, OCDS_OTHER, Field

_CAC: Final = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
_CBC: Final = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
_CODED: Final[tuple[Field, ...]] = ("BT-774", "BT-775", "BT-776", "BT-805")
_LONGEST_OBJECT: Final = 1000


def lot_id(place: int) -> str:
    return f"LOT-{place:04d}"


def decp(purchase: Purchase, lots: Sequence[LotCodes]) -> str:
    """A fragment of each contract, to merge into the full record once the contract is notified."""
    return _json({"marches": {"marche": [_contract(purchase, lot) for lot in lots]}})


def _contract(purchase: Purchase, lot: LotCodes) -> dict[str, Any]:
    subject = f"{purchase.object} – {lot.lot}" if lot.lot else purchase.object
    made: dict[str, Any] = {"objet": subject[:_LONGEST_OBJECT]}
    if purchase.cpv:
        made["codeCPV"] = purchase.cpv[0]
    if purchase.duration_months:
        made["dureeMois"] = purchase.duration_months
    made["marcheInnovant"] = "inn-pur" in lot.codes("BT-06")
    made["considerationsSociales"] = {"considerationSociale": list(lot.codes("decp-social"))}
    made["considerationsEnvironnementales"] = {"considerationEnvironnementale": list(lot.codes("decp-environmental"))}
    return made


def ocds(lots: Sequence[LotCodes]) -> str:
    """The sustainability extension: at the tender without lots, else at each lot."""
    if len(lots) == 1 and lots[0].lot is None:
        return _json({"tender": _sustainability(lots[0])})
    made = [{"id": lot_id(place), "title": lot.lot, **_sustainability(lot)} for place, lot in enumerate(lots, 1)]
    return _json({"tender": {"lots": made}})


def _sustainability(lot: LotCodes) -> dict[str, Any]:
    entries: list[dict[str, Any]] = []
    for name in ("BT-774", "BT-775", "BT-776"):
        for code in lot.codes(name):
            entry: dict[str, Any] = {"goal": OCDS_GOALS.get(code) or OCDS_OTHER.get(name, "economic")}
            if strategies := lot.strategies.get(f"{name}/{code}"):
                entry["strategies"] = list(strategies)
            entries.append(entry)
    if "inn-pur" in lot.codes("BT-06"):
        entries.append({"goal": "economic.innovativePurchase"})
    # OCDS keeps the source of the criteria apart: eForms has no link between a goal and it.
    entries += [{"strategies": [OCDS_GPP[code]]} for code in lot.codes("BT-805") if code in OCDS_GPP]
    return {"hasSustainability": bool(entries), **({"sustainability": entries} if entries else {})}


def eforms(lots: Sequence[LotCodes]) -> str:
    """One element per code, as the eForms SDK asks; to insert in the lots of the notice."""
    made = "\n".join(_lot(place, lot) for place, lot in enumerate(lots, 1))
    head = f'<Fragment xmlns:cac="{_CAC}" xmlns:cbc="{_CBC}">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{made}\n</Fragment>\n'


def _lot(place: int, lot: LotCodes) -> str:
    types = [_type(name, code) for name in _CODED for code in lot.codes(name)]
    types += [_type("BT-06", code, lot.descriptions.get(code, "")) for code in lot.codes("BT-06")]
    inside = "\n".join(types)
    return (
        "  <cac:ProcurementProjectLot>\n"
        f'    <cbc:ID schemeName="Lot">{lot_id(place)}</cbc:ID>\n'
        f"    <cac:ProcurementProject>\n{inside}\n    </cac:ProcurementProject>\n"
        "  </cac:ProcurementProjectLot>"
    )


def _type(name: Field, code: str, description: str = "") -> str:
    said = (
        f'\n        <cbc:ProcurementType languageID="FRA">{escape(description)}</cbc:ProcurementType>'
        if description
        else ""
    )
    listed = f'<cbc:ProcurementTypeCode listName="{FIELDS[name].technical}">{code}</cbc:ProcurementTypeCode>'
    return (
        f"      <cac:ProcurementAdditionalType>\n        <!--{name}-->\n        {listed}{said}\n"
        "      </cac:ProcurementAdditionalType>"
    )


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
