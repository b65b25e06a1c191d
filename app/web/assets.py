"""Addresses of stylesheets, scripts and fonts; their names carry a hash of the content (`make assets`)."""

import json
from pathlib import Path

from flask import Flask, request, url_for


def init_app(app: Flask) -> None:
    manifest_file = Path(app.static_folder or "") / "vendor" / "manifest.json"
    try:
        manifest: dict[str, str] = json.loads(manifest_file.read_text())
    except FileNotFoundError:
        raise SystemExit("static/vendor fehlt: Bitte erst „make assets“ ausführen.") from None

    @app.template_global()
    def asset(name: str) -> str:
        address = url_for("static", filename=f"vendor/{manifest[name]}")
        # One address in all languages, so that a browser keeps one copy
        return request.environ.get("teilhabe.root", "") + address.removeprefix(request.script_root)

    @app.after_request
    def keep_hashed_files(response):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 -- Flask's Response
        if request.endpoint == "static" and request.path.startswith("/static/vendor/"):
            response.cache_control.no_cache = None
            response.cache_control.public = True
            response.cache_control.max_age = 31536000
            response.cache_control.immutable = True
        return response
