"""The application factory: the only place that knows every feature."""

from collections.abc import Mapping
from pathlib import Path

from flask import Flask
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from app import db as database
from app import queue
from app.accounts import cli as accounts_cli
from app.accounts import mails as _accounts_mails  # noqa: F401 -- registers what its mails show
from app.accounts import views as accounts
from app.accounts import views_desk as accounts_desk
from app.accounts.queries import find_by_session
from app.attendance import jobs as attendance_jobs
from app.attendance import mails as _attendance_mails  # noqa: F401 -- adds the ticket to letters
from app.attendance import mails_results as _results_mails  # noqa: F401 -- registers what its mails show
from app.attendance import views as attendance
from app.attendance import views_desk as attendance_desk
from app.audit import models as _audit  # noqa: F401 -- registers the tables
from app.calendars import mails as _calendars_mails  # noqa: F401 -- adds the event to mails about a place
from app.calendars import views as calendars
from app.calendars import views_personal as _personal_calendars  # noqa: F401 -- adds the pages of one's own dates
from app.calls import views as calls
from app.calls import views_desk as calls_desk
from app.capture import views as capture
from app.capture import views_desk as capture_desk
from app.comments import mails as _comments_mails  # noqa: F401 -- registers what its mails show
from app.comments import views as comments
from app.comments import views_desk as comments_desk
from app.concept import jobs as concept_jobs
from app.concept import mails as _concept_mails  # noqa: F401 -- registers what its mails show
from app.concept.views import edition_list, measure_list, retired
from app.concept.views import editions as concept_editions
from app.concept.views import items as concept_items
from app.concept.views import municipal as municipal
from app.concept.views import partners as partnerships
from app.concept.views import process as concept_process
from app.concept.views_desk import beginnings as concepts_desk
from app.concept.views_desk import catalogue as concept_desk
from app.concept.views_desk import changed as changed_editions_desk
from app.concept.views_desk import chapters as chapters_desk
from app.concept.views_desk import completeness as completeness_desk
from app.concept.views_desk import entries as document_entries_desk
from app.concept.views_desk import lineage as lineage_desk
from app.concept.views_desk import measures as measures_desk
from app.concept.views_desk import money as money_desk
from app.concept.views_desk import municipal as municipal_desk
from app.concept.views_desk import papers as sent_papers_desk
from app.concept.views_desk import partners as partners_desk
from app.concept.views_desk import releases as releases_desk
from app.concept.views_desk import sections as concept_sections_desk
from app.concept.views_desk import tasks as tasks_desk
from app.concept.views_desk import translations as content_translations_desk
from app.concept.views_desk import vocabularies as vocabularies_desk
from app.council import views as council
from app.council.views_desk import meetings as meetings_desk
from app.council.views_desk import papers as papers_desk
from app.council.views_desk import wordings as paper_wordings_desk
from app.db import db
from app.decisions import jobs as decisions_jobs
from app.decisions import mails as _decisions_mails  # noqa: F401 -- registers what its mails show
from app.decisions import models as _decisions  # noqa: F401 -- registers the tables
from app.decisions import views_desk as decisions_desk
from app.demo import cli as demo_cli
from app.distribution.views_desk import presentations as presentations_desk
from app.distribution.views_desk import print_jobs as print_jobs_desk
from app.distribution.views_desk import recipients as recipients_desk
from app.drafting import mails as _drafting_mails  # noqa: F401 -- registers what its mails show
from app.drafting.views import suggestions
from app.drafting.views_desk import hearings as hearings_desk
from app.drafting.views_desk import keeping as desk_drafts
from app.drafting.views_desk import revisions as revisions_desk
from app.drafting.views_desk import suggestions as suggestions_desk
from app.evaluation import mails as _evaluation_mails  # noqa: F401 -- adds to what mails show
from app.evaluation import models as _evaluation  # noqa: F401 -- registers the tables
from app.evaluation import views as evaluation
from app.evaluation import views_desk as evaluation_desk
from app.events import cli as events_cli
from app.events import views as events
from app.events import views_desk as events_desk
from app.mail import cli as mail_cli
from app.mail import jobs as mail_jobs
from app.mail import transport
from app.moderation import jobs as moderation_jobs
from app.moderation import mails as _moderation_mails  # noqa: F401 -- registers what its mails show
from app.moderation import models as _moderation  # noqa: F401 -- registers the tables
from app.moderation import views as moderation
from app.moderation import views_desk as moderation_desk
from app.monitoring import models as _monitoring  # noqa: F401 -- registers the tables
from app.operations import cli as operations_cli
from app.operations import views as operations
from app.pages import views as pages
from app.privacy import cli as privacy_cli
from app.privacy import jobs as privacy_jobs
from app.proposals import cli as proposals_cli
from app.proposals import jobs as proposals_jobs
from app.proposals import mails as _proposals_mails  # noqa: F401 -- registers what its mails show
from app.proposals import views as proposals
from app.proposals import views_desk as proposals_desk
from app.publishing import cli as publishing_cli
from app.publishing import jobs as publishing_jobs
from app.publishing import views_desk as concept_pictures_desk
from app.publishing.views import annexes, documents, translations
from app.publishing.views import papers as printed_papers
from app.registrations import cli as registrations_cli
from app.registrations import jobs as registrations_jobs
from app.registrations import mails as _registrations_mails  # noqa: F401 -- registers what its mails show
from app.registrations import views as registrations
from app.registrations import views_desk as registrations_desk
from app.registrations import views_email as _registrations_email  # noqa: F401 -- adds the pages of an address
from app.registrations import views_own as _registrations_own  # noqa: F401 -- adds the pages behind the link
from app.seating import views_desk as seating_desk
from app.structures import mails as _structures_mails  # noqa: F401 -- registers what its mails show
from app.structures import views as structures
from app.structures import views_desk as structures_desk
from app.structures import views_own as colleagues
from app.texts import models as _texts  # noqa: F401 -- registers the tables
from app.web import assets, errors, filters, headers, language, page, parameters, slashes, transactions
from app.workbench import mails as _workbench_mails  # noqa: F401 -- registers what its mails show
from app.workbench import views as workbench
from app.workbench import views_desk as workbench_desk

BLUEPRINTS = (
    accounts.bp,
    accounts_desk.bp,
    structures.bp,
    structures_desk.bp,
    structures_desk.municipalities_bp,
    colleagues.bp,
    council.papers,
    council.meetings,
    papers_desk.bp,
    paper_wordings_desk.bp,
    meetings_desk.bp,
    concept_editions.bp,
    edition_list.bp,
    concept_items.goals,
    concept_items.measures,
    measure_list.bp,
    retired.bp,
    concept_process.bp,
    concept_desk.bp,
    concepts_desk.bp,
    lineage_desk.bp,
    changed_editions_desk.bp,
    measures_desk.bp,
    concept_sections_desk.bp,
    tasks_desk.bp,
    completeness_desk.bp,
    money_desk.bp,
    money_desk.papers,
    partners_desk.bp,
    partnerships.bp,
    municipal.bp,
    municipal_desk.bp,
    vocabularies_desk.bp,
    chapters_desk.bp,
    content_translations_desk.bp,
    document_entries_desk.bp,
    concept_pictures_desk.bp,
    sent_papers_desk.bp,
    releases_desk.bp,
    suggestions.bp,
    suggestions_desk.bp,
    hearings_desk.bp,
    desk_drafts.bp,
    revisions_desk.bp,
    *events.BLUEPRINTS,
    *events_desk.BLUEPRINTS,
    registrations.bp,
    *registrations_desk.BLUEPRINTS,
    *attendance.BLUEPRINTS,
    *attendance_desk.BLUEPRINTS,
    seating_desk.bp,
    *evaluation.BLUEPRINTS,
    *evaluation_desk.BLUEPRINTS,
    calls.bp,
    *calls_desk.BLUEPRINTS,
    *proposals.BLUEPRINTS,
    *proposals_desk.BLUEPRINTS,
    comments.bp,
    comments_desk.bp,
    *capture.BLUEPRINTS,
    *capture_desk.BLUEPRINTS,
    *moderation.BLUEPRINTS,
    *moderation_desk.BLUEPRINTS,
    workbench.bp,
    *workbench_desk.BLUEPRINTS,
    *decisions_desk.BLUEPRINTS,
    calendars.bp,
    annexes.bp,
    translations.bp,
    documents.bp,
    printed_papers.bp,
    presentations_desk.bp,
    print_jobs_desk.bp,
    recipients_desk.bp,
    pages.bp,
    operations.bp,
)
COMMANDS = (
    accounts_cli.group,
    demo_cli.group,
    events_cli.group,
    mail_cli.group,
    publishing_cli.group,
    registrations_cli.needs,
    privacy_cli.retention,
    privacy_cli.export,
    privacy_cli.erase,
    proposals_cli.group,
    operations_cli.serve,
    operations_cli.worker,
    operations_cli.doctor,
)
JOBS = (
    *mail_jobs.JOBS,
    *registrations_jobs.JOBS,
    *attendance_jobs.JOBS,
    *concept_jobs.JOBS,
    *proposals_jobs.JOBS,
    *moderation_jobs.JOBS,
    *decisions_jobs.JOBS,
    *privacy_jobs.JOBS,
    *publishing_jobs.JOBS,
)

ROOT = Path(__file__).parent.parent
csrf = CSRFProtect()
login = LoginManager()
login.user_loader(find_by_session)
migrate = Migrate(directory=str(ROOT / "migrations"), render_as_batch=True)


def create_app(config: Mapping[str, object]) -> Flask:
    app = Flask(
        __name__,
        template_folder="../templates",
        static_folder="../static",
        instance_path=str(config["INSTANCE_PATH"]),
    )
    app.config.from_mapping(config)
    Path(app.instance_path).mkdir(parents=True, exist_ok=True)
    _connect_database(app)
    csrf.init_app(app)
    login.init_app(app, add_context_processor=False)  # it would load the account for pages of error, too
    transport.init_app(app)
    queue.init_app(app, JOBS)
    for module in (parameters, transactions, slashes, language, assets, headers, filters, errors, page):
        module.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for view in (*proposals.CSRF_EXEMPT, *attendance.CSRF_EXEMPT, *capture.CSRF_EXEMPT):
        csrf.exempt(view)
    for command in COMMANDS:
        app.cli.add_command(command)
    proxies = int(str(config["TRUSTED_PROXIES"]))
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    return app


def _connect_database(app: Flask) -> None:
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = database.engine_options(app.config["SQLALCHEMY_DATABASE_URI"])
    db.init_app(app)
    with app.app_context():
        database.prepare(db.engine)
    migrate.init_app(app, db)
