"""What the acts of this room may answer instead of doing what was asked."""

from typing import Final

from app.accounts.refusals import CrossSite, Forbidden, NotSignedIn
from app.library.queries import LibraryNotReady
from app.web.etag import PreconditionRequired, VersionMismatch
from app.web.problems import Invalid, NotFound

WRITES: Final = (NotSignedIn, Forbidden, CrossSite, NotFound, Invalid, LibraryNotReady)
UPDATES: Final = (*WRITES, PreconditionRequired, VersionMismatch)
