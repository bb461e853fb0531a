"""Reads an ID token, and takes it only if everything about it is right.

Only signatures with the provider's own public keys count. Which kinds of signature are taken stands
here and not in the token: with "none" anybody could write one, and with HS256 everybody who knows
the public key.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from riskq.services.accounts import Identity
from riskq.services.provider.attempt import Attempt
from riskq.services.provider.endpoints import Known
from riskq.services.provider.errors import TokenRefusedError
from riskq.sign_in_settings import ProviderSettings

if TYPE_CHECKING:
    from joserfc.jwk import Key

__all__ = ["UnknownKeyError", "read_token"]

_ALGORITHMS = ("RS256", "ES256", "PS256")
_KINDS = frozenset({"RSA", "EC"})
_LEEWAY = 60
_JUST_NOW = 600
"""Seconds for which a provider has seen somebody just now: as long as a session counts as fresh."""
_LONGEST = 16_000
_LONGEST_TEXT = 255


class UnknownKeyError(TokenRefusedError):
    """The token names a key that the provider did not have when it was asked."""


def read_token(
    text: str, known: Known, settings: ProviderSettings, attempt: Attempt, now: datetime
) -> Identity:
    """Whom a token proves; raises ``TokenRefusedError``."""
    from authlib.oidc.core import CodeIDToken
    from joserfc.errors import JoseError

    header, claims = _signed(text, known)
    wanted = {
        "iss": {"essential": True, "value": known.endpoints.issuer},
        "aud": {"essential": True, "value": settings.client_id},
    }
    params = {"nonce": attempt.nonce, "client_id": settings.client_id}
    try:
        CodeIDToken(claims, header, wanted, params).validate(int(now.timestamp()), _LEEWAY)
    except JoseError as error:
        raise TokenRefusedError(f"{error.error} {getattr(error, 'claim', '')}".strip()) from error
    if attempt.anew:
        _expect_just_now(claims, now)
    return _identity(claims)


def _expect_just_now(claims: Mapping[str, Any], now: datetime) -> None:
    """Refuse somebody whom the provider only remembered, though it was asked not to.

    What a browser is sent there with can be changed on its way. A provider that does not say when
    it saw the person last cannot be held to it.
    """
    at = claims.get("auth_time")
    # A number of JSON: some write it with a fraction.
    if at is not None and not (isinstance(at, int | float) and now.timestamp() - at <= _JUST_NOW):
        raise TokenRefusedError("auth_time")


def _signed(text: str, known: Known) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims of a token whose signature holds."""
    from joserfc import jwt
    from joserfc.errors import InvalidKeyIdError, JoseError
    from joserfc.jwk import KeySet

    if len(text) > _LONGEST:
        raise TokenRefusedError("length")
    try:
        # Others than these are refused before a key is looked for.
        token = jwt.decode(text, KeySet(_keys(known)), algorithms=_ALGORITHMS)
    except InvalidKeyIdError as error:
        raise UnknownKeyError("key") from error
    except JoseError as error:
        raise TokenRefusedError(error.error) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise TokenRefusedError(type(error).__name__) from error
    return token.header, token.claims


def _keys(known: Known) -> list[Key]:
    """The provider's keys; one that we cannot read makes the others no worse."""
    from joserfc.errors import JoseError
    from joserfc.jwk import JWKRegistry

    keys: list[Key] = []
    for key in filter(_is_usable, known.keys):
        with contextlib.suppress(JoseError, ValueError, TypeError, KeyError, AttributeError):
            keys.append(JWKRegistry.import_key(dict(key)))
    return keys


def _is_usable(key: Mapping[str, Any]) -> bool:
    """Whether a key is a public one that signs."""
    return key.get("kty") in _KINDS and key.get("use", "sig") == "sig" and "d" not in key


def _identity(claims: Mapping[str, Any]) -> Identity:
    subject, email, name = (claims.get(each) for each in ("sub", "email", "name"))
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_TEXT:
        raise TokenRefusedError("subject")
    return Identity(
        str(claims["iss"]),
        subject,
        email if isinstance(email, str) else "",
        # A text "true" is no yes: whoever may write texts there should prove nothing by them.
        claims.get("email_verified") is True,
        name.strip() if isinstance(name, str) and name.isprintable() else "",
    )
