import json
import os
from urllib.request import urlopen

from authlib.jose import JsonWebKey, JsonWebToken

ISSUER = os.environ.get("SESAMY_ISSUER", "https://token.sesamy.com/")
AUDIENCE = "https://api.sesamy.com"
PUBLISHER_ID = "your-publisher-id"

# Fetch again when a key id is unknown, at most every 30 seconds: keys are rotated.
with urlopen(f"{ISSUER}.well-known/jwks.json", timeout=5) as response:
    KEYS = JsonWebKey.import_key_set(json.load(response))


def verify(token: str) -> dict:
    """Returns the claims of a reader's access token; raises an error for any other."""
    claims = JsonWebToken(["RS256"]).decode(
        token,
        KEYS,
        claims_options={
            "iss": {"essential": True, "value": ISSUER},
            "aud": {"essential": True, "value": AUDIENCE},
            "exp": {"essential": True},
            "sub": {"essential": True},
        },
    )
    claims.validate(leeway=10)
    if claims.header.get("typ", "JWT").lower() not in ("jwt", "at+jwt"):
        raise ValueError("The token is of another type than an access token.")
    if claims.get("vendor_id", claims.get("tenant_id")) != PUBLISHER_ID:
        raise ValueError("The token belongs to another publisher.")
    if "sid" not in claims and "email" not in claims:
        raise ValueError("The token is an application's, not a reader's.")
    if "cnf" in claims:
        raise ValueError("The token is bound to a key, of which there is no proof.")
    return claims
