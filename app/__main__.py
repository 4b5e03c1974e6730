"""The commands: `python -m app serve|work|migrate|load|backup|restore|…`."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import psycopg
import typer
import uvicorn
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from app import serving
from app.accounts.audit import broken_at, events
from app.accounts.fake_proconnect import CLIENT_ID, CLIENT_SECRET, Fake
from app.accounts.operators import create_admin
from app.accounts.tombstones import erase_again
from app.database import embedded
from app.database.backup import BackupError, backup, restore
from app.database.engine import connect, sessions
from app.database.migrate import SchemaError, revisions
from app.database.migrate import migrate as migrate_database
from app.law.catalogue import law_at, load_law
from app.library.cpv import CpvEntry, NomenclatureError
from app.library.cpv_import import import_nomenclature, read_file, write_label_words
from app.library.edition.exporting import write_files
from app.library.files import BadClauseFile, clause_paths
from app.library.lint import lint_command
from app.library.load import Folder, read_folder
from app.library.load import load as load_clauses
from app.library.schema import write_schema
from app.main import create_app
from app.market.sourcing.commands import verify_draw, verify_journal
from app.network.training import lint_training
from app.outbound import bounces
from app.settings import Settings, danger, get_settings
from app.web import logs

T = TypeVar("T")
cli = typer.Typer(add_completion=False, no_args_is_help=True, help="Clausier, en ligne de commande.")


def _stop(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


def _safe_settings() -> Settings:
    """The settings, or one sentence and no start when they are dangerous."""
    settings = get_settings()
    if reason := danger(settings):
        _stop(f"Clausier ne démarre pas : {reason}")
    return settings


def _log() -> None:
    """JSON lines where a machine reads them; at a terminal, only what goes wrong, in plain text."""
    if not sys.stderr.isatty():
        logs.install()


def _database(settings: Settings) -> str:
    """The configured database, or the embedded one; a trouble is one sentence."""
    if settings.database_url:
        return settings.database_url
    try:
        return embedded.start(settings.var / "postgres")
    except embedded.EmbeddedDatabaseError as error:
        _stop(str(error))


def _reachable(action: Callable[[], T]) -> T:
    try:
        return action()
    except BadClauseFile:
        raise
    except SchemaError as error:
        _stop(f"Clausier ne démarre pas : {error}")
    except (OperationalError, psycopg.OperationalError, ValueError) as error:
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        _stop(f"La base de données ne répond pas : {reason}")


def _migrated(url: str) -> None:
    """The schema of this version, once the database is there: services are often started together."""

    def unreachable(error: Exception) -> str:
        return serving.refusal_of(error) if isinstance(error, OperationalError) else ""

    _reachable(lambda: serving.awaited(lambda: migrate_database(url), unreachable, lambda s: typer.echo(s, err=True)))


async def _in_session(url: str, action: Callable[[AsyncSession], Awaitable[str]]) -> str:
    """What the action says, in one transaction."""
    engine = connect(url)
    try:
        async with sessions(engine)() as session, session.begin():
            return await action(session)
    finally:
        await engine.dispose()


def _erase_again(url: str, settings: Settings) -> None:
    """Before anybody is served: whoever a restored base found again."""
    if told := _reachable(lambda: asyncio.run(_in_session(url, lambda s: erase_again(s, settings.var)))):
        typer.echo(told)


async def _load(url: str, settings: Settings, read: Folder | None = None) -> str:
    async def action(session: AsyncSession) -> str:
        return str(await load_clauses(session, settings.clauses, read))

    return await _in_session(url, action)


@cli.command(help="Met le schéma de la base à jour.")
def migrate() -> None:
    url = _database(get_settings())
    _reachable(lambda: migrate_database(url))


@cli.command(help="Charge les clauses du dossier dans la base (sans effet si rien n’a changé).")
def load() -> None:
    settings = get_settings()
    url = _database(settings)
    try:
        typer.echo(_reachable(lambda: asyncio.run(_load(url, settings))))
    except BadClauseFile as error:
        _stop(str(error))


@cli.command(help="Écrit dans le dossier les clauses publiées par la rédaction, octet pour octet.")
def export() -> None:
    settings = get_settings()
    url = _database(settings)
    typer.echo(_reachable(lambda: asyncio.run(_in_session(url, lambda s: write_files(s, settings.clauses)))))


@cli.command(
    "read-bounce", help="Lit un message de non-remise (fichier ou entrée standard), suspend l’adresse fautive."
)
def read_bounce(file: Annotated[Path | None, typer.Argument(help="Le message, au format du courrier.")] = None) -> None:
    url = _database(get_settings())
    raw = file.read_bytes() if file else sys.stdin.buffer.read()

    async def take_in(session: AsyncSession) -> str:
        return f"Envois revenus : {await bounces.take_in(session, raw)}."

    typer.echo(_reachable(lambda: asyncio.run(_in_session(url, take_in))))


cpv = typer.Typer(no_args_is_help=True, help="La nomenclature CPV 2008.")
cli.add_typer(cpv, name="cpv")
CpvFile = Annotated[Path, typer.Argument(help="La liste officielle : tabulations, colonnes code et label_fr.")]


def _cpv_entries(path: Path) -> list[CpvEntry]:
    try:
        return read_file(path)
    except NomenclatureError as error:
        _stop(f"{error} Rien n’a été importé.")


@cpv.command(name="import", help="Charge la liste officielle dans la base ; un fichier fautif ne change rien.")
def import_cpv(path: CpvFile) -> None:
    entries = _cpv_entries(path)
    url = _database(get_settings())
    _reachable(lambda: migrate_database(url))
    typer.echo(_reachable(lambda: asyncio.run(_in_session(url, lambda s: import_nomenclature(s, entries)))))


@cpv.command(name="words", help="Refait clauses/cpv-words.tsv : la famille que nomment les mots des libellés.")
def words_of_cpv(path: CpvFile) -> None:
    root = get_settings().clauses
    count = write_label_words(root, _cpv_entries(path), load_law(root).families)
    typer.echo(f"{count} mots écrits dans {root / 'cpv-words.tsv'}.")


@cli.command(help="Migre, charge les clauses, puis sert l’API et l’application web.")
def serve(
    host: Annotated[str, typer.Option(help="Adresse d’écoute.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port d’écoute.", min=1, max=65535)] = 8000,
    processes: Annotated[int, typer.Option(help="Processus qui servent : un par cœur.", min=1, max=64)] = 1,
) -> None:
    settings = _safe_settings()
    _refuse_busy_port(host, port)
    url = _database(settings)
    # What needs no database is read before it is there: the service is then ready soon after it.
    revisions()
    read = read_folder(settings.clauses)
    _migrated(url)
    _erase_again(url, settings)
    try:
        typer.echo(_reachable(lambda: asyncio.run(_load(url, settings, read))))
    except BadClauseFile as error:
        typer.echo(f"Clauses non rechargées, la bibliothèque d’avant est servie :\n{error}", err=True)
    typer.echo(f"Clausier est prêt : http://{host}:{port}")
    _log()
    serving.serve(settings, url, host, port, processes)


@cli.command(help="Remplit une base à part d’une région fictive, puis la sert avec un faux ProConnect.")
def demo(
    host: Annotated[str, typer.Option(help="Adresse d’écoute.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port d’écoute.", min=1, max=65535)] = 8000,
    *,
    proconnect_port: Annotated[int, typer.Option(help="Port du faux ProConnect.", min=1, max=65535)] = 8099,
    fill_only: Annotated[bool, typer.Option(help="Remplir sans servir.")] = False,
) -> None:
    # Only this command wants the region: the others start half a second sooner.
    from app.demo.fill import RealDataError  # noqa: PLC0415
    from app.demo.serving import prepare, settings_for, start_proconnect  # noqa: PLC0415

    settings = settings_for(_safe_settings(), host, port, proconnect_port)
    if reason := danger(settings):
        _stop(f"La démonstration ne démarre pas : {reason}")
    if not fill_only:
        _refuse_busy_port(host, port)
        _refuse_busy_port("127.0.0.1", proconnect_port)
    url = _database(settings)
    _reachable(lambda: migrate_database(url))
    try:
        typer.echo(_reachable(lambda: asyncio.run(_in_session(url, lambda s: prepare(s, settings)))))
    except RealDataError as refusal:
        _stop(str(refusal))
    if fill_only:
        return
    start_proconnect(proconnect_port)
    typer.echo(f"La démonstration est prête : http://{host}:{port} (données fictives, comptes prêts sur /connexion)")
    _log()
    serving.serve(settings, url, host, port, 1)


@cli.command(help="Exécute les travaux de fond, à côté du serveur (CLAUSIER_WORKER=false côté serveur).")
def work() -> None:
    settings = _safe_settings()
    _log()
    url = _database(settings)
    _migrated(url)
    _erase_again(url, settings)
    typer.echo("Les travaux de fond sont en route.")
    asyncio.run(serving.work(create_app(settings, database_url=url)))


@cli.command(name="backup", help="Sauvegarde toute la base dans un fichier, sans arrêter le service.")
def backup_database(target: Annotated[Path, typer.Argument(help="Fichier à écrire.")]) -> None:
    url = _database(get_settings())
    try:
        made = _reachable(lambda: backup(url, target))
    except (BackupError, OSError) as error:
        _stop(f"Sauvegarde non faite : {error}")
    typer.echo(f"Sauvegarde écrite : {target} ({len(made.rows)} tables, {made.total} lignes, schéma {made.revision}).")


@cli.command(name="restore", help="Remplit une base vide à partir d’une sauvegarde, et vérifie le compte des lignes.")
def restore_database(source: Annotated[Path, typer.Argument(help="Fichier de sauvegarde.")]) -> None:
    url = _database(get_settings())
    try:
        made = _reachable(lambda: restore(url, source))
    except (BackupError, OSError) as error:
        _stop(f"Restauration non faite : {error}")
    typer.echo(f"Base restaurée : {len(made.rows)} tables, {made.total} lignes, sauvegarde du {made.taken_at}.")


def _refuse_busy_port(host: str, port: int) -> None:
    if why := serving.why_closed(host, port):
        _stop(f"Le port {port} de {host} {why}. Arrêtez l’autre programme, ou choisissez « make run PORT=8001 ».")


@cli.command(name="lint-clauses", help="Relit les fichiers de clauses et dit ce qui empêche de les publier.")
def lint_clauses(
    paths: Annotated[list[Path] | None, typer.Argument(help="Dossiers ou fichiers à relire.")] = None,
) -> None:
    root = get_settings().clauses
    code = lint_command(root, paths or ())
    clauses = {path.stem for path in clause_paths(root)}
    for fault in (faults := lint_training(root, clauses, law_at(root).texts)):
        typer.echo(f"clauses/{fault}")
    raise typer.Exit(code or bool(faults))


@cli.command(name="create-admin", help="Ouvre un compte d’administrateur de la plateforme et écrit son lien d’accès.")
def create_admin_command(
    email: Annotated[str, typer.Argument(help="L’adresse électronique de l’administrateur.")],
) -> None:
    settings = get_settings()
    if "@" not in email:
        _stop("Une adresse électronique est attendue : python -m app create-admin prenom.nom@exemple.fr")
    url = _database(settings)
    _reachable(lambda: migrate_database(url))
    link = _reachable(lambda: asyncio.run(_in_session(url, lambda s: create_admin(s, settings, email))))
    typer.echo(f"Ouvrez ce lien dans les 24 heures (il sert une fois) :\n{link}")


@cli.command(name="fake-proconnect", help="Sert un faux ProConnect sur cette machine, pour la démonstration.")
def fake_proconnect(
    port: Annotated[int, typer.Option(help="Port d’écoute.", min=1, max=65535)] = 8099,
) -> None:
    """On the loopback only: whoever asks is signed in as whom they like."""
    host = "127.0.0.1"
    _refuse_busy_port(host, port)
    address = f"http://{host}:{port}/api/v2"
    typer.echo(
        "Faux ProConnect prêt. Lancez le serveur avec :\n"
        f"CLAUSIER_PROCONNECT_URL={address} CLAUSIER_PROCONNECT_CLIENT_ID={CLIENT_ID} "
        f"CLAUSIER_PROCONNECT_CLIENT_SECRET={CLIENT_SECRET}"
    )
    uvicorn.run(Fake(address).app(), host=host, port=port, log_level="warning", access_log=False)


@cli.command(name="verify-journal", help="Vérifie la chaîne d’empreintes du journal des sourçages.")
def verify_journal_command(
    sourcing: Annotated[int | None, typer.Argument(help="Un sourçage ; sans numéro, tous.")] = None,
) -> None:
    url = _database(get_settings())

    async def action(session: AsyncSession) -> str:
        whole, said = await verify_journal(session, sourcing)
        return said if whole else f"!{said}"

    said = _reachable(lambda: asyncio.run(_in_session(url, action)))
    if said.startswith("!"):
        _stop(said[1:])
    typer.echo(said)


@cli.command(name="verify-audit", help="Vérifie la chaîne d’empreintes du journal des actes.")
def verify_audit_command() -> None:
    url = _database(get_settings())

    async def action(session: AsyncSession) -> str:
        wrong, count = await broken_at(session), await events(session)
        return f"!Le journal des actes est rompu à la ligne {wrong}." if wrong else f"Journal intact : {count} actes."

    said = _reachable(lambda: asyncio.run(_in_session(url, action)))
    if said.startswith("!"):
        _stop(said[1:])
    typer.echo(said)


@cli.command(name="verify-draw", help="Refait un tirage publié à partir de son fichier JSON.")
def verify_draw_command(
    path: Annotated[Path, typer.Argument(help="Le fichier JSON du tirage.")],
) -> None:
    right, said = verify_draw(path)
    if not right:
        _stop(said)
    typer.echo(said)


@cli.command(help="Écrit le schéma JSON des fiches de clauses, tiré de leur modèle.")
def schema() -> None:
    typer.echo(f"Écrit : {write_schema(get_settings().clauses)}")


@cli.command(help="Écrit le contrat OpenAPI sur la sortie standard.")
def openapi() -> None:
    app = create_app(get_settings(), database_url="postgresql://localhost/none")
    sys.stdout.write(json.dumps(app.openapi(), ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    cli()
