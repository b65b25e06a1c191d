import pytest

from app.process_date import ProcessDate
from app.web.fields import read, write

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("words", "notation", "written"),
    [
        ("", "", ""),
        ("29.03.2016", "2016-03-29", "29.03.2016"),
        (" 9. März 2016", "2016-03-09", "09.03.2016"),
        ("03.2016", "2016-03", "03.2016"),
        ("März 2016", "2016-03", "03.2016"),
        ("2016", "2016", "2016"),
        ("seit April 2017", "2017-04/..", "seit 04.2017"),
        ("Mai 2016 bis Juli 2017", "2016-05/2017-07", "05.2016 bis 07.2017"),
        ("Mai bis Juli 2017", "2017-05/2017-07", "05.2017 bis 07.2017"),
        ("Februar/März 2018", "2018-02..2018-03", "02.2018 oder 03.2018"),
    ],
)
def test_read_knows_dates_as_people_write_them(words, notation, written):
    assert read(words) == ProcessDate(notation)
    assert write(ProcessDate(notation)) == written
    assert read(written) == ProcessDate(notation)


@pytest.mark.parametrize(
    "words", ["bald", "31.02.2016", "13.2016", "Brachet 2016", "2017 bis 2016", "seit", "29.03.16"]
)
def test_read_refuses_what_is_no_date(words):
    with pytest.raises(ValueError):  # noqa: PT011 -- the words differ
        read(words)
