"""Working translations suggested by a machine, for contributions in other languages; a person may correct each."""

import logging

from app import queue
from app.audit import log
from app.db import db, lock, reading, transactional
from app.moderation import queries, translation
from app.moderation.translation import Refused, Unavailable
from app.proposals import languages
from app.proposals.models import Proposal
from app.texts import services as texts

logger = logging.getLogger(__name__)
MOST = 100  # in one round


def translate_waiting() -> int:
    """Ask the service for all contributions in other languages that nobody translated; returns how many it did.

    No transaction is open while the service works. What it refuses stays for people; when it is away the next round
    asks again.
    """
    if not translation.is_offered():
        return 0
    done = 0
    try:
        known = translation.known_languages()
        with reading():
            waiting = queries.untranslated(known, MOST)
        for proposal_id, content, language in waiting:
            done += _translate_one(proposal_id, content, language)
    except Unavailable as error:
        logger.warning("translation service: %s", error)
    return done


def wake() -> None:
    """Somebody wants translations now, not in a few minutes; the caller's transaction tells the worker."""
    queue.wake_after_commit("moderation.translate_waiting")


@transactional
def ask(proposal: Proposal) -> None:
    """Let the service translate this contribution as soon as it can."""
    log.record("moderation.ask_for_translation", proposal)
    wake()


def _translate_one(proposal_id: int, content: str, language: str) -> bool:
    try:
        german = translation.into_german(content, language=language)
    except Refused as error:
        logger.warning("translation service refuses contribution %s: %s", proposal_id, error)
        return False
    return _keep(proposal_id, content, german)


@transactional
def _keep(proposal_id: int, content: str, german: str) -> bool:
    """Unless a person was faster, or the text was blackened in the meantime."""
    proposal = lock(db.session.get_one(Proposal, proposal_id))
    if proposal.translation is not None or proposal.text.versions[0].content != content:
        return False
    version = texts.write(german, language=languages.SOURCE, translated_by=translation.service_name())
    proposal.translation = version.text
    log.record("moderation.translate_by_machine", proposal, fields=["translation"])
    return True
