"""What can be done with the concept: work on its sections, goals and measures, cut editions, send papers."""

from app.concept.services.amendments import amend_measure
from app.concept.services.chapters import ChapterText, add_chapter, move_chapter, remove_chapter, write_chapter
from app.concept.services.editions import begin_working_edition, cut_edition, found_concept
from app.concept.services.entries import add_entry, change_entry, remove_entry, reword_definition
from app.concept.services.goals import add_goal, drop_goal, move_goal, reword_goal
from app.concept.services.measures import add_measure, drop_measure, move_measure, reword_measure
from app.concept.services.papers import cut_amended, record_resolution, send_paper
from app.concept.services.partners import (
    add_partner,
    answer_for,
    ask_for_agreement,
    forget_contact,
    link_of,
    read_link,
    remind_partners,
    remove_partner,
    withdraw_naming,
)
from app.concept.services.sections import (
    add_section,
    assign_working_groups,
    change_section,
    drop_plan,
    move_section,
    plan_section,
    remove_section,
    shift_section,
)
from app.concept.services.translations import translate, translate_phrase
from app.concept.services.wordings import release_wordings, reword_subject, withhold_wording

__all__ = [
    "ChapterText",
    "add_chapter",
    "add_entry",
    "add_goal",
    "add_measure",
    "add_partner",
    "add_section",
    "amend_measure",
    "answer_for",
    "ask_for_agreement",
    "assign_working_groups",
    "begin_working_edition",
    "change_entry",
    "change_section",
    "cut_amended",
    "cut_edition",
    "drop_goal",
    "drop_measure",
    "drop_plan",
    "forget_contact",
    "found_concept",
    "link_of",
    "move_chapter",
    "move_goal",
    "move_measure",
    "move_section",
    "plan_section",
    "read_link",
    "record_resolution",
    "release_wordings",
    "remind_partners",
    "remove_chapter",
    "remove_entry",
    "remove_partner",
    "remove_section",
    "reword_definition",
    "reword_goal",
    "reword_measure",
    "reword_subject",
    "send_paper",
    "shift_section",
    "translate",
    "translate_phrase",
    "withdraw_naming",
    "withhold_wording",
    "write_chapter",
]
