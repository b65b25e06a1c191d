"""The working edition, as pages of the desk need it: 404 where nobody has begun one."""

from flask import abort

from app.concept import queries
from app.concept.catalogue import Catalogue
from app.db import now
from app.local_time import day_of


def check_begun() -> None:
    if queries.find_working_edition() is None:
        abort(404)


def working_catalogue() -> Catalogue:
    check_begun()
    return queries.working_catalogue()


def working_document() -> Catalogue:
    """With all that stands around it in print."""
    check_begun()
    return queries.working_document(on=day_of(now()))
