"""Addresses have no slash at their end; who types one is sent to the right address."""

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue


def init_app(app: Flask) -> None:
    @app.before_request
    def drop_slash() -> ResponseReturnValue | None:
        if request.method not in {"GET", "HEAD"} or request.path == "/" or not request.path.endswith("/"):
            return None
        query = f"?{request.query_string.decode()}" if request.query_string else ""
        # One slash at the start: //example.org would lead elsewhere
        return redirect(f"{request.script_root}/{request.path.strip('/')}{query}", 301)
