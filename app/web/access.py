"""Who may open a page. Every view carries exactly one of these decorators (tests/test_access.py)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, cast

from flask import current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import Forbidden

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]
Rule = Callable[[Any], bool]


def public(view: View[P]) -> View[P]:
    """Anyone may open it."""
    return _marked(view, "public")


def signed_link(view: View[P]) -> View[P]:
    """Whoever holds the link; the view reads the token and refuses what it was not made for."""
    return _marked(view, "signed_link")


def requires(rule: Rule) -> Callable[[View[P]], View[P]]:
    """Whoever the rule lets in; a visitor is asked to sign in first, anyone else gets 403."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            account = current_account()
            if rule(account):
                return view(*args, **kwargs)
            if account is not None:
                raise Forbidden
            target = f"{request.script_root}{request.full_path}".rstrip("?") if request.method == "GET" else None
            return redirect(url_for("accounts.request_sign_in", weiter=target), 303)

        return _marked(guarded, rule)

    return decorate


def current_account() -> Any:  # noqa: ANN401 -- an Account; app.web lies below app.accounts
    """The account that is signed in, or None for a visitor. Services get it as an argument."""
    if "without_account" in g:  # an error page, when the database may not answer
        return None
    account = current_user._get_current_object()  # noqa: SLF001 -- services ask what a row is; a proxy is none
    return account if account.is_authenticated else None


def lets_in(endpoint: str, account: Any) -> bool:  # noqa: ANN401 -- as above
    """Whether that page opens to this account."""
    access = cast("Any", current_app.view_functions[endpoint]).access
    return access == "public" or (callable(access) and bool(access(account)))


def _marked(view: View[P], access: str | Rule) -> View[P]:
    if hasattr(view, "access"):
        raise TypeError(f"{view.__name__} says twice who may open it")
    cast("Any", view).access = access
    return view
