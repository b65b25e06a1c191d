"""Factories for comments."""

import factory

from app.comments.models import Comment, CommentKind
from app.proposals.models import ProposalState
from app.texts.services import write
from tests.factories import ModelFactory
from tests.proposals.factories import ProposalFactory


class CommentFactory(ModelFactory):
    class Meta:
        model = Comment
        exclude = ("content", "language", "german")

    content = factory.Sequence(lambda n: f"Dazu fällt mir Beispiel {n} ein.")
    language = "de"
    german = ""
    proposal = factory.SubFactory(ProposalFactory)
    kind = CommentKind.ADDITION
    state = ProposalState.RELEASED
    text = factory.LazyAttribute(lambda each: write(each.content, language=each.language).text)
    translation = factory.LazyAttribute(lambda each: write(each.german, language="de").text if each.german else None)
