"""A small OpenID provider on this machine, which does as it is told, wrong things among them.

Its keys, tokens and answers are real; ``twist`` changes the claims of the next tokens, ``sign``
how they are signed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

__all__ = ["CLIENT", "SECRET", "OpenIdProvider", "running"]

CLIENT, SECRET = "riskq", "a secret of the client"

Claims = dict[str, Any]
Sign = Callable[["OpenIdProvider", Claims], str]

_RSA = rsa.generate_private_key(65537, 2048)
_OTHER_RSA = rsa.generate_private_key(65537, 2048)
_EC = ec.generate_private_key(ec.SECP256R1())


def coded(content: bytes) -> str:
    """Base64 as tokens have it."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def number(value: int) -> str:
    """A number of a key."""
    return coded(value.to_bytes((value.bit_length() + 7) // 8))


def part(value: Any) -> str:
    """A part of a token."""
    return coded(json.dumps(value).encode())


def _body(header: Claims, claims: Claims) -> str:
    return f"{part({'typ': 'JWT', **header})}.{part(claims)}"


def by_rsa(provider: OpenIdProvider, claims: Claims) -> str:
    """Sign as most providers do."""
    body = _body({"alg": "RS256", "kid": provider.kid}, claims)
    return f"{body}.{coded(_RSA.sign(body.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


def by_pss(_: OpenIdProvider, claims: Claims) -> str:
    """Sign by RSA with a salt."""
    body = _body({"alg": "PS256", "kid": "salted"}, claims)
    salted = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
    return f"{body}.{coded(_RSA.sign(body.encode(), salted, hashes.SHA256()))}"


def by_ec(_: OpenIdProvider, claims: Claims) -> str:
    """Sign by an elliptic curve."""
    body = _body({"alg": "ES256", "kid": "curve"}, claims)
    r, s = decode_dss_signature(_EC.sign(body.encode(), ec.ECDSA(hashes.SHA256())))
    return f"{body}.{coded(r.to_bytes(32) + s.to_bytes(32))}"


def by_nobody(_: OpenIdProvider, claims: Claims) -> str:
    """Sign nothing, and say so."""
    return f"{_body({'alg': 'none'}, claims)}."


def by_public_key(provider: OpenIdProvider, claims: Claims) -> str:
    """Sign by what everybody knows: the public key, as if it were a secret."""
    body = _body({"alg": "HS256", "kid": provider.kid}, claims)
    key = _RSA.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return f"{body}.{coded(hmac.digest(key, body.encode(), 'sha256'))}"


def by_stranger(provider: OpenIdProvider, claims: Claims) -> str:
    """Sign by a key that is not the provider's, under the name of one that is."""
    body = _body({"alg": "RS256", "kid": provider.kid}, claims)
    return f"{body}.{coded(_OTHER_RSA.sign(body.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


def by_another_kind(_: OpenIdProvider, claims: Claims) -> str:
    """Name a key of another kind than the signature."""
    body = _body({"alg": "RS256", "kid": "curve"}, claims)
    return f"{body}.{coded(_RSA.sign(body.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


def by_own_key(_: OpenIdProvider, claims: Claims) -> str:
    """Bring the key along in the token itself."""
    public = _OTHER_RSA.public_key().public_numbers()
    key = {"kty": "RSA", "n": number(public.n), "e": number(public.e)}
    body = _body({"alg": "RS256", "jwk": key}, claims)
    return f"{body}.{coded(_OTHER_RSA.sign(body.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


class OpenIdProvider:
    """Whom it knows, what it answers, and what it was asked."""

    def __init__(self, issuer: str, now: Callable[[], float] = time.time) -> None:
        self.issuer = issuer
        self.now = now
        self.kid = "first"
        self.person: Claims = {
            "sub": "aida-1",
            "email": "aida@alatau.example",
            "email_verified": True,
            "name": "Aida",
        }
        self.twist: Claims = {}
        self.sign: Sign = by_rsa
        self.discovered: Claims = {}
        self.says_no = ""
        self.asked: list[str] = []
        self.codes: dict[str, Claims] = {}

    def configuration(self) -> Claims:
        """What the provider tells of itself."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            **self.discovered,
        }

    def keys(self) -> Claims:
        """The public keys, one that encrypts and one of a kind that nobody knows among them."""
        public, curve = _RSA.public_key().public_numbers(), _EC.public_key().public_numbers()
        rsa_key = {"kty": "RSA", "n": number(public.n), "e": number(public.e)}
        point = {"x": coded(curve.x.to_bytes(32)), "y": coded(curve.y.to_bytes(32))}
        return {
            "keys": [
                {"kty": "XYZ", "kid": "strange"},
                {**rsa_key, "kid": "sealed", "use": "enc"},
                {**rsa_key, "kid": self.kid, "use": "sig", "alg": "RS256"},
                {**rsa_key, "kid": "salted", "alg": "PS256"},
                {"kty": "EC", "crv": "P-999", "kid": "future", **point},
                {"kty": "RSA", "kid": "broken", "n": "!", "e": 5},
                {"kty": "EC", "crv": "P-256", "kid": "curve", **point},
            ]
        }

    def authorize(self, query: dict[str, str]) -> str:
        """Let the person in, and give the address to go back to."""
        back = {"state": query["state"], "iss": self.issuer}
        if self.says_no:
            return f"{query['redirect_uri']}?{urlencode({**back, 'error': self.says_no})}"
        assert query["response_type"] == "code"
        assert query["client_id"] == CLIENT
        assert query["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(12)
        self.codes[code] = dict(query)
        return f"{query['redirect_uri']}?{urlencode({**back, 'code': code})}"

    def token(self, form: dict[str, str], login: str) -> tuple[int, Claims]:
        """The token for a code, once, for whoever set out with it."""
        begun = self.codes.pop(form.get("code", ""), None)
        known = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        posted = (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
        if login != f"Basic {known}" and not posted:
            return 401, {"error": "invalid_client"}
        proof = coded(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if begun is None or begun["code_challenge"] != proof:
            return 400, {"error": "invalid_grant"}
        assert form["redirect_uri"] == begun["redirect_uri"]
        now = int(self.now())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300}
        claims |= {"nonce": begun["nonce"], **self.person, **self.twist}
        claims = {name: value for name, value in claims.items() if value is not None}
        token = self.sign(self, claims)
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": token}


class _Desk(BaseHTTPRequestHandler):
    provider: OpenIdProvider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.provider.asked.append(parts.path)
        if parts.path == "/.well-known/openid-configuration":
            self.say(200, self.provider.configuration())
        elif parts.path == "/keys":
            self.say(200, self.provider.keys())
        elif parts.path == "/authorize":
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(query))
            self.end_headers()
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.provider.asked.append(self.path)
        form = {name: values[0] for name, values in parse_qs(text).items()}
        self.say(*self.provider.token(form, self.headers.get("Authorization", "")))

    def say(self, status: int, content: Claims) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def running(now: Callable[[], float] = time.time, port: int = 0) -> Iterator[OpenIdProvider]:
    """A provider that answers, on a port of this machine."""
    desk: Any = type("Desk", (_Desk,), {})
    with ThreadingHTTPServer(("127.0.0.1", port), desk) as server:
        provider = OpenIdProvider(f"http://127.0.0.1:{server.server_port}", now)
        desk.provider = provider
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
