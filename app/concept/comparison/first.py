"""The first method: goals and measures one by one. It never changes: editions cut until 2026 are compared by it."""

from app.concept.catalogue import Catalogue, CatalogueMeasure, CatalogueSection
from app.concept.comparison.changes import Change, Comparison, Kind, Place, Reasons, SectionChanges, places, served
from app.concept.comparison.wording import words

AMENDABLE = ("duration", "priority", "responsible", "partners", "life_situations", "starts", "ends")


def compare(old: Catalogue, new: Catalogue, reasons: Reasons) -> Comparison:
    before, after = places(old), places(new)
    dropped = [code for code in before if code not in after]
    changes = [_change(code, before.get(code), after.get(code), reasons) for code in [*after, *dropped]]
    gone = [section for section in old.sections if new.section(section.slug) is None]
    found = [
        SectionChanges(
            section=section,
            old=old.section(section.slug),
            new=new.section(section.slug),
            kinds=_section_kinds(old.section(section.slug), new.section(section.slug)),
            changes=tuple(each for each in changes if each.kinds and each.place.section.slug == section.slug),
        )
        for section in [*new.sections, *gone]
    ]
    return Comparison(method=1, sections=tuple(each for each in found if each.is_changed))


def _change(code: str, old: Place | None, new: Place | None, reasons: Reasons) -> Change:
    amended = _amended(old, new)
    return Change(
        code=code,
        kinds=_kinds(old, new, amended),
        old=old,
        new=new,
        words=words(old.item.wording if old else "", new.item.wording if new else ""),
        amended=amended,
        reasons=tuple(reasons.get(code, ())),
    )


def _kinds(old: Place | None, new: Place | None, amended: tuple[str, ...]) -> tuple[Kind, ...]:
    if old is None or new is None:
        return (Kind.ADDED,) if old is None else (Kind.DROPPED,)
    has_moved = old.section.slug != new.section.slug or served(old) != served(new)
    found = {
        Kind.REWORDED: old.item.wording != new.item.wording,
        Kind.MOVED: has_moved,
        Kind.RENUMBERED: old.item.number != new.item.number and not has_moved,
        Kind.AMENDED: bool(amended),
    }
    return tuple(kind for kind, is_so in found.items() if is_so)


def _amended(old: Place | None, new: Place | None) -> tuple[str, ...]:
    if old is None or new is None or not isinstance(new.item, CatalogueMeasure):
        return ()
    return tuple(name for name in AMENDABLE if getattr(old.item, name) != getattr(new.item, name))


def _section_kinds(old: CatalogueSection | None, new: CatalogueSection | None) -> tuple[Kind, ...]:
    if old is None or new is None:
        return (Kind.ADDED,) if old is None else (Kind.DROPPED,)
    found = {Kind.REWORDED: old.title != new.title, Kind.RENUMBERED: old.number != new.number}
    return tuple(kind for kind, is_so in found.items() if is_so)
