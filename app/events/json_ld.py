"""An event as schema.org describes it, for search engines and other people's calendars of events."""

from collections.abc import Mapping
from datetime import datetime

from app import links
from app.events.models import AttendanceMode, Event, EventStatus
from app.local_time import BERLIN, day_of

STATUS = {EventStatus.POSTPONED: "EventPostponed", EventStatus.CANCELLED: "EventCancelled"}
MODE = {
    AttendanceMode.ON_SITE: "OfflineEventAttendanceMode",
    AttendanceMode.ONLINE: "OnlineEventAttendanceMode",
    AttendanceMode.HYBRID: "MixedEventAttendanceMode",
}


def described(event: Event, left: list[int | None]) -> dict[str, object]:
    """schema.org/Event; `left`: places as `Event.places_left` counts them. What is not known is left out."""
    url = links.absolute_url("events.show", event_id=event.id)
    described: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": url,
        "url": url,
        "name": event.title,
        "description": event.summary or event.guiding_question,
        "startDate": _moment(event, event.starts_at),
        "endDate": _moment(event, event.ends_at),
        "eventStatus": f"https://schema.org/{STATUS.get(event.status, 'EventScheduled')}",
        "eventAttendanceMode": f"https://schema.org/{MODE[event.attendance_mode]}",
        "location": _locations(event, url),
        "organizer": {"@type": "Organization", "name": event.organization.name} if event.organization else None,
        "superEvent": {"@type": "EventSeries", "name": event.series.title} if event.series else None,
        "keywords": event.section_titles,
    }
    return {
        name: value for name, value in {**described, **_capacities(event, left)}.items() if value not in ("", None, [])
    }


def _moment(event: Event, at: datetime) -> str:
    return day_of(at).isoformat() if event.is_all_day else at.astimezone(BERLIN).isoformat()


def _locations(event: Event, url: str) -> list[Mapping[str, object]]:
    """The way in online is for those who registered: its address here is the event's page."""
    found: list[Mapping[str, object]] = []
    if event.attendance_mode is not AttendanceMode.ONLINE:
        found.append(_place(event))
    if event.attendance_mode is not AttendanceMode.ON_SITE:
        found.append({"@type": "VirtualLocation", "url": url})
    return found


def _place(event: Event) -> Mapping[str, object]:
    town = event.municipality.name if event.municipality else ""
    place = {
        "@type": "Place",
        "name": event.place or town,
        "address": event.address or town,
        "geo": event.latitude is not None
        and {"@type": "GeoCoordinates", "latitude": event.latitude, "longitude": event.longitude},
    }
    return {name: value for name, value in place.items() if value}


def _capacities(event: Event, left: list[int | None]) -> Mapping[str, object]:
    """Of how many places how many are free; nothing where there is no limit."""
    remaining = [free for free in left if free is not None]
    capacities = [event.capacity, event.online_capacity][: len(left)]
    known = [capacity for capacity in capacities if capacity is not None]
    return {
        "remainingAttendeeCapacity": sum(remaining) if len(remaining) == len(left) else None,
        "maximumAttendeeCapacity": sum(known) if len(known) == len(left) else None,
        "maximumPhysicalAttendeeCapacity": event.capacity if len(left) == 2 else None,
        "maximumVirtualAttendeeCapacity": event.online_capacity if len(left) == 2 else None,
    }
