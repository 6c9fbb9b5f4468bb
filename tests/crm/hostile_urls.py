"""Two hundred addresses that look like Zoho's, or like this computer, and are neither."""

from collections.abc import Iterator

BASES = (
    "accounts.zoho.com",
    "accounts.zoho.eu",
    "accounts.zoho.com.cn",
    "accounts.zohocloud.ca",
    "www.zohoapis.com",
    "www.zohoapis.eu",
    "sandbox.zohoapis.in",
    "developer.zohoapis.com.au",
)
_MUTATIONS = (
    "http://{host}",
    "https://{host}.",
    "https://{host}:443",
    "https://{host}:8443",
    "https://{host}.evil.example",
    "https://evil.example/{host}",
    "https://evil.example?{host}",
    "https://evil.example#{host}",
    "https://{host}@evil.example",
    "https://{host}:token@evil.example",
    "https://evil@{host}",
    "https://{upper}",
    "HTTPS://{host}",
    "https:{host}",
    "https:/{host}",
    "https:///{host}",
    "//{host}",
    "{host}",
    "https://{host}/path",
    "https://{host}\\@evil.example",
    "https://{host}%2f@evil.example",
    "https://{host}%00.evil.example",
    "https://{host} ",
    " https://{host}",
    "https://{host}\r\nHost: evil.example",
    "https://x{host}",
    "https://{cyrillic}",
    "https://{wide}",
    "https://{host}//",
    "ftp://{host}",
)
_OTHERS = (
    "",
    "https://",
    "https://evil.example",
    "https://zohoapis.com",
    "https://zoho.com",
    "https://www.zohoapis.com.evil.example",
    "https://www.zohoapis.co",
    "https://www-zohoapis.com",
    "https://api.zoho.eu",
    "https://accounts.zoho.eu.com",
    "https://xn--zohoapis-x2a.com",
    "https://136.143.190.155",
    "https://[::1]",
    "http://127.0.0.1",
    "http://127.0.0.1:8080",
    "http://localhost:8080",
    "http://0.0.0.0",
    "http://127.1",
    "http://2130706433",
    "http://0x7f.1",
    "http://169.254.169.254/latest/meta-data",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://www.zohoapis.com\t.evil.example",
    "https://www.zohoapis.com;evil.example",
    "https://www.zohoapis.com,evil.example",
)


def hostile_urls() -> Iterator[str]:
    """All hostile addresses, without those that stand there twice."""
    found = [
        mutation.format(
            host=host, upper=host.upper(), cyrillic=host.replace("o", "\u043e", 1), wide=host.replace(".", "\uff0e", 1)
        )
        for host in BASES
        for mutation in _MUTATIONS
    ]
    yield from dict.fromkeys([*found, *_OTHERS])
