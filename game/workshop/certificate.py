"""The certificate that a facilitator brings, tried before anything is served with it."""

from __future__ import annotations

import ssl
from pathlib import Path

from game.workshop.trouble import HostError


def try_certificate(certificate: Path | None, key: Path | None) -> None:
    """Nothing for one that can be served, or none; raises :class:`HostError` (H003)."""
    if certificate is None:
        if key is not None:
            raise _refused(key, "a key alone is no certificate", "name its --tls-cert too")
        return
    for path in (certificate, key or certificate):
        try:
            path.read_bytes()
        except OSError as problem:
            why = problem.strerror or str(problem)
            raise _refused(path, why, "name a file that is there") from None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(certificate, key, password=_locked)
    except _Locked:
        raise _refused(
            key or certificate, "the key is locked with a password",
            "take the password off a copy: openssl pkey -in KEY -out OPEN-KEY",
        ) from None  # fmt: skip
    except (ssl.SSLError, OSError) as problem:
        why = getattr(problem, "reason", None) or str(problem)
        if key is None and b"PRIVATE KEY" not in certificate.read_bytes():
            raise _refused(certificate, "there is no key in it", "name it with --tls-key") from None
        raise _refused(certificate, why.replace("_", " ").lower(), "try another one") from None


class _Locked(Exception):
    """The key wants a password."""


def _locked() -> str:
    raise _Locked


def _refused(path: Path, why: str, fix: str) -> HostError:
    return HostError(
        "H003", f"this certificate cannot be served with: {why}",
        "a PEM file with a certificate and its chain, and its key in it or beside it", fix,
        str(path),
    )  # fmt: skip
