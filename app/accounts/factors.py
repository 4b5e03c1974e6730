"""Second factors by code: a time-based application (RFC 6238), and ten recovery codes."""

import secrets
from hashlib import sha256
from typing import Final

import pyotp
import segno
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models_access import Passkey, RecoveryCode, Totp
from app.accounts.sessions import now
from app.database.sealing import seal, unseal
from app.settings import Settings

STEP: Final = 30
CODES: Final = 10
_ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without the letters and digits that look alike."""


def step_of(secret: str, code: str, *, at: float, last_step: int) -> int | None:
    """The step of this code (the current one, the one before or after), if later than the last accepted; else None."""
    if not code.isascii():  # digits of another script, which cannot be compared in constant time
        return None
    current = int(at // STEP)
    totp = pyotp.TOTP(secret)
    good = [s for s in (current, current - 1, current + 1) if secrets.compare_digest(totp.generate_otp(s), code)]
    return next((step for step in good if step > last_step), None)


async def second_factors(session: AsyncSession, person_id: int) -> set[str]:
    """What this person may show after the passphrase: `totp`, `passkey`, `recovery`."""
    totp = await session.scalar(select(func.count()).where(Totp.person_id == person_id, Totp.confirmed_at.is_not(None)))
    passkeys = await session.scalar(select(func.count()).where(Passkey.person_id == person_id))
    codes = await session.scalar(
        select(func.count()).where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
    )
    held = {"totp": totp, "passkey": passkeys}
    found = {name for name, count in held.items() if count}
    return found | ({"recovery"} if codes and found else set())


async def code_is_right(session: AsyncSession, settings: Settings, person_id: int, code: str) -> str:
    """`totp` or `recovery` when the code is good (it is used up by this call), else empty."""
    plain = "".join(c for c in code.lower() if c.isalnum())
    if plain.isdigit() and len(plain) == 6:  # noqa: PLR2004 (digits of RFC 6238)
        return "totp" if await _totp_is_right(session, settings, person_id, plain) else ""
    used = await session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.person_id == person_id,
            RecoveryCode.code_hash == recovery_hash(person_id, plain),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now())
        .returning(RecoveryCode.person_id)
    )
    return "recovery" if used.scalar_one_or_none() is not None else ""


async def _totp_is_right(
    session: AsyncSession, settings: Settings, person_id: int, code: str, *, confirmed: bool = True
) -> bool:
    asked = select(Totp).where(Totp.person_id == person_id).with_for_update()
    totp = (await session.execute(asked)).scalar_one_or_none()
    if totp is None or (totp.confirmed_at is None) == confirmed:
        return False
    step = step_of(unseal(settings, totp.sealed_secret), code, at=now().timestamp(), last_step=totp.last_step)
    if step is None:
        return False
    totp.last_step = step
    return True


async def begin_totp(session: AsyncSession, settings: Settings, person_id: int, email: str) -> tuple[str, str, str]:
    """(secret, otpauth address, QR code as SVG): not in force until a first code confirms it."""
    secret = pyotp.random_base32()
    await session.execute(delete(Totp).where(Totp.person_id == person_id, Totp.confirmed_at.is_(None)))
    session.add(Totp(person_id=person_id, sealed_secret=seal(settings, secret)))
    uri = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="Clausier")
    return secret, uri, segno.make(uri, error="m").svg_data_uri(scale=5, border=2, light="#fff")


async def confirm_totp(session: AsyncSession, settings: Settings, person_id: int, code: str) -> bool:
    if not await _totp_is_right(session, settings, person_id, code, confirmed=False):
        return False
    await session.execute(update(Totp).where(Totp.person_id == person_id).values(confirmed_at=now()))
    return True


def recovery_hash(person_id: int, plain: str) -> str:
    # 60 random bits: enough against guessing while attempts are counted; bound to the person by the number.
    return sha256(f"{person_id}:{plain}".encode()).hexdigest()


async def new_recovery_codes(session: AsyncSession, person_id: int) -> list[str]:
    """Ten new codes, shown once; the older ones open nothing more."""
    await session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(12)) for _ in range(CODES)]
    session.add_all(RecoveryCode(person_id=person_id, code_hash=recovery_hash(person_id, code)) for code in codes)
    return ["-".join((code[:4], code[4:8], code[8:])) for code in codes]
