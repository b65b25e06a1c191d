"""What a ticket says and how it is written: 128 letters and digits, signed with Ed25519 (RFC 8032), no name in it."""

import struct
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.encryption import derive_key

VERSION = 1
# Version, event, registration, attendee (0: the whole party), generation, persons.
CONTENT = struct.Struct(">BIIIHB")
SIGNATURE_BYTES = 64
# No I and O, which are mistaken for digits, and no Y and Z, which a hand scanner set to English swaps.
SIGNS = "0123456789ABCDEFGHJKLMNPQRSTUVWX"
MISTAKEN = str.maketrans({"I": "1", "O": "0"})
MOST_PERSONS = 255


class Ticket(NamedTuple):
    event_id: int
    registration_id: int
    attendee_id: int  # 0: the whole party
    generation: int
    persons: int


def write(ticket: Ticket) -> str:
    content = CONTENT.pack(VERSION, *ticket[:4], min(ticket.persons, MOST_PERSONS))
    return _spell(content + _key().sign(content))


def read(code: str) -> Ticket | None:
    """What a genuine ticket says, however it was typed; None for anything else."""
    signed = _unspell("".join(code.split()).upper().translate(MISTAKEN))
    if len(signed) != CONTENT.size + SIGNATURE_BYTES:
        return None
    content, signature = signed[: CONTENT.size], signed[CONTENT.size :]
    try:
        _key().public_key().verify(signature, content)
    except InvalidSignature:
        return None
    version, *said = CONTENT.unpack(content)
    return Ticket(*said) if version == VERSION else None


def public_key() -> bytes:
    """All that a phone needs to know a ticket."""
    key: Ed25519PublicKey = _key().public_key()
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(derive_key("tickets"))


def _spell(content: bytes) -> str:
    """Five bits a sign; the content's bits are a multiple of five."""
    number = int.from_bytes(content)
    return "".join(SIGNS[number >> shift & 31] for shift in range(len(content) * 8 - 5, -5, -5))


def _unspell(code: str) -> bytes:
    if not code or any(sign not in SIGNS for sign in code) or len(code) * 5 % 8:
        return b""
    number = 0
    for sign in code:
        number = number << 5 | SIGNS.index(sign)
    return number.to_bytes(len(code) * 5 // 8)
