"""The table of fields: what a client may never choose, who is told what of people."""

from typing import Final

SERVER_OWNED: Final = [
    "author",
    "author_id",
    "by",
    "created_at",
    "created_by",
    "expires_at",
    "hash",
    "id",
    "listed",
    "may",
    "organisation_id",
    "owner",
    "person_id",
    "platform",
    "role",
    "roles",
    "seq",
    "signed",
    "state",
    "status",
    "strong",
    "suspended",
    "updated_at",
    "verification",
    "verified",
    "verified_at",
    "version",
]
MEANT: Final = {
    ("ActiveOrganisationIn", "organisation_id"): "which of one’s own organisations acts",
    ("BasketItemIn", "version"): "the version of a clause that the basket pins",
    ("ClauseAnswerIn", "status"): "the editorial team’s answer to a message",
    ("DraftItem", "version"): "the version of a clause that the basket pins",
    ("FeedbackIn", "version"): "the version of the clause that one speaks of",
    ("FirmIn", "listed"): "a firm decides to be in the directory",
    ("InvitationIn", "role"): "an administrator offers a role",
    ("JoinAnswerIn", "role"): "an administrator grants a role",
    ("PlanProgrammesIn", "status"): "a buyer announces lines of its plan, or keeps them as drafts",
    ("ProgrammeIn", "status"): "a buyer publishes or withdraws a programme",
    ("QuestionIn", "id"): "the place of a question in the buyer’s own list",
    ("RoleIn", "role"): "an administrator changes a role",
    ("RolesIn", "roles"): "the operator names the teams",
    ("SharedCommentIn", "signed"): "who holds a link says who they are",
    ("StartIn", "strong"): "asks ProConnect for a second factor",
    ("SuspendIn", "suspended"): "the operator closes or opens an account",
}
PERSONAL: Final = ("email", "contact_email", "contact_phone", "ip_prefix", "user_agent")
TOLD: Final = {
    "oneself": {
        "GET /api/v1/me",
        "PATCH /api/v1/me",
        "POST /api/v1/me/email/confirm",
        "GET /api/v1/me/history",
        "GET /api/v1/me/sessions",
        "PUT /api/v1/me/passphrase",
        "GET /api/v1/session",
        "PUT /api/v1/session/organisation",
        "POST /api/v1/session/proof",
        "POST /api/v1/session/proof/passkey",
        "POST /api/v1/demo/session",
        "POST /api/v1/invitations/accept",
        "POST /api/v1/invitations/newcomer",
        "POST /api/v1/passphrase/reset/complete",
        "POST /api/v1/sign-in/passkey",
        "POST /api/v1/sign-in/passphrase",
        "POST /api/v1/sign-in/second-factor",
        "POST /api/v1/sign-up/complete",
    },
    "who holds the link of an invitation": {"POST /api/v1/invitations/read"},
    "members": {"GET /api/v1/organisations/{ident}/members"},
    "administrators of the organisation": {
        "GET /api/v1/organisations/{ident}/invitations",
        "POST /api/v1/organisations/{ident}/invitations",
        "PATCH /api/v1/organisations/{ident}/members/{person_id}",
        "GET /api/v1/organisations/{ident}/requests",
    },
    "the operator": {
        "GET /api/v1/platform/people",
        "PUT /api/v1/platform/people/{ident}/roles",
        "PUT /api/v1/platform/people/{ident}/suspension",
    },
    "the firm, and others when it made its contact public": {
        "POST /api/v1/firms",
        "GET /api/v1/firms/{siret}",
        "PUT /api/v1/firms/{siret}",
        "POST /api/v1/firms/{siret}/refresh",
    },
}
"""To whom → the answers that have a field of `PERSONAL`."""
SECRETS: Final = (
    "passphrase", "passphrase_hash", "token", "token_hash", "key_hash", "code_hash", "id_token", "sealed",
    "secret_hash", "flow", "nonce", "salt",
)  # fmt: skip
"""Never in any answer, whoever asks."""
SHOWN_ONCE: Final = {"POST /api/v1/api-keys": "key", "POST /api/v1/me/totp": "secret"}
