"""Coming in by the newsroom's own identity provider (OpenID Connect, code flow with PKCE), where `[desk] oidc_issuer` names one.

Authlib is an extra (`pip install postwatch[oidc]`). The provider is reached through the guard, which lets this one client go to it. Who
has no place at the desk gets none by having an account there.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from monitor.errors import NotUnderstood, PostwatchError, ServerTrouble, UnusableSettings
from monitor.jobs.context import pair_of
from monitor.settings.secrets import read_secret
from monitor.web.people.secrets import new_secret, same, signed

if TYPE_CHECKING:
    from authlib.integrations.requests_client import OAuth2Session

    from monitor.web.desk import Desk

SECRET = "POSTWATCH_OIDC_SECRET"  # noqa: S105  # the name of the variable
_SECONDS = 15
_SCOPE = "openid profile email"


@dataclass(frozen=True, slots=True)
class Asked:
    """A login on its way: what the browser keeps until it comes back, signed."""

    state: str
    nonce: str
    verifier: str
    there: str

    def packed(self, key: bytes) -> str:
        """For a cookie."""
        words = json.dumps([self.state, self.nonce, self.verifier, self.there])
        return f"{signed(key, 'oidc', words)}{words.encode().hex()}"

    @classmethod
    def unpacked(cls, key: bytes, text: str) -> "Asked | None":
        """From a cookie that we signed, or None."""
        try:
            words = bytes.fromhex(text[32:]).decode()
        except ValueError:
            return None
        return cls(*json.loads(words)) if same(text[:32], signed(key, "oidc", words)) else None


def begin(desk: "Desk", back: str, there: str) -> tuple[str, str]:
    """(where to send the browser, what its cookie holds). Raises errors of our tree."""
    asked = Asked(new_secret(), new_secret(), new_secret() + new_secret()[:20], there)
    with _client(desk, back) as client:
        url, _ = client.create_authorization_url(
            str(_known(client, desk)["authorization_endpoint"]),
            state=asked.state,
            nonce=asked.nonce,
            code_verifier=asked.verifier,
        )
    return str(url), asked.packed(desk.key)


def finish(desk: "Desk", back: str, asked: Asked, query: Mapping[str, str]) -> tuple[str, str]:
    """(stable subject, name) of who came back. Raises errors of our tree."""
    if not same(query.get("state", ""), asked.state) or "code" not in query:
        raise NotUnderstood(f"the login did not come to its end: {query.get('error', 'begin anew')}"[:200])
    with _client(desk, back) as client:
        known = _known(client, desk)
        token = _told(
            lambda: client.fetch_token(
                str(known["token_endpoint"]),
                code=query["code"],
                code_verifier=asked.verifier,
                grant_type="authorization_code",
                timeout=_SECONDS,
            )
        )
        keys = _told(
            lambda: client.request("GET", str(known["jwks_uri"]), withhold_token=True, timeout=_SECONDS).json()
        )
    claims = _claims(desk, token, keys, asked.nonce)
    name = claims.get("preferred_username") or claims.get("email") or claims["sub"]
    return f"{claims['iss']}#{claims['sub']}", str(name)


def _client(desk: "Desk", back: str) -> "OAuth2Session":
    try:
        from authlib.integrations.requests_client import OAuth2Session
    except ImportError as exc:
        raise UnusableSettings(["[desk] oidc_issuer needs Authlib: pip install 'postwatch[oidc]'"]) from exc
    options = desk.options
    client = OAuth2Session(
        options.oidc_client_id,
        read_secret(SECRET, os.environ, desk.settings.home / "config" / "secrets")[0],
        scope=_SCOPE,
        redirect_uri=back,
        code_challenge_method="S256",
    )
    proxy = desk.context.guard.pass_for("oidc", also=[pair_of(options.oidc_issuer)])
    client.proxies, client.trust_env = {"http": proxy, "https": proxy}, False
    return client


def _known(client: "OAuth2Session", desk: "Desk") -> Mapping[str, Any]:
    """What the provider tells of itself; it must be who it was asked as."""
    issuer = desk.options.oidc_issuer
    url = f"{issuer}/.well-known/openid-configuration"
    found = _told(lambda: client.request("GET", url, withhold_token=True, timeout=_SECONDS).json())
    if not isinstance(found, dict) or str(found.get("issuer", "")).rstrip("/") != issuer:
        raise NotUnderstood(f"{url} does not tell of {issuer}")
    return found


def _claims(desk: "Desk", token: Mapping[str, Any], keys: Any, nonce: str) -> Mapping[str, Any]:
    from authlib.oidc.core import CodeIDToken
    from joserfc import jwt
    from joserfc.jwk import KeySet

    def checked() -> Mapping[str, Any]:
        decoded = jwt.decode(token["id_token"], KeySet.import_key_set(keys), algorithms=["RS256", "ES256", "EdDSA"])
        wanted = {
            "iss": {"essential": True, "values": [desk.options.oidc_issuer, f"{desk.options.oidc_issuer}/"]},
            "aud": {"essential": True, "value": desk.options.oidc_client_id},
        }
        claims = CodeIDToken(
            decoded.claims, decoded.header, wanted, {"nonce": nonce, "client_id": desk.options.oidc_client_id}
        )
        claims.validate(leeway=60)
        return dict(claims)

    found: Mapping[str, Any] = _told(checked)
    return found


def _told(work: Any) -> Any:
    """What the work gives; what the libraries raise becomes an error of our tree."""
    try:
        return work()
    except PostwatchError:
        raise
    except Exception as exc:
        kind = ServerTrouble if "requests" in type(exc).__module__ else NotUnderstood
        raise kind(f"the identity provider: {type(exc).__name__}: {exc}"[:300]) from exc
