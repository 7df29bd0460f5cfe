"""The first meeting of a desk and its hub: the one-time code carries the CA's fingerprint, so it can be pinned."""

from __future__ import annotations

import hashlib
import warnings
from pathlib import Path

import requests
import urllib3
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from sync.client.transport import Transport
from sync.protocol.enrolment_code import FINGERPRINT_BYTES, EnrolmentCode
from sync.protocol.errors import Distrusted, Garbled, Unreachable
from sync.protocol.messages import Enrol, Enrolled
from sync.protocol.packing import pack, unpack

PATH = "/enrol"


def fetch_ca(url: str, code: EnrolmentCode, target: Path) -> None:
    """Store the hub's CA certificate when its fingerprint is the one in the code.

    Raises Unreachable when the hub does not answer, Distrusted when it is another hub.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", urllib3.exceptions.InsecureRequestWarning)
            reply = requests.get(f"{url.rstrip('/')}/ca", verify=False, timeout=(15, 45))
    except (requests.RequestException, OSError) as problem:
        raise Unreachable(str(problem)) from problem
    try:
        der = x509.load_pem_x509_certificate(reply.content).public_bytes(serialization.Encoding.DER)
    except ValueError as problem:
        raise Garbled("no certificate") from problem
    if hashlib.sha256(der).digest()[:FINGERPRINT_BYTES] != code.fingerprint:
        raise Distrusted("another hub's certificate")
    target.write_bytes(reply.content)


def enrol(transport: Transport, code: EnrolmentCode, name: str, public_key: str) -> Enrolled:
    """Ask the hub to take this desk in. `refused` in the answer says why not."""
    return unpack(transport.post(PATH, pack(Enrol(code.secret, name, public_key)), {}), Enrolled)
