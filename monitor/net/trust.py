"""Whose certificates are believed. Reading the authorities takes some 20 ms, too much for each delivery anew."""

import ssl
from functools import lru_cache
from pathlib import Path


def trust(ca_bundle: str | None) -> ssl.SSLContext:
    """TLS that believes the authorities of a PEM file, read anew when it changes; else those that come with httpx.

    Raises OSError for a file that cannot be read. Shared by connections, so nobody may change it.
    """
    return _read(ca_bundle, Path(ca_bundle).stat().st_mtime_ns) if ca_bundle else _read("", 0)


@lru_cache(maxsize=4)
def _read(ca_bundle: str, _changed_at: int) -> ssl.SSLContext:
    if ca_bundle:
        return ssl.create_default_context(cafile=ca_bundle)
    import httpx

    return httpx.create_ssl_context(trust_env=False)
