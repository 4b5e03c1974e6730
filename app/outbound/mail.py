"""Letters: written with `write` in the transaction of an act, sent by a job over SMTP (or laid in a folder)."""

import asyncio
import secrets
import smtplib
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Final

from procrastinate import Blueprint, JobContext, RetryStrategy
from sqlalchemy.ext.asyncio import AsyncSession

from app.outbound.defer import defer
from app.outbound.models import Mail
from app.settings import Settings

jobs = Blueprint()
SEND: Final = "mail:send"
TIMEOUT: Final = 20
MOST_ATTEMPTS: Final = 9
# 1 min, 4 min, 16 min… over about a day: a mail server under maintenance comes back.
RETRY: Final = RetryStrategy(max_attempts=MOST_ATTEMPTS, exponential_wait=4, wait=60)


@dataclass(frozen=True, slots=True)
class Letter:
    """Plain French text; one line each for the subject."""

    subject: str
    text: str


async def write(session: AsyncSession, to: str, letter: Letter, *, unsubscribe: str = "") -> Mail:
    """Keeps the letter and the job that sends it: both go with the transaction. `unsubscribe`: an address that takes
    a POST, for the button of the mail program (RFC 8058).
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


def message_of(mail: Mail, settings: Settings) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = settings.mail_from
    message["To"] = mail.recipient
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    if mail.unsubscribe:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.body)
    return message


def deliver(message: EmailMessage, settings: Settings) -> None:
    """Over SMTP when a server is set, else as a file of `var/outbox/`, for one's own machine."""
    if not settings.smtp_host:
        _lay_down(message, settings.var / "outbox")
        return
    encrypted = settings.smtp_security == "tls"
    context = ssl.create_default_context()
    server = (
        smtplib.SMTP_SSL(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT, context=context)
        if encrypted
        else smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT)
    )
    with server:
        if settings.smtp_security == "starttls":
            server.starttls(context=context)
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        server.send_message(message)


def _lay_down(message: EmailMessage, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}.eml"
    (folder / name).write_bytes(message.as_bytes())


def _is_final(error: Exception) -> bool:
    """A refusal for good (5xx): trying again would change nothing."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())  # noqa: PLR2004 (SMTP's permanent codes)
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500  # noqa: PLR2004


@jobs.task(name="send", pass_context=True, retry=RETRY)
async def send(context: JobContext, mail_id: int) -> None:
    sessions, settings = context.additional_context["sessions"], context.additional_context["settings"]
    async with sessions() as session, session.begin():
        mail = await session.get(Mail, mail_id, with_for_update=True)
        if mail is None or mail.sent_at or mail.failed_at:
            return
        mail.attempts += 1
        try:
            await asyncio.to_thread(deliver, message_of(mail, settings), settings)
        except (OSError, smtplib.SMTPException) as error:
            mail.error = f"{type(error).__name__}: {error}"[:200]
            if not _is_final(error) and mail.attempts < MOST_ATTEMPTS:
                await session.commit()
                raise
            mail.failed_at = datetime.now(UTC)
            return
        mail.sent_at, mail.body, mail.error = datetime.now(UTC), "", ""
