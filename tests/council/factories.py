from datetime import UTC, date, datetime

import factory

from app.council.models import (
    Annex,
    AnnexContent,
    Consultation,
    ConsultationMeeting,
    ConsultationRole,
    FinancialEffect,
    Meeting,
    MeetingResult,
    Outcome,
    Paper,
    PaperKind,
    Resolution,
    ResultKind,
)
from app.process_date import ProcessDate
from app.structures.models import OrganizationKind
from app.texts import services as texts
from tests.factories import ModelFactory
from tests.structures.factories import OrganizationFactory


def text(content):
    return texts.write(content, language="de").text


class MeetingFactory(ModelFactory):
    class Meta:
        model = Meeting

    organization = factory.SubFactory(OrganizationFactory, kind=OrganizationKind.COMMITTEE)
    slug = factory.Sequence(lambda n: f"beispielsitzung-{n}")
    title = factory.Sequence(lambda n: f"Beispielsitzung {n}")
    day = date(2016, 7, 4)


class MeetingResultFactory(ModelFactory):
    class Meta:
        model = MeetingResult

    meeting = factory.SubFactory(MeetingFactory)
    position = factory.Sequence(lambda n: n + 1)
    kind = ResultKind.DECISION
    text = "Das Beispiel wird beschlossen."


class PaperFactory(ModelFactory):
    """A paper that is sent; `sent_at=None` for a draft."""

    class Meta:
        model = Paper

    slug = factory.Sequence(lambda n: f"beispielvorlage-{n}")
    number = factory.Sequence(lambda n: f"2016/{n + 500}")
    kind = PaperKind.RESOLUTION_PROPOSAL
    title = factory.Sequence(lambda n: f"Beispielvorlage {n}")
    dated_on = date(2016, 6, 16)
    organization = factory.SubFactory(OrganizationFactory, kind=OrganizationKind.OFFICE)
    proposal = factory.LazyFunction(lambda: text("Dem Beispiel wird zugestimmt."))
    facts = factory.LazyFunction(lambda: text("So steht es um das Beispiel."))
    financial = factory.LazyFunction(lambda: text("Derzeit nicht bezifferbar."))
    financial_effect = FinancialEffect.NOT_QUANTIFIABLE
    sent_at = datetime(2016, 6, 16, 10, tzinfo=UTC)


class AnnexFactory(ModelFactory):
    class Meta:
        model = Annex

    paper = factory.SubFactory(PaperFactory, sent_at=None)
    number = 1
    title = "Beispielkonzept"
    content = AnnexContent.DOCUMENT


class ConsultationFactory(ModelFactory):
    class Meta:
        model = Consultation

    paper = factory.SubFactory(PaperFactory)
    position = factory.Sequence(lambda n: n + 1)
    organization = factory.SubFactory(OrganizationFactory, kind=OrganizationKind.COMMITTEE)
    role = ConsultationRole.ADVICE


class ConsultationMeetingFactory(ModelFactory):
    class Meta:
        model = ConsultationMeeting

    consultation = factory.SubFactory(ConsultationFactory)
    meeting = factory.SubFactory(MeetingFactory, organization=factory.SelfAttribute("..consultation.organization"))


class ResolutionFactory(ModelFactory):
    class Meta:
        model = Resolution

    consultation = factory.SubFactory(ConsultationFactory)
    outcome = Outcome.RECOMMENDED
    decided = ProcessDate("2016-07-04")
