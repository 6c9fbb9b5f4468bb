"""Text without secrets: for logs, for reports, and for whatever a server says that is written down or shown.

Two nets: every secret that the program holds just now, in the spellings that it could be printed in, and everything that has
the shape of one of Zoho's.
"""

import base64
import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

from desktop.domain.credentials import live_secrets

_HIDDEN = "***"
_SECRET_SHAPES = (
    re.compile(r"(Zoho-oauthtoken\s+)\S+", re.IGNORECASE),
    re.compile(r"((?:Proxy-)?Authorization['\"]?\s*[:=]\s*['\"]?)(?:Basic\s+|Bearer\s+)?[^\s'\",]+", re.IGNORECASE),
    re.compile(
        r"((?:access_token|refresh_token|client_secret|code|device_code|token)['\"]?\s*[=:]\s*['\"]?)[^\s&'\",}]+",
        re.IGNORECASE,
    ),
    re.compile(r"((?:client_id|code_verifier|state|user_code|device_code)['\"]?\s*=\s*['\"]?)[^\s&'\",}]+", re.IGNORECASE),
    # The login in a proxy's address.
    re.compile(r"(://)[^/\s:@'\"]*:[^/\s@'\"]*(?=@)"),
    # A token of Zoho's, wherever it stands; also where its dots were written as %2E and where a base64 of it was printed.
    re.compile(r"()1000(?:\.|%2E)[0-9a-z]{8,}(?:(?:\.|%2E)[0-9a-z]{4,})?", re.IGNORECASE),
    re.compile(r"()\bMTAwMC[0-9A-Za-z+/_-]{12,}={0,2}"),
)


_SHORTEST = 8
_LONGEST_WORDS = 300
_FIRST = 12


def redacted(text: str) -> str:
    """The text with everything that is or looks like a secret replaced."""
    for secret in live_secrets():
        for spelling in _spellings(secret):
            text = text.replace(spelling, _HIDDEN)
    for shape in _SECRET_SHAPES:
        text = shape.sub(rf"\g<1>{_HIDDEN}", text)
    return text


@lru_cache(maxsize=512)
def told_by_server(text: str) -> str:
    """A server's words, redacted and short enough to be kept; the same few come again and again."""
    return redacted(text[:_LONGEST_WORDS])


def _spellings(secret: str) -> Iterator[str]:
    """The secret, URL-encoded, in base64 at each of its three offsets, and its first characters."""
    if len(secret) < _SHORTEST:
        return
    yield secret
    yield quote(secret, safe="")
    for pad in range(3):
        # The ends depend on what stands beside the secret.
        yield base64.b64encode(b"\0" * pad + secret.encode()).decode()[4:-4]
    yield secret[:_FIRST]
