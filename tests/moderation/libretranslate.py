"""A server in a thread that speaks LibreTranslate's documented protocol, and misbehaves as it is told."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

LANGUAGES = [
    {"code": "de", "name": "German", "targets": ["en", "uk"]},
    {"code": "uk", "name": "Ukrainian", "targets": ["de", "en"]},
    {"code": "it", "name": "Italian", "targets": ["de"]},
    {"code": "ja", "name": "Japanese", "targets": ["en"]},
]


@dataclass
class Service:
    """What it was asked, and how it answers: status, body and seconds by path."""

    url: str = ""
    key: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    seconds: float = 0

    def answer(self, path: str, body: dict[str, str]) -> tuple[int, bytes]:
        time.sleep(self.seconds)
        if path in self.answers:
            return self.answers[path]
        if path == "/languages":
            return 200, json.dumps(LANGUAGES).encode()
        if self.key and body.get("api_key") != self.key:
            return 403, json.dumps({"error": "Please contact the server operator to get an API key"}).encode()
        if body.get("q", "").startswith("refuse"):
            return 400, json.dumps({"error": "Invalid request"}).encode()
        return 200, json.dumps({"translatedText": f"[{body['source']}→{body['target']}] {body['q']}"}).encode()


@contextmanager
def running(key: str = "") -> Iterator[Service]:
    service = Service(key=key)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply({})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            service.asked.append(body)
            self._reply(body)

        def _reply(self, body: dict[str, str]) -> None:
            status, content = service.answer(self.path, body)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
