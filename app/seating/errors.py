"""Why a plan, or a change to one, is refused."""

from typing import Self

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.errors import DomainError
from app.events.models import ThemeTable


class NoTables(DomainError):
    message = _("Diese Veranstaltung hat noch keine Tische. Legen Sie zuerst Tische an.")


class NobodyToSeat(DomainError):
    message = _("Es ist noch niemand da, der einen Tisch braucht.")


class PinsDoNotFit(DomainError):
    message = _("An einem Tisch sind mehr Menschen festgesetzt, als dort Platz haben. Lösen Sie dort jemanden.")

    @classmethod
    def at(cls, table: ThemeTable, number: int) -> Self:
        """Name the table and the round."""
        return cls(
            gettext(
                "An Tisch %(table)s sind in Runde %(round)s mehr Menschen festgesetzt, als dort Platz haben. "
                "Lösen Sie dort jemanden.",
                table=table.number,
                round=number,
            )
        )


class TableFull(DomainError):
    message = _("An diesem Tisch ist in dieser Runde nicht genug Platz. Es bleibt alles, wie es ist.")


class TableTwice(DomainError):
    message = _("An diesem Tisch sitzt die Gruppe schon in einer anderen Runde. Es bleibt alles, wie es ist.")


class PlanGone(DomainError):
    message = _("Diesen Entwurf gibt es nicht mehr: Jemand hat ihn inzwischen veröffentlicht, ersetzt oder verworfen.")


class NothingPublished(DomainError):
    message = _("Es ist noch keine Sitzordnung veröffentlicht, die sich ergänzen lässt.")
