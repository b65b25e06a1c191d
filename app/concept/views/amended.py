"""What two editions say differently beside the wording, in words: what it was and what it is."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

from app.concept.comparison.changes import Place
from app.concept.in_words import budget_in_words, target_in_words
from app.concept.models import DURATION_LABELS, PRIORITY_LABELS
from app.concept.views.history import AmendedFact
from app.concept.views.words import AMENDED_LABELS

# Partners are left out: who of them may be named is asked anew whenever a page is shown.
SAID: Mapping[str, Callable[[Any], object]] = {
    "duration": lambda row: DURATION_LABELS[row.duration],
    "priority": lambda row: PRIORITY_LABELS[row.priority],
    "responsible": lambda row: row.responsible_name,
    "responsible_name": lambda row: row.responsible_name,
    "target_groups": lambda row: ", ".join(each.title for each in row.target_groups),
    "starts": lambda row: row.starts,
    "ends": lambda row: row.ends,
    "target": lambda row: target_in_words(row.target),
    "budget": lambda row: budget_in_words(row.budget),
    "focus": lambda row: row.focus,
    "source": lambda row: row.source,
    "municipality": lambda row: row.municipality_name,
    "municipality_name": lambda row: row.municipality_name,
    "organization_name": lambda row: row.organization_name,
    "since": lambda row: row.since,
}
# Told by what they are the names of, where that differs, too
NAMES_OF = {"responsible_name": "responsible", "municipality_name": "municipality"}


def amended_facts(change: Any) -> list[AmendedFact]:  # noqa: ANN401 -- of any kind of row a comparison tells of
    """Each once; without words where there is nothing to say but that it differs."""
    old, new = _row(change.old), _row(change.new)
    names = [name for name in change.amended if NAMES_OF.get(name) not in change.amended]
    return [_fact(name, old, new) for name in names]


def _fact(name: str, old: object, new: object) -> AmendedFact:
    label = AMENDED_LABELS.get(name, _("weitere Angaben"))
    if name not in SAID:
        return AmendedFact(label, "", "")
    before, after = (str(SAID[name](row) or "") or _("nichts") for row in (old, new))
    return AmendedFact(label, before, after)


def _row(found: Any) -> Any:  # noqa: ANN401 -- as above
    return found.item if isinstance(found, Place) else found
