"""What goes into a document is fit for its fonts."""

import pytest

from app.fonts import letters
from app.typesetting import _showable

pytestmark = pytest.mark.one_database


def test_signs_no_font_has_are_replaced_wherever_they_stand(app):
    data = {"a": ["x\x01y", ("\ud800", 3, None)], "b": "Ärger مرحبا", "c": "1\N{NARROW NO-BREAK SPACE}000"}

    assert _showable(data, letters()) == {
        "a": ["x?y", ["?", 3, None]],
        "b": "Ärger مرحبا",
        "c": "1\N{NO-BREAK SPACE}000",
    }
