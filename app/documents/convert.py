"""ODT and PDF, through LibreOffice when the machine has it: one at a time, in a process with its own limits.

The process has a profile folder of its own, a bounded memory and time, and is killed with its children when it exceeds
them. Only what we composed ourselves, or what the gate of `intake` let through, ever reaches it.
"""

import asyncio
import contextlib
import os
import resource
import shutil
import signal
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Final

from anyio import CapacityLimiter
from fastapi import FastAPI

from app.documents.compose import File
from app.web.problems import Busy, Problem, describe

_SECONDS: Final = 90
_MEMORY: Final = 3 << 30
"""Address space of soffice: 209 MB resident for a piece, and about 2 GB mapped (docx.md, section 8)."""
_LARGEST: Final = 100 << 20
_QUEUE: Final = 6
_MACRO: Final = Path(__file__).with_name("convert.bas")


class NoConverter(Problem):
    status, type = HTTPStatus.NOT_IMPLEMENTED, "/problems/conversion-absente"
    title = "Conversion en ODT ou en PDF indisponible"


describe(
    NoConverter,
    "La conversion en ODT et en PDF demande LibreOffice, qui n’est pas installé sur ce serveur. "
    "Téléchargez les pièces en DOCX : votre traitement de texte les enregistre en ODT ou en PDF.",
)


class ConversionFailed(Problem):
    status, type = HTTPStatus.SERVICE_UNAVAILABLE, "/problems/conversion"
    title = "Conversion inachevée"


describe(
    ConversionFailed,
    "LibreOffice n’a pas rendu le fichier dans le temps et la mémoire qui lui sont donnés. "
    "Le dossier est intact : réessayez, ou téléchargez les pièces en DOCX.",
)


@lru_cache(maxsize=1)
def _soffice() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def available() -> bool:
    return _soffice() is not None


def _turn(app: FastAPI) -> CapacityLimiter:
    """One conversion at once per process: LibreOffice takes a whole core."""
    if not hasattr(app.state, "conversion_limiter"):
        app.state.conversion_limiter = CapacityLimiter(1)
    limiter: CapacityLimiter = app.state.conversion_limiter
    return limiter


async def converted(app: FastAPI, file: File) -> File:
    """The file as it was asked for; a DOCX to convert goes through LibreOffice."""
    if not file.convert:
        return file
    program = _soffice()
    if program is None:
        raise NoConverter("LibreOffice n’est pas installé sur ce serveur : choisissez le format DOCX.")
    limiter = _turn(app)
    if limiter.statistics().tasks_waiting >= _QUEUE:
        raise Busy("Trop de conversions attendent leur tour.", headers={"Retry-After": "20"})
    async with limiter:
        return File(file.name, await _run(program, file))


def _bounded() -> None:
    """In the child, before LibreOffice starts."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST, _LARGEST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _environment(folder: Path) -> Mapping[str, str]:
    """Nothing of ours: no address of a database, no key."""
    return {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "fr_FR.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}


def _profile(folder: Path) -> Path:
    """A user profile that holds our one macro: convert after bringing the contents up to date."""
    basic = folder / "profile" / "user" / "basic" / "Standard"
    basic.mkdir(parents=True)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE '
    library = "http://openoffice.org/2000/library"
    (basic / "script.xlb").write_text(
        f'{head}library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">\n'
        f'<library:library xmlns:library="{library}" library:name="Standard" library:readonly="false" '
        'library:passwordprotected="false"><library:element library:name="Clausier"/></library:library>',
        encoding="utf-8",
    )
    (basic / "Clausier.xba").write_text(
        f'{head}script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">\n'
        '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Clausier" '
        f'script:language="StarBasic">{_MACRO.read_text(encoding="utf-8")}</script:module>',
        encoding="utf-8",
    )
    (basic.parent / "script.xlc").write_text(
        f'{head}library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">\n'
        f'<library:libraries xmlns:library="{library}" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" '
        'xlink:type="simple" library:link="false"/></library:libraries>',
        encoding="utf-8",
    )
    return folder / "profile"


async def _run(program: str, file: File) -> bytes:
    with tempfile.TemporaryDirectory(prefix="clausier-conversion-") as name:
        folder = Path(name)
        source, target = folder / "piece.docx", folder / f"piece.{file.convert}"
        source.write_bytes(file.content)
        process = await asyncio.create_subprocess_exec(
            program,
            f"-env:UserInstallation=file://{_profile(folder)}",
            "--headless",
            "--norestore",
            "--nologo",
            "--nofirststartwizard",
            f'macro:///Standard.Clausier.Convertir("{source}","{target}")',
            cwd=folder,
            env=_environment(folder),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_bounded,
        )
        try:
            await asyncio.wait_for(process.wait(), _SECONDS)
        except TimeoutError:
            raise ConversionFailed(f"LibreOffice a dépassé {_SECONDS} secondes.") from None
        finally:
            await _stop(process)
        if not target.exists() or not target.stat().st_size:
            raise ConversionFailed("LibreOffice n’a rendu aucun fichier.")
        return target.read_bytes()


async def _stop(process: asyncio.subprocess.Process) -> None:
    """The whole group: soffice is a script that starts soffice.bin."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()
