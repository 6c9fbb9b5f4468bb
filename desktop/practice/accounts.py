"""The accounts server of the practice CRM: consent page, codes, tokens, devices, revocation, like Zoho's OAuth pages.

Its oddities are Zoho's: the token endpoint refuses with HTTP 200, but too many requests with 400; a redirect carries
``location`` and ``accounts-server``; an answer with ``expires_in_sec`` counts ``expires_in`` in milliseconds; a device may be
told that its user lives at another data centre.
"""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qs, urlencode

from desktop.practice.rules import Request, Response
from desktop.practice.state import State
from desktop.practice.tokens import IssuedTokens, TooManyTokens

ACCOUNTS_PREFIX = "/oauth/"
REDIRECT_URIS = tuple(f"http://localhost:{port}/delink/signed-in" for port in (17653, 28417, 39581))
CODE_LIFE_S = 180.0
DEVICE_LIFE_S = 300.0
POLL_INTERVAL_S = 30.0
_THROTTLED = "You have made too many requests continuously. Please try again after some time."
_DEVICE_PAGE = "/oauth/v3/device"

# A field of a multipart form: its head names it, an empty line follows, and its value ends before the next boundary.
_FIELD = re.compile(r'name="(?P<name>[^"]*)"[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n(?P<value>.*?)\r\n--', re.DOTALL)


@dataclass
class _Code:
    scopes: list[str]
    redirect_uri: str
    challenge: str
    expires: float


@dataclass
class _Device:
    scopes: list[str]
    user_code: str
    expires: float
    polled_at: float
    answer: str = "authorization_pending"


class Accounts:
    """Owns codes and devices, which do not outlive the process; tokens do."""

    def __init__(self, state: State, tokens: IssuedTokens) -> None:
        self._state, self._tokens = state, tokens
        self._codes: dict[str, _Code] = {}
        self._devices: dict[str, _Device] = {}
        self.targets: list[str] = []
        self.url = ""

    def self_client_code(self, scopes: list[str]) -> str:
        """Return what the API console shows for a Self Client: a code without a redirect address."""
        return self._new_code(scopes, "", "")

    def answer(self, request: Request) -> Response:
        """Answer any call below ACCOUNTS_PREFIX."""
        self.targets.append(request.target)
        form = {**request.query, **_form(request.body)}
        match request.method, request.path:
            case "GET", "/oauth/v2/auth":
                return self._consent_page(form)
            case "POST", "/oauth/v2/auth":
                return self._consent(form)
            case "POST", "/oauth/v2/token":
                return self._token(form)
            case "POST", "/oauth/v2/token/revoke":
                return self._revoke(form)
            case "POST", "/oauth/v3/device/code":
                return self._device_code(form)
            case "POST", "/oauth/v3/device/token":
                return self._device_token(form)
            case "GET", "/oauth/v3/device":
                return _page(_question(_DEVICE_PAGE, form))
            case "POST", "/oauth/v3/device":
                return self._device_consent(form)
        return Response(404, {"error": "invalid_url"})

    # In the browser

    def _consent_page(self, form: dict[str, str]) -> Response:
        if form.get("client_id") != self._tokens.client_id:
            return _page("ERROR_invalid_client")
        if form.get("redirect_uri") not in REDIRECT_URIS:
            return _page("ERROR_invalid_redirect_uri")
        if form.get("response_type") != "code" or not form.get("scope"):
            return _page("ERROR_invalid_request")
        return _page(_question("/oauth/v2/auth", form))

    def _consent(self, form: dict[str, str]) -> Response:
        if form.get("client_id") != self._tokens.client_id or form.get("redirect_uri") not in REDIRECT_URIS:
            return _page("ERROR_invalid_client")
        parameters = {"state": form["state"]} if "state" in form else {}
        if form.get("choice") == "accept":
            code = self._new_code(form["scope"].split(","), form["redirect_uri"], form.get("code_challenge", ""))
            parameters |= {"code": code, "location": self._state.setting("location"), "accounts-server": self._own_url()}
        else:
            parameters["error"] = "access_denied"
        return Response(302, None, {"Location": f"{form['redirect_uri']}?{urlencode(parameters)}"})

    def _new_code(self, scopes: list[str], redirect_uri: str, challenge: str) -> str:
        code = f"1000.{secrets.token_hex(16)}.{secrets.token_hex(16)}"
        self._codes[code] = _Code(scopes, redirect_uri, challenge, self._tokens.now() + CODE_LIFE_S)
        return code

    # Tokens

    def _token(self, form: dict[str, str]) -> Response:
        if (wrong := self._wrong_client(form)) is not None:
            return wrong
        match form.get("grant_type"):
            case "refresh_token":
                refresh_token = form.get("refresh_token", "")
                if not self._tokens.is_refresh_token(refresh_token):
                    return _error("invalid_code")
                return self._new_tokens(refresh_token)
            case "authorization_code":
                code = self._codes.pop(form.get("code", ""), None)
                if code is None or code.expires <= self._tokens.now() or not _proves(code, form.get("code_verifier", "")):
                    return _error("invalid_code")
                if code.redirect_uri != form.get("redirect_uri", ""):
                    return _error("invalid_redirect_uri")
                return self._granted(code.scopes)
        return _error("unsupported_grant_type")

    def _granted(self, scopes: list[str]) -> Response:
        refresh_token = self._tokens.new_refresh_token(scopes)
        return self._new_tokens(refresh_token, {"refresh_token": refresh_token, "scope": " ".join(scopes)})

    def _new_tokens(self, refresh_token: str, more: dict[str, str] | None = None) -> Response:
        try:
            access_token = self._tokens.new_access_token(refresh_token)
        except TooManyTokens:
            return Response(400, {"error_description": _THROTTLED, "error": "Access Denied", "status": "failure"})
        life = self._state.setting("token_life_s")
        lives = {"expires_in_sec": life, "expires_in": life * 1000} if self._state.setting("in_ms") else {"expires_in": life}
        api_domain = self._state.setting("api_domain") or self.url
        answer = {"access_token": access_token, "api_domain": api_domain, "token_type": "Bearer"}
        return Response(200, {**answer, **(more or {}), **lives})

    def _revoke(self, form: dict[str, str]) -> Response:
        gone = self._tokens.revoke(form.get("token", ""))
        return Response(200, {"status": "success"}) if gone else Response(400, {"error": "invalid_token"})

    def _wrong_client(self, form: dict[str, str]) -> Response | None:
        if form.get("client_id") != self._tokens.client_id:
            return _error("invalid_client")
        if form.get("client_secret") != self._tokens.client_secret:
            return _error("invalid_client_secret")
        return None

    # Devices

    def _device_code(self, form: dict[str, str]) -> Response:
        if form.get("client_id") != self._tokens.client_id:
            return _error("invalid_client")
        device, user_code, now = secrets.token_hex(24), secrets.token_hex(4).upper(), self._tokens.now()
        self._devices[device] = _Device(form.get("scope", "").split(","), user_code, now + DEVICE_LIFE_S, now - POLL_INTERVAL_S)
        answer = {"user_code": user_code, "device_code": device, "verification_url": f"{self._own_url()}{_DEVICE_PAGE}"}
        return Response(200, {**answer, "expires_in": int(DEVICE_LIFE_S * 1000), "interval": int(POLL_INTERVAL_S)})

    def _device_consent(self, form: dict[str, str]) -> Response:
        for device in self._devices.values():
            if device.user_code == form.get("user_code"):
                device.answer = "" if form.get("choice") == "accept" else "access_denied"
                return _page("You may go back to the device.")
        return _page("ERROR_invalid_code")

    def _device_token(self, form: dict[str, str]) -> Response:
        if (wrong := self._wrong_client(form)) is not None:
            return wrong
        device, now = self._devices.get(form.get("code", "")), self._tokens.now()
        if device is None or device.expires <= now:
            return _error("expired")
        if now - device.polled_at < POLL_INTERVAL_S:
            return _error("slow_down")
        device.polled_at = now
        if place := self._state.setting("user_location"):
            self._state.set(user_location="")
            return Response(200, {"error": "other_dc", "user_location": place})
        if device.answer:
            return _error(device.answer)
        del self._devices[form["code"]]
        return self._granted(device.scopes)

    def _own_url(self) -> str:
        return str(self._state.setting("accounts_server") or self.url)


def _proves(code: _Code, verifier: str) -> bool:
    if not code.challenge:
        return True
    digest = hashlib.sha256(verifier.encode()).digest()
    return hmac.compare_digest(base64.urlsafe_b64encode(digest).decode().rstrip("="), code.challenge)


def _form(body: bytes) -> dict[str, str]:
    """Read the fields of a form, in either of the encodings that Zoho's own programs send."""
    text = body.decode("utf-8", "replace")
    if text.startswith("--"):
        return {match["name"]: match["value"] for match in _FIELD.finditer(text)}
    return {name: values[0] for name, values in parse_qs(text, keep_blank_values=True).items()}


def _error(code: str) -> Response:
    return Response(200, {"error": code})


def _question(action: str, form: dict[str, str]) -> str:
    fields = "".join(f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in form.items())
    if action == _DEVICE_PAGE and "user_code" not in form:
        fields += '<label>Code <input name="user_code"></label>'
    scopes = ", ".join(form.get("scope", "").split(","))
    return (
        f'<form method="post" action="{action}">{fields}<p>Delink asks for: {escape(scopes)}</p>'
        '<button name="choice" value="accept">Accept</button> <button name="choice" value="reject">Reject</button></form>'
    )


@dataclass
class _Page(Response):
    """A page for the browser."""

    html: str = ""

    def body(self) -> bytes:
        return self.html.encode()


def _page(words: str) -> Response:
    html = f"<!doctype html><title>Practice accounts</title>{words}"
    return _Page(200, None, {"Content-Type": "text/html; charset=utf-8", "X-Frame-Options": "DENY"}, html)
