from datetime import date

import factory

from app.distribution.models import PrintFormat, PrintJob, Recipient, RecipientGroup
from app.process_date import ProcessDate
from tests.concept.factories import EditionFactory
from tests.factories import ModelFactory


class RecipientGroupFactory(ModelFactory):
    class Meta:
        model = RecipientGroup

    slug = factory.Sequence(lambda n: f"beispielgruppe-{n}")
    title = factory.Sequence(lambda n: f"Beispielgruppe {n}")
    position = factory.Sequence(lambda n: n + 1)


class RecipientFactory(ModelFactory):
    """An address the post finds."""

    class Meta:
        model = Recipient

    group = factory.SubFactory(RecipientGroupFactory)
    name = factory.Sequence(lambda n: f"Beispielstelle {n}")
    street = "Beispielweg 1"
    post_code = "78462"
    city = "Konstanz"


class PrintJobFactory(ModelFactory):
    """A run of 100 that was delivered; `delivered_on=None` for one that is planned."""

    class Meta:
        model = PrintJob

    edition = factory.SubFactory(EditionFactory)
    title = factory.Sequence(lambda n: f"Beispieldruck {n}")
    format = PrintFormat.A4
    planned = ProcessDate("2018-02..2018-03")
    copies = 100
    delivered_on = date(2018, 3, 20)
