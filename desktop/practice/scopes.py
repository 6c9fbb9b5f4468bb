"""Decide what a token may do by its scopes, as Zoho writes them: ``ZohoCRM.modules.contacts.READ`` or ``….ALL``."""

from collections.abc import Iterable

from desktop.practice.rules import Request

_VERBS = {"GET": "READ", "DELETE": "DELETE", "PUT": "UPDATE"}


def has_scope(scopes: Iterable[str], request: Request) -> bool:
    """True if one of the token's scopes covers the call."""
    parts = request.path.strip("/").lower().split("/")
    area, what = (parts[2] if len(parts) > 2 else ""), (parts[3] if len(parts) > 3 else "")
    verb = _VERBS.get(request.method, "ALL").lower()
    if area == "settings":
        enough = {f"settings.{right}" for right in ("all", verb)} | {f"settings.{what}.{right}" for right in ("all", verb)}
    elif area in ("users", "org"):
        enough = {f"{area}.{right}" for right in ("all", verb)}
    else:
        module = area.removesuffix("__s").replace("_", "")
        enough = {f"modules.{place}{right}" for place in ("", f"{module}.", f"{area}.") for right in ("all", verb)}
    return bool({f"zohocrm.{scope}" for scope in enough} & {scope.lower() for scope in scopes})
