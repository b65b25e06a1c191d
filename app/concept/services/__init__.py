"""What can be done with the concept: work on its sections, goals and measures, cut editions, send papers."""

from app.concept.services.amendments import amend_measure
from app.concept.services.changed import (
    amend_edition,
    confirm_correction,
    propose_correction,
    withdraw_correction,
)
from app.concept.services.chapters import ChapterText, add_chapter, move_chapter, remove_chapter, write_chapter
from app.concept.services.editions import begin_working_edition, cut_edition, found_concept
from app.concept.services.entries import add_entry, change_entry, remove_entry, reword_definition
from app.concept.services.goals import add_goal, drop_goal, move_goal, reword_goal
from app.concept.services.lineage import Part, carry_over, merge_goals, merge_measures, split_goal, split_measure
from app.concept.services.measures import add_measure, drop_measure, move_measure, reword_measure
from app.concept.services.municipal import (
    ContactFacts,
    PracticeFacts,
    add_idea,
    add_practice,
    change_practice,
    drop_idea,
    drop_practice,
    move_idea,
    reword_idea,
    take_back_idea,
    take_up_idea,
)
from app.concept.services.papers import cut_amended, record_resolution, send_paper
from app.concept.services.papers import cut_further, record_resolution, send_paper
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
    "ContactFacts",
    "PracticeFacts",
    "Part",
    "add_chapter",
    "add_entry",
    "add_goal",
    "add_idea",
    "add_measure",
    "add_partner",
    "add_practice",
    "add_section",
    "amend_edition",
    "amend_measure",
    "answer_for",
    "ask_for_agreement",
    "assign_working_groups",
    "begin_working_edition",
    "carry_over",
    "change_entry",
    "change_practice",
    "change_section",
    "confirm_correction",
    "cut_edition",
    "cut_further",
    "drop_goal",
    "drop_idea",
    "drop_measure",
    "drop_plan",
    "drop_practice",
    "forget_contact",
    "found_concept",
    "link_of",
    "merge_goals",
    "merge_measures",
    "move_chapter",
    "move_goal",
    "move_idea",
    "move_measure",
    "move_section",
    "plan_section",
    "propose_correction",
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
    "reword_idea",
    "reword_measure",
    "reword_subject",
    "send_paper",
    "shift_section",
    "take_back_idea",
    "take_up_idea",
    "split_goal",
    "split_measure",
    "translate",
    "translate_phrase",
    "withdraw_correction",
    "withdraw_naming",
    "withhold_wording",
    "write_chapter",
]
