"""The public pages about contributions."""

from app.proposals.views import attachments, drafts, follows, own, proposals, representations, supports, threads
from app.proposals.views import create as _create  # noqa: F401 -- adds the pages of sending one in
from app.proposals.views import numbers as _numbers  # noqa: F401 -- adds the map

BLUEPRINTS = (proposals.bp, own.bp, drafts.bp, attachments.bp, representations.bp, threads.bp, follows.bp, supports.bp)
CSRF_EXEMPT = (follows.end_all,)  # RFC 8058: a mail program sends no token of a form
