"""Certificates: what is wrong with a server's, in words, whichever client complains."""

from __future__ import annotations

TROUBLES = {
    "has expired": "its certificate has expired: renew it on the server",
    "not yet valid": "its certificate is not valid yet: is the clock of this machine right?",
    "mismatch": "its certificate is for another name: use the name that it was made for",
    "self-signed": "no authority that is trusted here signed its certificate: name the file of "
    "its authority in {setting}",
    "unable to get": "the authority that signed its certificate is not trusted here: name the "
    "file of that authority in {setting}",
    "CERTIFICATE_VERIFY_FAILED": "its certificate is not trusted: is {setting} the file of its "
    "authority?",
    "[SSL": "it does not speak TLS as we do: is this the right port, and is it TLS there?",
}
"""What OpenSSL says, to what is to be done; the first that fits."""


def certificate_trouble(said: str, setting: str) -> str:
    """Return what an error says of a server's certificate, and what to do; "" for other errors.

    >>> certificate_trouble("[SSL: CERTIFICATE_VERIFY_FAILED] certificate has expired", "CA")
    'its certificate has expired: renew it on the server'
    >>> certificate_trouble("[SSL: CERTIFICATE_VERIFY_FAILED] unable to get issuer", "CA")[-32:]
    'the file of that authority in CA'
    >>> certificate_trouble("connection refused", "CA")
    ''
    """
    if "[SSL" not in said:
        return ""
    return next((to_do for words, to_do in TROUBLES.items() if words in said), "").format(
        setting=setting
    )
