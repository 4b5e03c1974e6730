"""Letters: written with `write` in the transaction of an act, sent by a job over SMTP (or laid in a folder)."""

import asyncio
import secrets
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Final

from procrastinate import Blueprint, JobContext, RetryStrategy
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import sealing
from app.outbound import bounces
from app.outbound.defer import defer
from app.outbound.models import Mail
from app.settings import Settings

jobs = Blueprint()
SEND: Final = "mail:send"
TIMEOUT: Final = 20
MOST_ATTEMPTS: Final = 9
MOST_UNANSWERED: Final = 2
_END: Final = b"\r\n.\r\n"
# 1 min, 4 min, 16 min… over about a day: a mail server under maintenance comes back.
RETRY: Final = RetryStrategy(max_attempts=MOST_ATTEMPTS, exponential_wait=4, wait=60)


@dataclass(frozen=True, slots=True)
class Letter:
    """Plain French text; one line each for the subject."""

    subject: str
    text: str


async def write(session: AsyncSession, to: str, letter: Letter, *, unsubscribe: str = "") -> Mail:
    """Keeps the letter and the job that sends it: both go with the transaction. `unsubscribe`: what the link that
    ends such letters says, sealed when they leave; empty for those that one must receive.
    """
    mail = Mail(
        message_id=f"<{secrets.token_hex(16)}@clausier>",
        recipient=to,
        subject=" ".join(letter.subject.split())[:200],
        body=letter.text,
        unsubscribe=unsubscribe,
    )
    session.add(mail)
    await session.flush()
    await defer(session, SEND, mail_id=mail.id)
    return mail


def _way_out(settings: Settings, link: str) -> str:
    chosen = f"{settings.public_url.rstrip('/')}/mon-compte?onglet=avis"
    return f"\nChoisir ce que vous recevez, et à quel rythme :\n{chosen}\nNe plus recevoir ces messages :\n{link}\n"


def message_of(mail: Mail, settings: Settings) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = settings.mail_from
    message["To"] = mail.recipient
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    body = mail.body
    if mail.unsubscribe:
        link = f"{settings.public_url.rstrip('/')}/api/v1/unsubscribe/{sealing.seal(settings, mail.unsubscribe)}"
        # RFC 8058: the button of the mail program posts there.
        message["List-Unsubscribe"] = f"<{link}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        body += _way_out(settings, link)
    message.set_content(body)
    return message


class Unanswered(OSError):  # noqa: N818 (a fact, not a fault)
    """The server took the whole text and the connection broke before its answer: the letter may have left."""


class _Server(smtplib.SMTP):
    """Knows whether the end of a text was sent."""

    handed_over = False

    def send(self, s: Any) -> None:  # noqa: ANN401 (smtplib's own signature)
        super().send(s)
        self.handed_over = self.handed_over or (isinstance(s, bytes) and s.endswith(_END))


class _TlsServer(smtplib.SMTP_SSL, _Server):
    pass


def deliver(message: EmailMessage, settings: Settings, patience: float = TIMEOUT) -> None:
    """Over SMTP when a server is set, else as a file of `var/outbox/`, for one's own machine."""
    if not settings.smtp_host:
        _lay_down(message, settings.var / "outbox")
        return
    encrypted = settings.smtp_security == "tls"
    context = ssl.create_default_context()
    server = (
        _TlsServer(settings.smtp_host, settings.smtp_port, timeout=patience, context=context)
        if encrypted
        else _Server(settings.smtp_host, settings.smtp_port, timeout=patience)
    )
    try:
        if settings.smtp_security == "starttls":
            server.starttls(context=context)
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        server.send_message(message, from_addr=settings.mail_return or None)
        # Taken: whatever the farewell says, the letter has left.
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
    except (OSError, smtplib.SMTPException) as error:
        if server.handed_over and not isinstance(error, smtplib.SMTPResponseException):
            raise Unanswered(str(error)) from error
        raise
    finally:
        server.close()


def _lay_down(message: EmailMessage, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}.eml"
    (folder / name).write_bytes(message.as_bytes())


def _is_final(error: Exception) -> bool:
    """A refusal for good (5xx): trying again would change nothing."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())  # noqa: PLR2004 (SMTP's permanent codes)
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500  # noqa: PLR2004


def _refused_mailbox(error: Exception) -> str:
    """What the server said of the address itself, when it refuses it for good."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused) or not _is_final(error):
        return ""
    code, said = next(iter(error.recipients.values()))
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return f"{code} {text}"[:200]


@jobs.task(name="send", pass_context=True, retry=RETRY)
async def send(context: JobContext, mail_id: int) -> None:
    sessions, settings = context.additional_context["sessions"], context.additional_context["settings"]
    patience = context.additional_context.get("mail_patience", TIMEOUT)
    async with sessions() as session, session.begin():
        mail = await session.get(Mail, mail_id, with_for_update=True)
        if mail is None or mail.sent_at or mail.failed_at:
            return
        if mail.unsubscribe and await bounces.is_suppressed(session, mail.recipient):
            mail.failed_at, mail.error = datetime.now(UTC), "Adresse suspendue : son serveur refuse nos messages."
            return
        mail.attempts += 1
        try:
            await asyncio.to_thread(deliver, message_of(mail, settings), settings, patience)
        except (OSError, smtplib.SMTPException) as error:
            if await _not_sent(session, mail, error):
                await session.commit()
                raise
            return
        mail.sent_at, mail.body, mail.error = datetime.now(UTC), "", ""


async def _not_sent(session: AsyncSession, mail: Mail, error: Exception) -> bool:
    """Writes why; whether to try again."""
    mail.error = f"{type(error).__name__}: {error}"[:200]
    mail.unanswered += isinstance(error, Unanswered)
    if said := _refused_mailbox(error):
        await bounces.refused(session, mail.recipient, said, no_such="5.1.1" in said)
    # A second copy may follow a lost answer, a third never does.
    if mail.unanswered < MOST_UNANSWERED and not _is_final(error) and mail.attempts < MOST_ATTEMPTS:
        return True
    mail.failed_at = datetime.now(UTC)
    return False


async def retry(session: AsyncSession, mail: Mail) -> None:
    """From the first attempt, asked by somebody."""
    mail.failed_at, mail.attempts, mail.unanswered = None, 0, 0
    await session.flush()
    await defer(session, SEND, mail_id=mail.id)
