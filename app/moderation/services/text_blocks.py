"""Text blocks: words the house uses again and again, each wording kept."""

from sqlalchemy import select

from app.accounts.models import Account
from app.audit import log
from app.db import db, lock, transactional
from app.languages import SOURCE
from app.moderation.models import BlockKind, TextBlock
from app.slugs import free_slug
from app.texts import services as texts


@transactional
def add(*, kind: BlockKind, title: str, content: str, by: Account | None) -> TextBlock:
    """Offer a new block; raises TextEmpty."""
    slug = free_slug(title[:50], _is_taken)
    block = TextBlock(kind=kind, slug=slug, title=title.strip(), text=texts.write(content, language=SOURCE).text)
    db.session.add(block)
    log.record("moderation.add_text_block", block, by=by)
    return block


@transactional
def revise(block: TextBlock, *, title: str, content: str, is_active: bool, by: Account | None) -> None:
    """Change its words from now on: what was said with it before stays as it was. Raises TextEmpty."""
    block = lock(block)
    texts.write(content, language=SOURCE, text=block.text)
    block.title, block.is_active = title.strip(), is_active
    log.record("moderation.revise_text_block", block, by=by, fields=["title", "text", "is_active"])


def _is_taken(slug: str) -> bool:
    return db.session.scalar(select(TextBlock.id).where(TextBlock.slug == slug)) is not None
