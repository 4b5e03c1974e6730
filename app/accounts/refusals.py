"""The doors that stay closed, each with its reason."""

from http import HTTPStatus

from app.web.problems import Problem, describe


class NotSignedIn(Problem):
    status, type, title = HTTPStatus.UNAUTHORIZED, "/problems/connexion", "Connexion nécessaire"


class BadKey(NotSignedIn):
    type, title = "/problems/cle", "Clé d’API refusée"


class Forbidden(Problem):
    status, type, title = HTTPStatus.FORBIDDEN, "/problems/interdit", "Action non permise"


class CrossSite(Forbidden):
    type, title = "/problems/origine", "Requête venue d’un autre site"


class SecondFactorMissing(Forbidden):
    type, title = "/problems/second-facteur", "Second facteur nécessaire"


class ProofTooOld(Forbidden):
    type, title = "/problems/reauthentification", "Confirmez votre identité"


class NoOrganisation(Forbidden):
    type, title = "/problems/sans-organisation", "Aucune organisation active"


class TooManyAttempts(Problem):
    status, type, title = HTTPStatus.TOO_MANY_REQUESTS, "/problems/trop-de-tentatives", "Trop de tentatives"


class LastAdministrator(Problem):
    status, type, title = HTTPStatus.CONFLICT, "/problems/dernier-administrateur", "Dernier administrateur"


class KeyReused(Problem):
    status, type, title = HTTPStatus.UNPROCESSABLE_ENTITY, "/problems/idempotence", "Clé d’idempotence déjà utilisée"


class SignInRefused(Problem):
    status, type, title = HTTPStatus.UNAUTHORIZED, "/problems/identifiants", "Connexion refusée"


class CodeRefused(Problem):
    status, type, title = HTTPStatus.UNPROCESSABLE_ENTITY, "/problems/code", "Code refusé"


class PasskeyRefused(Problem):
    status, type, title = HTTPStatus.UNPROCESSABLE_ENTITY, "/problems/cle-acces", "Clé d’accès refusée"


class LinkOver(Problem):
    status, type, title = HTTPStatus.GONE, "/problems/lien", "Lien expiré ou déjà utilisé"


class OrganisationExists(Problem):
    status, type, title = HTTPStatus.CONFLICT, "/problems/organisation-connue", "Organisation déjà inscrite"


class AlreadyThere(Problem):
    status, type, title = HTTPStatus.CONFLICT, "/problems/deja-fait", "Déjà fait"


class ProConnectSilent(Problem):
    status, type, title = HTTPStatus.SERVICE_UNAVAILABLE, "/problems/proconnect", "ProConnect ne répond pas"


for _problem, _explanation in (
    (ProConnectSilent, "ProConnect est momentanément injoignable. Les autres façons de se connecter restent ouvertes."),
    (SignInRefused, "L’adresse et la phrase de passe ne vont pas ensemble, ou le compte n’existe pas."),
    (CodeRefused, "Le code est faux, a déjà servi ou n’est plus valable. Attendez le suivant et réessayez."),
    (PasskeyRefused, "La clé d’accès n’a pas été reconnue. Réessayez, ou connectez-vous autrement."),
    (LinkOver, "Les liens envoyés par message servent une seule fois, pendant un temps limité. Demandez-en un autre."),
    (OrganisationExists, "Une organisation porte déjà ce SIRET : demandez à ses administrateurs à la rejoindre."),
    (AlreadyThere, "Cela a déjà été fait : relisez l’état actuel, il n’y a rien à recommencer."),
    (NotSignedIn, "Cette route demande une session ouverte ou une clé d’API valide."),
    (BadKey, "La clé d’API est inconnue, expirée ou révoquée. Créez-en une autre dans « Mon compte »."),
    (Forbidden, "Vous êtes reconnu, mais votre rôle (ou la portée de la clé) ne permet pas cette action."),
    (
        CrossSite,
        "Une modification doit venir des pages de ce site, avec son jeton. Rechargez la page et recommencez.",
    ),
    (
        SecondFactorMissing,
        "Ce rôle demande une clé d’accès ou une application de codes : ajoutez-la dans « Mon compte ».",
    ),
    (ProofTooOld, "Cette action sensible demande une preuve d’identité de moins de quinze minutes."),
    (NoOrganisation, "Cette action se fait au nom d’une organisation : rejoignez-en une, ou choisissez-la."),
    (TooManyAttempts, "Les essais sont comptés pour protéger les comptes. Réessayez après le délai indiqué."),
    (LastAdministrator, "Une organisation garde au moins un administrateur : nommez-en un autre avant."),
    (KeyReused, "Cette clé « Idempotency-Key » a déjà servi pour une autre demande : prenez-en une nouvelle."),
):
    describe(_problem, _explanation)
