"""Encryption of what nobody but those concerned may read; the keys come from TEILHABE_ENCRYPTION_KEY."""

from base64 import urlsafe_b64decode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app
from flask_babel import lazy_gettext as _

from app.errors import DomainError

DERIVED_BYTES = 32  # an Ed25519 seed (RFC 8032) is as long


class Unreadable(DomainError):
    message = _("Das lässt sich nicht lesen: Der Schlüssel dazu fehlt (TEILHABE_ENCRYPTION_KEY).")


def encrypt(content: bytes) -> bytes:
    """With the first key."""
    return _fernet().encrypt(content)


def decrypt(ciphertext: bytes) -> bytes:
    """With whichever key fits; raise Unreadable when none does, or somebody changed a byte."""
    try:
        return _fernet().decrypt(ciphertext)
    except InvalidToken as error:
        raise Unreadable from error


def encrypt_anew(ciphertext: bytes) -> bytes:
    """The same content under the first key, so that the others can go; raise Unreadable."""
    try:
        return _fernet().rotate(ciphertext)
    except InvalidToken as error:
        raise Unreadable from error


def derive_key(purpose: str) -> bytes:
    """32 bytes for one purpose, the same as long as the last key stays: a new first key changes nothing (RFC 5869)."""
    *_others, oldest = _keys()
    return HKDF(SHA256(), DERIVED_BYTES, salt=None, info=purpose.encode()).derive(urlsafe_b64decode(oldest))


def _fernet() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in _keys()])


def _keys() -> list[str]:
    return str(current_app.config["ENCRYPTION_KEY"]).split(",")
