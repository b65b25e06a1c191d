import pytest

from app.slugs import free_slug, in_order, slugify

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Große Kreisstädte", "grosse-kreisstaedte"),
        ("Expert/innenrunde Flüchtlingsarbeit", "expert-innenrunde-fluechtlingsarbeit"),
        ("  Café „Łódź“ 2.0! ", "cafe-odz-2-0"),
        ("مرحبا", "ohne-namen"),
        ("ä" * 100, "ae" * 40),
    ],
)
def test_slugify_makes_a_name_fit_for_addresses(name, slug):
    assert slugify(name) == slug


def test_free_slug_counts_on_within_its_length():
    taken = {"a" * 80, "a" * 78 + "-2"}

    assert free_slug("a" * 80, taken.__contains__) == "a" * 78 + "-3"


def test_in_order_puts_umlauts_where_a_german_list_has_them():
    assert sorted(["Volkertshausen", "Öhningen", "Orsingen-Nenzingen", "aach"], key=in_order) == [
        *("aach", "Öhningen", "Orsingen-Nenzingen", "Volkertshausen"),
    ]
