"""ODT and PDF, through LibreOffice when the machine has it: one at a time, in a process with its own limits.

The process has a profile folder of its own, a bounded memory and time, and is killed with its children when it exceeds
them. Only what we composed ourselves, or what the gate of `intake` let through, ever reaches it.
"""

import asyncio
import atexit
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

from anyio import CapacityLimiter, to_thread
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
        return File(file.name, await _run(app, program, file))


def _bounded() -> None:
    """In the child, before LibreOffice starts."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST, _LARGEST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _environment(folder: Path) -> Mapping[str, str]:
    """Nothing of ours: no address of a database, no key."""
    return {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "fr_FR.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}


def _macro(profile: Path) -> None:
    """Puts our one macro in place of the empty module of a new profile: convert once the contents are up to date."""
    module = profile / "user" / "basic" / "Standard" / "Module1.xba"
    module.parent.mkdir(parents=True, exist_ok=True)
    module.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">\n'
        '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" '
        f'script:language="StarBasic">{_MACRO.read_text(encoding="utf-8")}</script:module>',
        encoding="utf-8",
    )


async def _profile(app: FastAPI, program: str) -> Path:
    """A profile made once per process and copied for each conversion: LibreOffice takes a second to make one."""
    if not hasattr(app.state, "conversion_profile"):
        kept = Path(tempfile.mkdtemp(prefix="clausier-profil-"))
        with contextlib.ExitStack() as failing:
            failing.callback(shutil.rmtree, kept, ignore_errors=True)
            await _soffice_once(program, kept / "profile", kept, "--terminate_after_init")
            if not (kept / "profile" / "user").is_dir():
                raise ConversionFailed("LibreOffice ne démarre pas sur ce serveur.")
            failing.pop_all()
        atexit.register(shutil.rmtree, kept, ignore_errors=True)
        _macro(kept / "profile")
        app.state.conversion_profile = kept / "profile"
    profile: Path = app.state.conversion_profile
    return profile


async def _run(app: FastAPI, program: str, file: File) -> bytes:
    model = await _profile(app, program)
    with tempfile.TemporaryDirectory(prefix="clausier-conversion-") as name:
        folder = Path(name)
        source, target = folder / "piece.docx", folder / f"piece.{file.convert}"
        source.write_bytes(file.content)
        await to_thread.run_sync(shutil.copytree, model, folder / "profile")
        call = f'macro:///Standard.Module1.Convertir("{source}","{target}")'
        await _soffice_once(program, folder / "profile", folder, call)
        if not target.exists() or not target.stat().st_size:
            raise ConversionFailed("LibreOffice n’a rendu aucun fichier.")
        return target.read_bytes()


async def _soffice_once(program: str, profile: Path, folder: Path, *arguments: str) -> None:
    process = await asyncio.create_subprocess_exec(
        program,
        f"-env:UserInstallation=file://{profile}",
        "--headless",
        "--norestore",
        "--nologo",
        "--nofirststartwizard",
        *arguments,
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


async def _stop(process: asyncio.subprocess.Process) -> None:
    """The whole group: soffice is a script that starts soffice.bin."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()
