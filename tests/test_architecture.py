"""Rules about the code that no linter knows."""

import ast
import re
import tomllib

import pytest
from jinja2 import nodes

from tests.tree import ROOT, files

pytestmark = pytest.mark.one_database

APP = ROOT / "app"
TEMPLATES = ROOT / "templates"
FOLDERS = ("app", "tests", "bench", "migrations")
MODULES = [ROOT / "config.py", *sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))]
OURS = [path for path in MODULES if path.is_relative_to(APP) or path.name == "config.py"]
CAPS = {".py": 400, ".html": 120, ".js": 80}
FORBIDDEN_NAMES = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "base_service", "process_data"}
GROUND = {"audit", "mail", "texts", "web", "operations", "pages", "demo"}


def short(path):
    return str(path.relative_to(ROOT))


def functions(path):
    tree = ast.parse(path.read_text())
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length_of_body(function):
    """Lines of code, without the signature and what the docstring says."""
    first = function.body[1:] if ast.get_docstring(function) else function.body
    return function.end_lineno - first[0].lineno + 1 if first else 0


def test_only_the_database_module_commits():
    pattern = re.compile(r"\.(commit|rollback|begin_nested)\(")

    assert [short(path) for path in OURS if pattern.search(path.read_text())] == ["app/db.py"]


def test_numbers_from_outside_are_ones_a_row_can_have():
    """`type=int` takes what no database can hold; app.web.parameters.whole does not."""
    pattern = re.compile(r"request\.(?:args|form)\.(?:get|getlist)\([^)]*type=int\b")

    assert [short(path) for path in OURS if pattern.search(path.read_text())] == []


def test_every_path_is_kebab_case_with_typed_parameters(app):
    literal, parameter = r"[a-z0-9]+(?:-[a-z0-9]+)*", r"<(?:int|string|uuid|any\([^)]*\)):[a-z_]+>"
    segment = rf"(?:{literal}|{parameter}|v\d+\.\d+)"
    pattern = re.compile(rf"/|(?:/{segment})+(?:\.(?:[a-z]+|{parameter}))?")

    paths = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"}
    assert sorted(path for path in paths if not pattern.fullmatch(path)) == []


def test_every_endpoint_is_a_plural_noun_and_a_verb(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint != "static"}

    assert sorted(name for name in endpoints if not re.fullmatch(r"[a-z_]+\.[a-z_]+", name)) == []


def test_a_view_that_shows_does_not_also_change_something_else(app):
    """A route takes GET, POST, or both for one form; nothing else, as pages work without JavaScript."""
    methods = {frozenset(rule.methods - {"HEAD", "OPTIONS"}) for rule in app.url_map.iter_rules()}

    assert methods <= {frozenset({"GET"}), frozenset({"POST"}), frozenset({"GET", "POST"})}


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_template_uses_what_it_imports(app, path):
    tree = app.jinja_env.parse(path.read_text())
    imports = list(tree.find_all((nodes.FromImport, nodes.Import)))
    imported = {
        name if isinstance(name, str) else name[1]
        for statement in imports
        for name in (statement.names if isinstance(statement, nodes.FromImport) else [statement.target])
    }

    assert imported - {name.name for name in tree.find_all(nodes.Name)} == set()


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_template_asks_no_database_and_holds_no_inline_code(path):
    text = path.read_text()
    code = r"<script(?![^>]*(?:src=|type=.application/ld\+json))"  # schema.org's data run nowhere
    found = re.findall(rf"\.(?:query|filter_by|execute|scalars?)\(|\son[a-z]+=\"|{code}", text)
    if not path.is_relative_to(TEMPLATES / "mail"):  # mail programs load no stylesheets
        found += re.findall(r"<style|\sstyle=", text)

    assert found == []


def test_files_are_short():
    """But for migrations: they are as long as the tables they make."""
    lengths = {short(path): len(path.read_text().splitlines()) for path in files("*.py", "*.html", "static/js/*.js")}

    assert [
        f"{name}: {length}"
        for name, length in lengths.items()
        if length > CAPS[f".{name.rpartition('.')[2]}"] and not name.startswith("migrations/versions/")
    ] == []


def test_functions_are_short():
    long = [
        f"{short(path)}:{function.lineno} {function.name}"
        for path in OURS
        for function in functions(path)
        if length_of_body(function) > 40
    ]

    assert long == []


def test_every_module_says_what_it_is_about():
    modules = [path for path in MODULES if not path.is_relative_to(ROOT / "tests") and path.read_text().strip()]

    assert [short(path) for path in modules if not ast.get_docstring(ast.parse(path.read_text()))] == []


def test_file_names_say_what_is_inside():
    assert [short(path) for path in MODULES if path.stem in FORBIDDEN_NAMES] == []


def test_nothing_is_left_open():
    words = ("TO" + "DO", "FIX" + "ME", "X" * 3, "NotImplemented" + "Error")
    pattern = re.compile(rf"\b({'|'.join(words)})\b|except Exception(?!.*noqa: BLE001 -- )")
    found = [
        f"{short(path)}: {line.strip()}"
        for path in files("*.py", "*.html", "*.js", "*.mjs", "*.css", "Makefile", ".ci/run")
        for line in path.read_text().splitlines()
        if pattern.search(line)
    ]

    assert found == []


def test_every_suppression_has_its_reason():
    pattern = re.compile(r"# noqa(?!: [A-Z]+[0-9]+(?:, [A-Z]+[0-9]+)* -- \S)|# type: ignore(?!\[)")
    found = [
        f"{short(path)}: {line.strip()}"
        for path in OURS
        for line in path.read_text().splitlines()
        if pattern.search(line)
    ]

    assert found == []


def test_models_and_rules_know_no_clock_and_no_session():
    found = []
    for path in OURS:
        if path.stem in {"models", "rules"} or path.parent.name in {"models", "rules"}:
            tree = ast.parse(path.read_text())
            calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
            found += [f"{short(path)}: {call}" for call in calls if re.match(r"now$|db\.session|datetime\.now", call)]

    assert found == []


def test_every_feature_keeps_the_layers():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [inside] = [contract for contract in settings if "containers" in contract]
    features = {f"app.{path.parent.name}" for path in APP.glob("*/__init__.py")} - {f"app.{name}" for name in GROUND}

    assert features - set(inside["containers"]) == set()


ASKED_FOR = re.compile(r"""(?:url_for|absolute_url)\(\s*["']([\w.]+\w)["']""")


def test_every_page_that_is_linked_exists(app):
    known = {rule.endpoint for rule in app.url_map.iter_rules()}
    sources = [*files("*.py", below=APP), *files("*.html", "*.txt", below=TEMPLATES)]

    missing = {
        (path.name, name) for path in sources for name in ASKED_FOR.findall(path.read_text()) if name not in known
    }

    assert missing == set()


def test_whole_numbers_are_asked_with_our_field():
    """That of WTForms takes numbers of any length, which no comparison can."""
    theirs = re.compile(r"from wtforms import [^\n(]*\bIntegerField\b|from wtforms import \([^)]*\bIntegerField\b")

    assert [short(path) for path in OURS if theirs.search(path.read_text())] == []


def test_the_history_names_what_was_done_by_the_feature_that_did_it():
    named = re.compile(r"log\.record\(\s*f?\"(\w+)\.")
    features = [(path.relative_to(APP).parts[0].removesuffix(".py"), path) for path in OURS if path.is_relative_to(APP)]

    assert [
        (short(path), name) for feature, path in features for name in named.findall(path.read_text()) if name != feature
    ] == []
