"""The Faust app of one stage, with the settings that were measured to survive.

Each value that differs from Faust's default is there for a fault that was seen on real brokers; the
reasons stand beside them and in docs/explanation/delivery.md.
"""

from __future__ import annotations

import ssl
from typing import Any

import faust

from pipeline.settings import Settings
from pipeline.stream.groups import group
from schemas.topics import MAX_MESSAGE_BYTES, MAX_RECORD_BYTES, Topic

WEEK_SECS = 7 * 86_400.0


def make_app(stage: str, lane: str, settings: Settings) -> faust.App:
    """Return the app of *stage*; nothing is connected yet."""
    brokers = ";".join(f"kafka://{one}" for one in settings.kafka_bootstrap_servers.split(","))
    return faust.App(
        group(stage, lane),
        broker=brokers,
        broker_credentials=credentials(settings),
        store="memory://",
        autodiscover=False,
        # A bug ends the process: a restart reads again what was not acked.
        agent_supervisor="mode.supervisors.CrashingSupervisor",
        consumer_auto_offset_reset="earliest",
        # With the default of 1,200 s a worker stands still when connections go silent.
        producer_request_timeout=30.0,
        broker_request_timeout=40.0,
        broker_session_timeout=15.0,
        broker_heartbeat_interval=3.0,
        broker_commit_interval=1.0,
        # Else idle or waiting workers are thrown out of their group and deadlock.
        broker_max_poll_interval=WEEK_SECS,
        producer_acks=-1,
        # Kafka counts the batch and its headers too, so a little more than the largest record.
        producer_max_request_size=MAX_RECORD_BYTES + (1 << 20),
        consumer_max_fetch_size=MAX_MESSAGE_BYTES + (1 << 20),
        stream_wait_empty=True,
        stream_buffer_maxsize=256,
        table_standby_replicas=0,
        # Topics are declared by `newsmill topics apply`, never by a worker.
        topic_allow_declare=False,
        topic_disable_leader=True,
        web_enabled=False,
        web_tables_enabled=False,
        web_router_enabled=False,
        worker_redirect_stdouts=False,
    )


def raw_topic(app: faust.App, topic: Topic) -> Any:
    """Return *topic* as Faust knows it: raw bytes in, raw bytes out."""
    return app.topic(topic.name, key_type=bytes, value_type=bytes, key_serializer="raw",
                     value_serializer="raw", allow_empty=True)  # fmt: skip


def credentials(settings: Settings) -> Any:
    """Return what Faust authenticates with, or None."""
    context = None
    if settings.kafka_security_protocol.endswith("SSL"):
        context = ssl.create_default_context(cafile=settings.kafka_ca_certs or None)
    if settings.kafka_security_protocol.startswith("SASL"):
        return faust.SASLCredentials(
            username=settings.kafka_username,
            password=settings.kafka_password.get_secret_value(),
            mechanism=settings.kafka_sasl_mechanism,
            ssl_context=context,
        )
    return faust.SSLCredentials(context) if context else None
