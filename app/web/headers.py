"""What every answer tells the browser: nothing from elsewhere, nothing inline, no framing, no address leaked."""

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
# A page that scans tickets answers with this instead.
CAMERA_ALLOWED = "camera=(self), geolocation=(), microphone=()"
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # personal links stand in addresses
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
HSTS = "max-age=31536000; includeSubDomains"


def init_app(app: Flask) -> None:
    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if app.config["PREFERRED_URL_SCHEME"] == "https":
            response.headers["Strict-Transport-Security"] = HSTS
        if response.mimetype == "text/html":
            response.cache_control.no_store = response.cache_control.no_store or _is_personal()
            response.cache_control.no_cache = True
        return response


def _is_personal() -> bool:
    """Whether the page belongs to one person: behind a link or an account."""
    return "token" in (request.view_args or {}) or request.path.startswith(("/konto", "/verwaltung"))
