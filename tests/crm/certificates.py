"""An authority of the tests' own and the certificates that it gives out, good ones and bad ones."""

import datetime
import ipaddress
import ssl
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
_NOW = datetime.datetime.now(datetime.UTC)
_WEAK_BITS = 1024
_DAY = datetime.timedelta(days=1)


class Authority:
    """Signs certificates; ``file`` is what a computer that trusts it has in its store."""

    def __init__(self, folder: Path, name: str = "Delink tests") -> None:
        self._folder = folder
        self._key: PrivateKey = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        certificate = (
            _begun(self._name, self._name, self._key, _NOW + 30 * _DAY)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(usage, critical=True)
            .sign(self._key, hashes.SHA256())
        )
        self.file = folder / f"{name.replace(' ', '-')}.pem"
        self.file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))

    def server_context(self, *names: str, ends: int = 30, weak: bool = False, own: bool = False) -> ssl.SSLContext:
        """What a server needs to show a certificate for names or addresses; ``own``: signed by itself."""
        key: PrivateKey = rsa.generate_private_key(65537, _WEAK_BITS) if weak else ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
        known = x509.SubjectAlternativeName([_general(name) for name in names])
        certificate = (
            _begun(subject, subject if own else self._name, key, _NOW + ends * _DAY, key if own else self._key)
            .add_extension(known, critical=False)
            .sign(key if own else self._key, hashes.SHA256())
        )
        path = self._folder / f"{names[0]}-{ends}-{weak}-{own}.pem"
        form = serialization.PrivateFormat.TraditionalOpenSSL
        path.write_bytes(
            key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if weak:
            context.set_ciphers("ALL:@SECLEVEL=0")
        context.load_cert_chain(path)
        return context


def _begun(
    subject: x509.Name, issuer: x509.Name, key: PrivateKey, ends: datetime.datetime, signer: PrivateKey | None = None
) -> x509.CertificateBuilder:
    above = (signer or key).public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(min(_NOW, ends) - 10 * _DAY)
        .not_valid_after(ends)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(above), critical=False)
    )


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)
