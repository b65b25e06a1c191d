"""Surveys after an event, their answers, and the review of goals."""

from app.evaluation.models.reviews import BEST_RATING, GoalRating, ReviewSheet
from app.evaluation.models.surveys import (
    FEWEST_SHOWN,
    QUESTION_KIND_LABELS,
    SCALE,
    WAY_LABELS,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    SurveyQuestionKind,
    SurveyResponse,
    UsedTicket,
    Way,
)

__all__ = [
    "BEST_RATING",
    "FEWEST_SHOWN",
    "QUESTION_KIND_LABELS",
    "SCALE",
    "WAY_LABELS",
    "GoalRating",
    "ReviewSheet",
    "Survey",
    "SurveyAnswer",
    "SurveyQuestion",
    "SurveyQuestionKind",
    "SurveyResponse",
    "UsedTicket",
    "Way",
]
