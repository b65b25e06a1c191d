from app.concept import services as concept
from app.concept.services import Part
from app.proposals import news, thread
from app.proposals.models import NewsKind
from tests.proposals.factories import FollowFactory
from tests.proposals.test_thread import WHOLE, Story, at, kinds


def split(story):
    parts = [Part(wording="Kurse gibt es abends.", words="Kurse gibt es abends"), Part(wording="Kurse gibt es online.")]
    return concept.split_goal(story.goal, parts=parts, reason="Zwei Dinge", by=None)


def test_thread_goes_on_in_what_a_goal_was_split_into():
    story = Story().finish()
    first, second = split(story)

    for found in (thread.of_result(story.goal), thread.of_result(second), thread.of_proposal(story.first)):
        [became] = [step for step in found.steps if isinstance(step, thread.Became)]
        assert (became.holder, became.codes, became.change.reason) == (
            story.goal,
            (first.code, second.code),
            "Zwei Dinge",
        )
        assert [voice.proposal for voice in found.voices] == [story.first, story.second]
    worded = [step.holder.code for step in thread.of_result(story.goal).steps if isinstance(step, thread.Worded)]
    assert worded == [story.goal.code, first.code, second.code]


def test_thread_of_a_proposal_keeps_what_came_of_a_goal_that_is_not_released():
    story = Story()
    split(story)

    assert kinds(thread.of_proposal(story.first)) == WHOLE[:4]


def test_whoever_follows_a_goal_hears_of_the_edition_with_its_parts():
    story = Story().finish()
    split(story)
    later = concept.cut_edition(
        slug="1.3", number="1.3", title="1.3", reason="x", by=None, cut_at=at(12), allow_incomplete=True
    )
    [cut] = [each for each in news.since(at(11), at(13)) if each.kind is NewsKind.CUT]

    assert cut.step_id == later.id
    follow = FollowFactory(text=story.goal.text, confirmed_at=at(7), created_at=at(7))
    assert (follow, cut) in news.untold([cut])
