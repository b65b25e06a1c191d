from tests.servers import free_port


def ask(app, url):
    response = app.test_client().get(url)
    return response.status_code, response.json


def test_alive_asks_nothing_else(own_app, tmp_path):
    app = own_app(TEILHABE_DATABASE_URL=f"sqlite:///{tmp_path / 'weg' / 'teilhabe.db'}")

    assert ask(app, "/healthz") == (200, {"status": "ok"})


def test_ready_when_database_migrations_and_queue_answer(own_app):
    assert ask(own_app(), "/readyz") == (200, {"status": "ok", "failed": []})


def test_not_ready_while_migrations_are_missing(own_app, databases):
    app = own_app(TEILHABE_DATABASE_URL=databases.empty())

    assert ask(app, "/readyz") == (503, {"status": "failed", "failed": ["migrations"]})


def test_not_ready_while_the_database_is_away(own_app, tmp_path):
    app = own_app(TEILHABE_DATABASE_URL=f"sqlite:///{tmp_path / 'weg' / 'teilhabe.db'}")

    assert ask(app, "/readyz") == (503, {"status": "failed", "failed": ["database", "migrations"]})


def test_not_ready_while_the_queue_is_away(own_app):
    app = own_app(TEILHABE_BROKER_URL=f"redis://127.0.0.1:{free_port()}")

    assert ask(app, "/readyz") == (503, {"status": "failed", "failed": ["queue"]})
