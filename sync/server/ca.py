"""The hub's own certificate authority: desks pin it at enrolment and trust no other."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CA_DAYS = 365 * 30
SERVER_DAYS = 365 * 10
RENEW_DAYS = 365
"""A server certificate with less than this left is made anew at the next start."""
_EARLY = timedelta(days=1)
_LOCAL = ("localhost", "127.0.0.1")


class Authority:
    """The hub's CA and server certificate in one folder, keys readable by their owner alone."""

    def __init__(self, folder: Path) -> None:
        self.ca_file = folder / "ca.pem"
        self.ca_key_file = folder / "ca-key.pem"
        self.server_file = folder / "server.pem"
        self.server_key_file = folder / "server-key.pem"

    def found(self, district: str, now: datetime) -> None:
        """Make the CA. Raises FileExistsError when there is one: desks have pinned it."""
        if self.ca_file.exists():
            raise FileExistsError(self.ca_file)
        key = ec.generate_private_key(ec.SECP256R1())
        name = _name(f"Fengqiao hub {district}")
        builder = _certificate(name, name, key, now, CA_DAYS)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        builder = builder.add_extension(_usage(signs_certificates=True), critical=True)
        _keep_key(self.ca_key_file, key)
        _keep(self.ca_file, _pem(builder.sign(key, hashes.SHA256())))

    def issue(self, hosts: Sequence[str], now: datetime) -> None:
        """Make a server certificate for these host names and addresses."""
        ca = x509.load_pem_x509_certificate(self.ca_file.read_bytes())
        ca_key = serialization.load_pem_private_key(self.ca_key_file.read_bytes(), None)
        if not isinstance(ca_key, ec.EllipticCurvePrivateKey):
            raise ValueError("not our CA key")
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _certificate(_name(hosts[0] if hosts else "localhost"), ca.subject, key, now, SERVER_DAYS)
        own = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key())
        for extension, critical in (
            (x509.BasicConstraints(ca=False, path_length=None), True),
            (_usage(signs_certificates=False), True),
            (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
            (x509.SubjectAlternativeName([_alternative(h) for h in dict.fromkeys((*hosts, *_LOCAL))]), False),
            (own, False),
        ):
            builder = builder.add_extension(extension, critical=critical)
        _keep_key(self.server_key_file, key)
        _keep(self.server_file, _pem(builder.sign(ca_key, hashes.SHA256())))

    def renew_if_due(self, hosts: Sequence[str], now: datetime) -> bool:
        """Make the server certificate anew when it is missing or has less than a year left; whether it was."""
        if self.server_file.exists():
            held = x509.load_pem_x509_certificate(self.server_file.read_bytes())
            if held.not_valid_after_utc - now > timedelta(days=RENEW_DAYS):
                return False
        self.issue(hosts, now)
        return True


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - _EARLY)
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _keep_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    _keep(path, pem, mode=0o600)


def _keep(path: Path, pem: bytes, mode: int = 0o644) -> None:
    """Whole or not at all, and never readable by others for a moment."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=mode)
    fresh.write_bytes(pem)
    fresh.replace(path)
