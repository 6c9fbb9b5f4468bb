"""What keeps Zoho out of reach, and what is wrong with an answer: clauses behind a colon or in brackets."""

from collections.abc import Mapping

CONNECTIONS: Mapping[str, str] = {
    "accounts-server-failed": "the accounts server: {why}",
    "answer-cut-short": "the answer was cut short",
    "answer-damaged": "the answer was damaged",
    "answer-took-too-long": "the answer took too long",
    "answer-too-large": "the answer was too large",
    "connection-cut": "the connection was cut",
    "connection-failed": "the connection failed",
    "connection-insecure": "no secure connection could be made",
    "server-did-not-answer": "the server did not answer",
    "server-name-unknown": "the name of the server is not known",
    "server-refused-connection": "the server refused the connection",
    "some-address": "the address",
    "trouble-with-advice": "{trouble}; {advice}",
}

CERTIFICATES: Mapping[str, str] = {
    "certificate-authority-unknown": "this computer does not know who signed the server's certificate",
    "certificate-behind-proxy": "{trouble} (behind the proxy {proxy})",
    "certificate-expired": "the server's certificate has expired; is this computer's clock right?",
    "certificate-key-weak": "the server's certificate has a key that is too weak",
    "certificate-not-trusted": "this computer does not trust the server's certificate",
    "certificate-not-valid-yet": "the server's certificate is not valid yet; is this computer's clock right?",
    "certificate-of-another-name": "the server's certificate bears a name that is not its own",
    "certificate-self-signed": "the server made this certificate by itself",
    "certificate-signature-weak": "the server's certificate is signed in a way that is too weak",
}

PROXIES: Mapping[str, str] = {
    "proxy-answers-nonsense": "the proxy {proxy} gave no answer that makes sense",
    "proxy-blocks-zoho": (
        "the proxy {proxy} does not let Zoho's addresses through ({status}); ask your IT department to allow them"
    ),
    "proxy-cannot-be-reached": "the proxy {proxy} cannot be reached",
    "proxy-cannot-reach-zoho": "the proxy {proxy} could not reach Zoho ({status})",
    "proxy-did-not-answer": "the proxy {proxy} did not answer",
    "proxy-failed": "the proxy refused or did not answer",
    "proxy-in-settings": "in the system's settings",
    "proxy-is-automatic": (
        "this computer finds its proxy by a script (PAC) that Delink cannot read here; ask your IT for the "
        "proxy's address, and set the variable HTTPS_PROXY to http://address:port"
    ),
    "proxy-is-socks": (
        "the proxy {proxy} is a SOCKS proxy, which Delink cannot use; ask your IT department for an HTTP proxy, and set the "
        "variable HTTPS_PROXY to http://address:port"
    ),
    "proxy-let-nothing-through": "nothing came through the proxy {proxy} in time",
    "proxy-not-understood": (
        "the proxy {proxy} is written in a way that Delink cannot use; ask your IT department for an HTTP proxy, and set the "
        "variable HTTPS_PROXY to http://address:port"
    ),
    "proxy-rejects-password": "the proxy {proxy} did not accept the user name and password that are set for it",
    "proxy-wants-other-login": (
        "the proxy {proxy} wants a login of its own, which Delink cannot give; ask your IT department for a way without one"
    ),
    "proxy-wants-password": (
        "the proxy {proxy} wants a user name and a password; ask your IT department for a way without them, or set the "
        "variable HTTPS_PROXY to http://name:password@{proxy}"
    ),
    "proxy-wants-windows-login": (
        "the proxy {proxy} wants a Windows login (NTLM or Kerberos), which Delink cannot give; ask your IT department for a "
        "way without one"
    ),
}

ANSWERS: Mapping[str, str] = {
    "answer-empty-with-body": "an empty answer had a body",
    "answer-is-damaged": "it is damaged",
    "answer-leads-elsewhere": "it leads to another address",
    "answer-not-asked-for": "it is not what was asked for",
    "answer-not-json": "it is not JSON",
    "answer-not-of-accounts-server": "the accounts server gave no answer of its own",
    "answer-not-records": "it is not a list of records",
    "answer-of-server-error": "the server had an error",
    "answer-silent-on-links": "it does not say what became of the links",
    "list-changed-meanwhile": "the list changed while it was read",
    "list-has-no-end": "the list did not come to an end",
    "list-may-hide-records": "the list may hide records",
    "record-without-id": "a record has no id",
}

# The page that the browser shows when it comes back from Zoho.
RETURN_PAGES: Mapping[str, str] = {
    "not-the-answer": "This is not the answer",
    "waiting-for-another": "Delink waits for another one.",
    "you-are-back": "You are back",
    "page-can-be-closed": "Delink goes on by itself; you can close this page.",
}

CRM: Mapping[str, str] = {**CONNECTIONS, **CERTIFICATES, **PROXIES, **ANSWERS, **RETURN_PAGES}
