"""A service worker that lets a page open without a network; each feature that has such a page serves one of its own."""

import hashlib
import json
from collections.abc import Collection
from pathlib import Path

from flask import Response, current_app, url_for

WORKER = "offline-worker.js"
ALWAYS = ("app.css", "main.js", "favicon.svg")  # and the fonts


def service_worker(name: str, scripts: Collection[str]) -> Response:
    """The script, and what it keeps under this name: it changes with every version of what it keeps."""
    vendor = Path(current_app.static_folder or "") / "vendor"
    manifest: dict[str, str] = json.loads((vendor / "manifest.json").read_text())
    kept = [each for each in manifest if each in ALWAYS or each in scripts or each.endswith(".woff2")]
    addresses = [url_for("static", filename=f"vendor/{manifest[each]}") for each in kept]
    version = hashlib.sha256(json.dumps(manifest).encode()).hexdigest()[:12]
    values = {"NAME": name, "VERSION": version, "KEPT": addresses}
    lines = [f"const {key} = {json.dumps(value)};" for key, value in values.items()]
    response = Response("\n".join([*lines, (vendor / manifest[WORKER]).read_text()]), mimetype="text/javascript")
    response.cache_control.no_cache = True
    return response
