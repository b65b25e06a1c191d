"""What went out with papers is kept as files that never change."""

from hashlib import sha256

from app import pdfs, storage
from app.audit import log
from app.council.models import Paper
from app.db import db, lock, reading, transactional
from app.publishing import outgoing, shelf
from app.publishing.models import Address, SentFile
from app.publishing.shelf import State


def keep_sent_files() -> int:
    """Make the files that are missing, and those that must no longer be shown as they were; returns how many.

    Setting them takes seconds and holds nothing. What was set is kept if it still is what the rows say, else the next
    round makes it again.
    """
    with reading():
        due = shelf.due()
    return sum(_keep(paper_id, address) for paper_id, address in due)


def _keep(paper_id: int, address: Address) -> bool:
    with reading():
        out = outgoing.find(db.session.get_one(Paper, paper_id), address)
        if out is None:
            return False
        state = shelf.state_of(out, shelf.files_of(out.paper).get(address))
        db.session.expire_all()  # read again: what is blackened meanwhile may miss in the state, never in the file
        content, source = outgoing.made(out, state.partners), outgoing.source_of(out)
    return _store(paper_id, address, content, source, state)


@transactional
def _store(paper_id: int, address: Address, content: bytes, source: str, state: State) -> bool:
    """Unless somebody was faster, or what it was made from has changed meanwhile."""
    paper = lock(db.session.get_one(Paper, paper_id))
    out, before = outgoing.find(paper, address), shelf.files_of(paper).get(address)
    if out is None or (outgoing.source_of(out), shelf.state_of(out, before)) != (source, state):
        return False
    if before and not shelf.is_behind(before, state):
        return False
    file = SentFile(
        paper=paper,
        annex=out.annex,
        edition=out.edition,
        key=storage.keep(content, suffix="pdf"),
        sha256=sha256(content).hexdigest(),
        size=len(content),
        pages=pdfs.pages_of(content),
        redactions=state.redactions,
        partners=" ".join(sorted(f"{code}/{slug}" for code, slug in state.partners)),
    )
    db.session.add(file)
    log.record("publishing.keep_sent", file)
    if before:
        old, before.key = before.key, None
        storage.remove_unnamed([old] if old else [])
    return True
