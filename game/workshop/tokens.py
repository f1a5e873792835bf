"""Codes to join with, and tokens that say who somebody is: all made from a session's secret.

A token is a name and a code of 128 bits over it, so that none needs to be kept, and all of them
hold after a restart.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

# Without 0 O, 1 I L, 5 S, 8 B, U V: read from a wall by forty people.
ALPHABET = "234679ACDEFGHJKMNPQRTWXYZ"
CODE_LENGTH = 6


def new_id() -> str:
    return secrets.token_hex(8)


def new_secret() -> str:
    return secrets.token_hex(32)


def new_nonce() -> str:
    """For a form that must count only once, and for links that work only once."""
    return secrets.token_hex(16)


def join_code(secret: str) -> str:
    """The six characters on the wall; the same for a session as long as it lives."""
    number = int.from_bytes(_mac(secret, "code")[:8], "big")
    letters = []
    for _ in range(CODE_LENGTH):
        number, k = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[k])
    return "".join(letters)


def typed_code(text: str) -> str:
    """A code as somebody typed it: spaces, dashes and small letters are forgiven."""
    return "".join(c for c in text.upper() if c.isalnum())[:20]


def typed_nonce(text: str) -> str:
    """A nonce as it came back in a form, without what no nonce of ours has in it."""
    return "".join(c for c in text[:64] if c.isascii() and c.isalnum())


def token(secret: str, who: str) -> str:
    """What the browser of somebody keeps: `p12.5f…`."""
    return f"{who}.{_mac(secret, f'token:{who}')[:16].hex()}"


def owner(secret: str, text: str) -> str | None:
    """Whose token it is; None for one that was made up."""
    who, dot, _ = text.partition(".")
    if not dot or len(text) > 80 or not who.isascii():
        return None
    return who if hmac.compare_digest(token(secret, who).encode(), text.encode()) else None


def _mac(secret: str, text: str) -> bytes:
    return hmac.new(bytes.fromhex(secret), text.encode(), hashlib.sha256).digest()
