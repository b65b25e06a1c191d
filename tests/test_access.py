"""Who may open what: every route says so, and real requests show that it holds."""

import importlib.util
import inspect
import pkgutil

import pytest
from werkzeug.routing import AnyConverter, IntegerConverter

import app as application
from app.accounts.models import Account, Role, RoleGrant
from tests.factories import AccountFactory

EVERYBODY = frozenset(Role)
DESK = frozenset({Role.MODERATOR, Role.ORGANISER, Role.EDITOR, Role.ADMIN})

# Which roles a rule lets in; a visitor never. A new rule needs a line here.
ALLOWED = {
    "accounts.has_account": EVERYBODY,
    "accounts.can_open_desk": DESK,
    "accounts.can_manage_accounts": {Role.ADMIN},
    "structures.can_edit_structures": {Role.ORGANISER, Role.EDITOR},
    "council.can_edit_papers": {Role.EDITOR},
    "council.can_edit_meetings": {Role.ORGANISER, Role.EDITOR},
    "concept.can_open_concept_desk": {Role.ORGANISER, Role.EDITOR},
    "concept.can_edit_concept": {Role.EDITOR},
    "concept.can_add_to_concept": {Role.ORGANISER, Role.EDITOR},
    "concept.can_release_wordings": {Role.ORGANISER, Role.EDITOR},
    "concept.can_record_resolutions": {Role.EDITOR},
    "drafting.can_see_suggestions": {Role.MODERATOR, Role.ORGANISER, Role.EDITOR},
    "drafting.can_publish_suggestions": {Role.MODERATOR, Role.ORGANISER},
    "events.can_edit_events": {Role.ORGANISER},
    "registrations.can_manage_registrations": {Role.ORGANISER},
    "attendance.can_manage_the_day": {Role.ORGANISER},
    "seating.can_plan_tables": {Role.ORGANISER},
    "calls.can_edit_calls": {Role.ORGANISER, Role.EDITOR},
    "calls.can_type_in_sheets": {Role.MODERATOR, Role.ORGANISER},
    "distribution.can_distribute": {Role.ORGANISER, Role.EDITOR},
    "proposals.can_moderate": {Role.MODERATOR, Role.ORGANISER},
    "proposals.can_condense": {Role.MODERATOR, Role.ORGANISER},
    "decisions.can_decide": {Role.ORGANISER},
    "decisions.can_release_decisions": {Role.ORGANISER, Role.EDITOR},
    "decisions.can_see_decisions": {Role.ORGANISER, Role.EDITOR},
}
# What anyone may send without an account or a link. A new one needs a line here.
OPEN_TO_WRITE = {
    "accounts.request_sign_in",
    "comments.create",
    "comments.report",
    "contributions.find",
    "drafts.create",
    "follows.create_for_goal",
    "follows.create_for_idea",
    "follows.create_for_measure",
    "follows.create_for_practice",
    "follows.create_for_proposal",
    "proposals.create",
    "proposals.find_similar",
    "suggestions.suggest",
    "supports.create",
    "registrations.check",
    "registrations.create",
    "reports.report",
}


def name_of(rule):
    return f"{rule.__module__.removeprefix('app.').removesuffix('.rules')}.{rule.__name__}"


def rules():
    """All rules about a user alone, by name."""
    found = {}
    for feature in pkgutil.iter_modules(application.__path__):
        if feature.ispkg and importlib.util.find_spec(f"app.{feature.name}.rules"):
            module = importlib.import_module(f"app.{feature.name}.rules")
            found |= {
                name_of(function): function
                for _, function in inspect.getmembers(module, inspect.isfunction)
                if function.__module__ == module.__name__ and list(inspect.signature(function).parameters) == ["user"]
            }
    return found


def routes(app):
    """Each route with what its view says about access; the files of `static` are open."""
    return [
        (rule, getattr(app.view_functions[rule.endpoint], "access", None))
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
    ]


def address(rule):
    _, path = rule.build({name: example(converter) for name, converter in rule._converters.items()})
    return path


def example(converter):
    """A value that fits and that no row has."""
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 404404 if isinstance(converter, IntegerConverter) else "unbekannt"


def pytest_generate_tests(metafunc):
    if "rule_name" in metafunc.fixturenames:
        metafunc.parametrize("rule_name", sorted(rules()))


def test_every_route_says_who_may_open_it(app):
    assert [rule.endpoint for rule, access in routes(app) if access is None] == []


def test_every_rule_of_a_route_stands_in_the_table(app):
    used = {name_of(access) for _, access in routes(app) if callable(access)}

    assert used - set(ALLOWED) == set()


def test_nothing_else_can_be_sent_by_anyone(app):
    writing = {rule.endpoint for rule, access in routes(app) if access == "public" and "POST" in rule.methods}

    assert writing == OPEN_TO_WRITE


def test_every_rule_lets_in_whom_the_table_names(rule_name):
    rule = rules()[rule_name]

    let_in = {role for role in Role if rule(Account(grants=[RoleGrant(role=role)]))}
    assert (let_in, bool(rule(None))) == (ALLOWED.get(rule_name), False)


@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role.value if role else "visitor")
def test_every_route_opens_for_whom_its_rule_lets_in_and_for_nobody_else(app, role):
    AccountFactory(roles=(Role.ADMIN,))
    account = AccountFactory(roles=(role,)) if role else None
    wrong = []
    for rule, access in routes(app):
        if not callable(access):
            continue
        for method in sorted(rule.methods & {"GET", "POST"}):
            client = app.test_client()
            if account:
                client.sign_in(account)
            response = client.open(address(rule), method=method)
            is_asked = response.status_code == 303 and response.location.startswith("/konto/zugang")
            got = "asked to sign in" if is_asked else "refused" if response.status_code == 403 else "let in"
            expected = (
                "asked to sign in" if role is None else "let in" if role in ALLOWED[name_of(access)] else "refused"
            )
            if got != expected:
                wrong.append((method, rule.rule, got, response.status_code))
    assert wrong == []
