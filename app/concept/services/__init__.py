"""What can be done with the concept: work on its sections, goals and measures, cut editions, send papers."""

from app.concept.services.editions import begin_working_edition, cut_edition
from app.concept.services.goals import add_goal, drop_goal, move_goal, reword_goal
from app.concept.services.measures import add_measure, drop_measure, move_measure, reword_measure
from app.concept.services.papers import cut_amended, record_resolution, send_paper
from app.concept.services.sections import add_section, move_section, plan_section, remove_section

__all__ = [
    "add_goal",
    "add_measure",
    "add_section",
    "begin_working_edition",
    "cut_amended",
    "cut_edition",
    "drop_goal",
    "drop_measure",
    "move_goal",
    "move_measure",
    "move_section",
    "plan_section",
    "record_resolution",
    "remove_section",
    "reword_goal",
    "reword_measure",
    "send_paper",
]
