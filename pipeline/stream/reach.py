"""Whether Kafka lets us in as the settings say, and if not, why not, in a sentence.

The clients only say that they could not begin: kafka-python drops what the broker answered to a
wrong password, and both log a complaint for each try.  So one connection is opened by hand.
"""

from __future__ import annotations

import asyncio
import ssl
from socket import gaierror
from typing import Any

from aiokafka.conn import collect_hosts, create_conn
from aiokafka.errors import (
    IllegalSaslStateError,
    KafkaError,
    SaslAuthenticationFailed,
    UnsupportedSaslMechanismError,
)
from aiokafka.protocol.metadata import MetadataRequest

from pipeline.settings import Settings
from pipeline.trust import certificate_trouble
from schemas import ServiceUnavailable

KNOCK_SECS = 10.0
NOT_LET_IN = (SaslAuthenticationFailed, UnsupportedSaslMechanismError, IllegalSaslStateError)


def why_not(settings: Settings) -> str:
    """Return why no broker lets us in, and what to do; "" where one does.

    Takes `KNOCK_SECS` for each broker at most.
    """
    return asyncio.run(refusal(settings))


async def refusal(settings: Settings) -> str:
    """Return what `why_not` does, within a loop that runs."""
    reasons = []
    for host, port, _ in collect_hosts(settings.kafka_bootstrap_servers, randomize=False):
        try:
            async with asyncio.timeout(KNOCK_SECS):
                await knock(host, port, settings)
        except (OSError, KafkaError) as error:  # a time-out is an OSError
            reasons.append(f"{host}:{port}: {told(error, settings)}")
        else:
            return ""
    return "; ".join(reasons)


async def knock(host: str, port: int, settings: Settings) -> None:
    """Sign in to one broker and ask it for nothing; raises what its answer is."""
    given = settings.kafka_security()
    wanted = {name: value for name, value in given.items() if name != "ssl_cafile"}
    connection = await create_conn(
        host, port, ssl_context=tls(settings), request_timeout_ms=int(KNOCK_SECS * 1000), **wanted
    )
    try:
        await connection.send(MetadataRequest([]))  # who was to sign in first is shut out here
    finally:
        connection.close()


def tls(settings: Settings) -> ssl.SSLContext | None:
    """Return what the brokers' certificates are checked with; None where there is no TLS."""
    if not settings.kafka_security_protocol.endswith("SSL"):
        return None
    return ssl.create_default_context(cafile=settings.kafka_ca_certs or None)


def told(error: BaseException, settings: Settings) -> str:
    """Return what a broker's answer means, and which setting is to be looked at."""
    trouble: Any = certificate_trouble(str(error), "NEWSMILL_KAFKA_CA_CERTS")
    if trouble:
        return str(trouble)
    if isinstance(error, NOT_LET_IN):
        return (
            f"it does not let {settings.kafka_username!r} in by {settings.kafka_sasl_mechanism}: "
            "are NEWSMILL_KAFKA_USERNAME, NEWSMILL_KAFKA_PASSWORD and "
            "NEWSMILL_KAFKA_SASL_MECHANISM right?"
        )
    if isinstance(error, gaierror):
        return "no machine has this name: is NEWSMILL_KAFKA_BOOTSTRAP_SERVERS right?"
    if isinstance(error, KafkaError | TimeoutError):
        return (
            f"it does not answer in {settings.kafka_security_protocol}: is "
            "NEWSMILL_KAFKA_SECURITY_PROTOCOL what this port speaks?"
        )
    return (
        f"nobody takes the connection ({error.strerror if isinstance(error, OSError) else error})"
    )


def check(settings: Settings) -> None:
    """Do nothing if Kafka lets us in; a client that is made next will be able to begin.

    Raises:
        ServiceUnavailable: it does not, for each broker why and what to do.

    """
    if reason := why_not(settings):
        raise ServiceUnavailable(f"Kafka does not let us in. {reason}")
