"""Why a plan, or a change to one, is refused."""

from flask_babel import lazy_gettext as _

from app.errors import DomainError


class NoTables(DomainError):
    message = _("Diese Veranstaltung hat noch keine Tische. Legen Sie zuerst Tische an.")


class NobodyToSeat(DomainError):
    message = _("Es ist noch niemand da, der einen Tisch braucht.")


class PinsDoNotFit(DomainError):
    message = _("An einem Tisch sind mehr Menschen festgesetzt, als dort Platz haben. Lösen Sie dort jemanden.")


class TableFull(DomainError):
    message = _("An diesem Tisch ist in dieser Runde nicht genug Platz. Es bleibt alles, wie es ist.")


class TableTwice(DomainError):
    message = _("An diesem Tisch sitzt die Gruppe schon in einer anderen Runde. Es bleibt alles, wie es ist.")


class PlanGone(DomainError):
    message = _("Diesen Entwurf gibt es nicht mehr: Jemand hat ihn inzwischen veröffentlicht, ersetzt oder verworfen.")


class NothingPublished(DomainError):
    message = _("Es ist noch keine Sitzordnung veröffentlicht, die sich ergänzen lässt.")
