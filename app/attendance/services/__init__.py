"""What is done on the day: devices, tickets, arrivals."""

from app.attendance.services.arrivals import new_uuid, record
from app.attendance.services.doors import add_device, link_of, read_link, renew_device, revoke_device
from app.attendance.services.tickets import admit, check_ticket, qr_png, qr_svg, token_of, token_of_party

__all__ = [
    "add_device",
    "admit",
    "check_ticket",
    "link_of",
    "new_uuid",
    "qr_png",
    "qr_svg",
    "read_link",
    "record",
    "renew_device",
    "revoke_device",
    "token_of",
    "token_of_party",
]
