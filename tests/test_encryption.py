from base64 import urlsafe_b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.encryption import Unreadable, decrypt, derive_key, encrypt, encrypt_anew

OLD, NEW, OTHER = (urlsafe_b64encode(letter * 32).decode() for letter in (b"o", b"n", b"x"))

pytestmark = pytest.mark.no_database


@pytest.fixture
def keys(app, monkeypatch):
    """Run with these keys from here on."""
    with app.app_context():
        yield lambda *given: monkeypatch.setitem(app.config, "ENCRYPTION_KEY", ",".join(given))


def test_encrypt_hides_what_decrypt_reads(keys):
    keys(OLD)

    ciphertext = encrypt("Gebärdensprache".encode())

    assert "Gebärdensprache".encode() not in ciphertext
    assert decrypt(ciphertext).decode() == "Gebärdensprache"


def test_encrypt_hides_that_two_say_the_same(keys):
    keys(OLD)

    assert encrypt(b"vegan") != encrypt(b"vegan")


def test_decrypt_refuses_a_foreign_key_and_a_changed_byte(keys):
    keys(OLD)
    ciphertext = encrypt(b"vegan")
    changed = ciphertext[:-2] + bytes([ciphertext[-2] ^ 1]) + ciphertext[-1:]

    with pytest.raises(Unreadable):
        decrypt(changed)
    keys(OTHER)
    with pytest.raises(Unreadable):
        decrypt(ciphertext)
    with pytest.raises(Unreadable):
        encrypt_anew(ciphertext)


def test_rotation_reads_what_was_written_before_and_needs_the_old_key_no_more(keys):
    keys(OLD)
    written_before = encrypt(b"vegan")

    keys(NEW, OLD)
    assert decrypt(written_before) == b"vegan"
    written_anew = encrypt_anew(written_before)

    keys(NEW)
    assert decrypt(written_anew) == b"vegan"


def test_derived_keys_differ_by_purpose_and_stay_while_the_old_key_stays(keys):
    keys(OLD)
    tickets, other = derive_key("tickets"), derive_key("other")

    keys(NEW, OLD)
    assert derive_key("tickets") == tickets
    keys(NEW)
    assert len({tickets, other, derive_key("tickets")}) == 3


def test_derived_key_is_a_seed_for_signatures(keys):
    keys(OLD)

    key = Ed25519PrivateKey.from_private_bytes(derive_key("tickets"))

    key.public_key().verify(key.sign(b"ticket"), b"ticket")
