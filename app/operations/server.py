"""The site under gunicorn."""

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

THREADS = 8


class Server(BaseApplication):
    def __init__(self, app: Flask, *, host: str, port: int, workers: int) -> None:
        self.wsgi_app = app
        self.options: dict[str, Any] = {
            "bind": f"{host}:{port}",
            "workers": workers,
            "threads": THREADS,
            "worker_class": "gthread",
            "accesslog": None,  # addresses hold personal links
            "loglevel": "warning",
            "timeout": 60,
            "graceful_timeout": 10,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.wsgi_app
