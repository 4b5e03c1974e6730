"""The papers of the charter: the documents room's paper, marked as ours."""

from functools import partial

from app.documents.paper import BULLET, grid, text
from app.documents.paper import paper as _paper

__all__ = ["BULLET", "grid", "paper", "text"]

paper = partial(_paper, mark="charte")
