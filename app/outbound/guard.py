"""Where we may connect: an address given by a user must lead to the public internet, and nowhere else (SSRF).

Facts (shared/domain/trust.md, S14): `getaddrinfo` reads « 127.1 », « 2130706433 » or « 0x7f.1 » as loopback, and
`is_global` says yes to NAT64. So: the form is checked, the name resolved once, every answer judged, and the
connection made to that very number.
"""

import asyncio
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import SplitResult, urlsplit

PORTS: Final = frozenset({443, 8443})
_LONGEST: Final = 500
_TRANSLATED: Final = tuple(
    ip_network(one)
    for one in (
        "64:ff9b::/96",  # NAT64: any IPv4 address hides inside
        "64:ff9b:1::/48",
        "2002::/16",  # 6to4, the same
        "2001::/32",  # Teredo
        "::/96",  # IPv4-compatible
        "fec0::/10",  # site-local, deprecated
    )
)


class Forbidden(Exception):  # noqa: N818 (a verdict, not a fault)
    """Why we do not go there, as a French sentence."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect: the number, and the name that the certificate must carry."""

    address: str
    port: int
    host: str
    path: str
    scheme: str

    @property
    def url(self) -> str:
        address = f"[{self.address}]" if ":" in self.address else self.address
        return f"{self.scheme}://{address}:{self.port}{self.path}"

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        default = {"https": 443, "http": 80}[self.scheme]
        return host if self.port == default else f"{host}:{self.port}"


def is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address) and (
        address.ipv4_mapped is not None or address.scope_id or any(address in network for network in _TRANSLATED)
    ):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _split(url: str) -> tuple[SplitResult, int | None]:
    if len(url) > _LONGEST or not url.isascii() or not url.isprintable() or any(c in url for c in ' \\<>"`{}|^'):
        raise Forbidden("Écrivez l’adresse sans espace, sans accent et sans caractère spécial.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Forbidden("Cette adresse n’est pas lisible.") from error
    return parts, port


def _is_number(host: str) -> bool:
    """« 127.0.0.1 », but also « 127.1 », « 0x7f.1 » or « 2130706433 », which the resolver would read as numbers."""
    last = host.rstrip(".").rpartition(".")[2].lower()
    return ":" in host or last.isdigit() or last.startswith("0x")


def check_form(url: str, *, loopback: bool = False) -> SplitResult:
    """The parts of an address that may be called; `loopback`: also this machine, in the clear, for tests."""
    parts, port = _split(url)
    host = parts.hostname or ""
    if parts.scheme != "https" and not (loopback and parts.scheme == "http"):
        raise Forbidden("L’adresse doit commencer par https://.")
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise Forbidden("L’adresse ne doit contenir ni compte ni mot de passe : la signature suffit.")
    if parts.fragment:
        raise Forbidden("L’adresse ne doit pas contenir de « # ».")
    if loopback and host in {"127.0.0.1", "localhost"}:
        return parts
    if parts.scheme != "https" or (port is not None and port not in PORTS):
        raise Forbidden("Les ports admis sont 443 et 8443, en https.")
    if _is_number(host):
        raise Forbidden("Donnez le nom d’un serveur, pas une adresse IP.")
    if "." not in host.rstrip(".") or "%" in host or not all(host.rstrip(".").split(".")):
        raise Forbidden("Donnez le nom complet d’un serveur public.")
    return parts


async def resolve(host: str, port: int) -> list[str]:
    """Every number of a name; a function of its own so that tests answer in its place."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


async def target_of(url: str, *, loopback: bool = False) -> Target:
    """The form checked, the name resolved once: what is judged is what is called."""
    parts = check_form(url, loopback=loopback)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        numbers = await resolve(host, port)
    except OSError as error:
        raise Forbidden("Ce nom de serveur ne mène nulle part.") from error
    addresses = [ip_address(number) for number in numbers]
    allowed = [one for one in addresses if is_public(one) or (loopback and one.is_loopback)]
    # One private answer among public ones is refused too: the next resolution could prefer it.
    if not allowed or len(allowed) < len(addresses):
        raise Forbidden("Ce nom mène à un réseau privé : nous n’y envoyons rien.")
    chosen = next((one for one in allowed if one.version == 4), allowed[0])  # noqa: PLR2004 (IPv4)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(str(chosen), port, host, path, parts.scheme)
