"""`Idempotency-Key`: the same demand sent twice is done once. The answer is kept in the transaction of the act.

@router.post("/purchases", status_code=201, responses=problems(KeyReused, …))
async def create(session: DbSession, writer: OrgWriter, once: Once, asked: PurchaseIn) -> PurchaseOut:
    return await once(asked, PurchaseOut, lambda: actions.create(session, writer, asked))
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, TypeVar

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.actors import Signed
from app.accounts.models_trail import IdempotencyKey
from app.accounts.refusals import KeyReused
from app.database.engine import DbSession

Out = TypeVar("Out", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class OnceOnly:
    session: AsyncSession
    response: Response
    account: str
    route: str
    key: str | None

    async def __call__(
        self, asked: BaseModel | str, shape: type[Out], make: Callable[[], Awaitable[Out]], *, salt: str = ""
    ) -> Out:
        """What `make` answers, or what it answered the first time. `asked`: the body (and what else decides)."""
        if self.key is None:
            return await make()
        text = asked if isinstance(asked, str) else asked.model_dump_json()
        body_hash = sha256(f"{salt}\n{text}".encode()).hexdigest()
        mine = (
            IdempotencyKey.account == self.account,
            IdempotencyKey.route == self.route,
            IdempotencyKey.key == self.key,
        )
        # A twin under way holds the row: this waits for its end, then does nothing, and the answer is there.
        first = await self.session.execute(
            insert(IdempotencyKey)
            .values(account=self.account, route=self.route, key=self.key, body_hash=body_hash)
            .on_conflict_do_nothing()
            .returning(IdempotencyKey.key)
        )
        if first.scalar_one_or_none() is None:
            known = (await self.session.execute(select(IdempotencyKey).where(*mine))).scalar_one()
            if known.body_hash != body_hash or known.answer is None:
                raise KeyReused("Cette clé « Idempotency-Key » a déjà servi pour une demande différente.")
            self.response.headers["Idempotency-Replayed"] = "true"
            return shape.model_validate_json(known.answer)
        answer = await make()
        await self.session.execute(update(IdempotencyKey).where(*mine).values(answer=answer.model_dump_json()))
        return answer


async def _once(
    request: Request,
    response: Response,
    session: DbSession,
    actor: Signed,
    key: Annotated[
        str | None,
        Header(alias="Idempotency-Key", max_length=128, min_length=8, description="Une valeur unique par demande."),
    ] = None,
) -> OnceOnly:
    return OnceOnly(session, response, actor.account, f"{request.method} {request.url.path}"[:200], key)


Once = Annotated[OnceOnly, Depends(_once)]
