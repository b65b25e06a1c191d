"""Factories of moderation."""

import factory

from app.moderation.models import BlockKind, TextBlock
from app.texts.services import write
from tests.factories import ModelFactory


class TextBlockFactory(ModelFactory):
    class Meta:
        model = TextBlock
        exclude = ("content",)

    content = factory.Sequence(lambda n: f"Der Beitrag nennt eine Person beim Namen ({n}).")
    slug = factory.Sequence(lambda n: f"baustein-{n}")
    kind = BlockKind.REASON
    title = "Name einer Person"
    text = factory.LazyAttribute(lambda each: write(each.content, language="de").text)
