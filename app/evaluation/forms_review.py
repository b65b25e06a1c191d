"""Input of a table that rates goals."""

from collections.abc import Mapping, Sequence
from typing import Self

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.evaluation.forms import LONGEST_TEXT, at_most, stripped
from app.evaluation.models import BEST_RATING, GoalRating
from app.evaluation.reviews import RatedGoal
from app.evaluation.services.reviews import Opinion


class ReviewForm(FlaskForm):
    """With two fields for each goal: see `about`."""

    goals: Sequence[RatedGoal] = ()

    @classmethod
    def about(cls, goals: Sequence[RatedGoal], there: Mapping[int, GoalRating]) -> Self:
        """Filled with what the table said before."""
        fields: dict[str, object] = {"goals": goals}
        for each in goals:
            fields[f"rating_{each.id}"] = _rating_field()
            fields[f"comment_{each.id}"] = _comment_field()
        values = {f"rating_{number}": str(rating.rating or "") for number, rating in there.items()}
        values |= {f"comment_{number}": rating.comment for number, rating in there.items()}
        form: Self = type(cls.__name__, (cls,), fields)(**values)
        return form

    @property
    def rows(self) -> list[tuple[RatedGoal, Field, Field]]:
        return [(each, self[f"rating_{each.id}"], self[f"comment_{each.id}"]) for each in self.goals]

    @property
    def opinions(self) -> dict[int, Opinion]:
        return {
            each.id: Opinion(int(rating.data) if rating.data else None, comment.data)
            for each, rating, comment in self.rows
        }


def _rating_field() -> RadioField:
    steps = [SelectChoice(str(step), str(step)) for step in range(1, BEST_RATING + 1)]
    return RadioField(
        _("Wie weit ist der Landkreis?"),
        description=_("1: noch gar nicht, 5: erreicht"),
        choices=steps,
        validators=[Optional()],
    )


def _comment_field() -> TextAreaField:
    return TextAreaField(
        _("Woran sieht man das? Was fehlt?"),
        filters=[stripped],
        validators=[at_most(LONGEST_TEXT)],
        render_kw={"rows": 3},
    )
