"""Settings: what an operator chooses, read from the environment and ``.env``.

Read by the stream and the command line only; everything below gets its values as arguments.
"""

from __future__ import annotations

import os
import ssl
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from schemas import ConfigError, Fault

PREFIX = "NEWSMILL_"


class Settings(BaseSettings):
    """Every option, its default and what it is for; each is a variable ``NEWSMILL_<NAME>``."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True,
        hide_input_in_errors=True,  # a traceback prints the error, and the input may be a secret
    )  # fmt: skip

    kafka_bootstrap_servers: str = Field(
        "127.0.0.1:9092", description="Addresses of Kafka brokers: host:port, comma between."
    )
    kafka_security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        "PLAINTEXT", description="How to talk to Kafka."
    )
    kafka_ca_certs: str = Field("", description="File with the CA of the brokers.")
    kafka_sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = Field(
        "SCRAM-SHA-512", description="SASL mechanism, where the protocol is a SASL one."
    )
    kafka_username: str = Field("", description="SASL user.")
    kafka_password: SecretStr = Field(SecretStr(""), description="SASL password.")
    replicas: int = Field(1, ge=1, description="Copies of each partition when topics are made.")

    elasticsearch_url: str = Field(
        "http://127.0.0.1:9200", description="Address of Elasticsearch, scheme and port included."
    )
    elasticsearch_username: str = Field("", description="User; empty: no password is sent.")
    elasticsearch_password: SecretStr = Field(SecretStr(""), description="Password of the user.")
    elasticsearch_api_key: SecretStr = Field(SecretStr(""), description="API key, in place of it.")
    elasticsearch_ca_certs: str = Field("", description="File with the CA of Elasticsearch.")
    index_suffix: Literal["", "-next"] = Field(
        "", description="-next: index workers write what `newsmill reindex` is building."
    )
    index_shards: int = Field(1, ge=1, description="Shards of an index when it is made.")
    index_replicas: int = Field(0, ge=0, description="Copies of each shard when it is made.")

    workers: int = Field(
        0, ge=0, description="Processes for CPU work in each agent; 0: one for each core."
    )
    cpu_limit_secs: float = Field(10.0, gt=0, description="CPU time that one record may take.")
    memory_limit_mb: int = Field(512, ge=64, description="Memory a record may take, MiB.")
    cleaning: Literal["balanced", "careful"] = Field(
        "balanced", description="careful: loses at most 0.3 % of a story's words, cuts less."
    )
    classifier: Literal["on", "off"] = Field(
        "on", description="off: only rules cut lines, and pages are extracted without forests."
    )
    language: Literal["accurate", "fast"] = Field("accurate", description="How to annotate.")
    model: str = Field("", description="A spaCy pipeline in place of ours, e.g. en_core_web_sm.")

    state_dir: Path = Field(Path("state"), description="Folder for cursors, health and the index.")
    sources_dir: Path = Field(Path("seeds/sources"), description="Folder of the source files.")
    memory: str = Field(
        "",
        description="What sources repeat: number or file of a snapshot, `latest`, empty: none.",
    )
    contact: str = Field("", description="Who sites may write to; part of our user agent.")
    allow_private_hosts: tuple[str, ...] = Field(
        (), description="Hosts that may be read at a private address, as a JSON list."
    )
    log_format: Literal["auto", "text", "json"] = Field(
        "auto", description="auto: text on a terminal, else json."
    )

    @field_validator("kafka_ca_certs", "elasticsearch_ca_certs")
    @classmethod
    def readable(cls, file: str) -> str:
        """Refuse a file that holds no certificate: clients would complain of the server."""
        try:
            if file:
                ssl.create_default_context(cafile=file)
        except OSError as error:  # ssl.SSLError is one
            raise ValueError(f"no certificate can be read from this file ({error})") from error
        return file

    @field_validator("elasticsearch_url")
    @classmethod
    def without_password(cls, url: str) -> str:
        """Refuse a password in an address: addresses are shown."""
        if urlsplit(url).username is not None:
            raise ValueError(
                "no user and password in an address, it is shown in messages: set "
                "NEWSMILL_ELASTICSEARCH_USERNAME and NEWSMILL_ELASTICSEARCH_PASSWORD"
            )
        return url

    def kafka_security(self) -> dict[str, Any]:
        """Return the keyword arguments that kafka-python and Faust's credentials are made from."""
        given: dict[str, Any] = {"security_protocol": self.kafka_security_protocol}
        if self.kafka_ca_certs:
            given["ssl_cafile"] = self.kafka_ca_certs
        if self.kafka_security_protocol.startswith("SASL"):
            given["sasl_mechanism"] = self.kafka_sasl_mechanism
            given["sasl_plain_username"] = self.kafka_username
            given["sasl_plain_password"] = self.kafka_password.get_secret_value()
        return given

    def worker_count(self) -> int:
        """Return the number of processes for CPU work."""
        return self.workers or os.cpu_count() or 1

    def memory_dir(self) -> Path:
        """Return the folder of the snapshots of what sources repeat."""
        return self.state_dir / "memory"

    def local_index(self) -> Path:
        """Return the file of the embedded index."""
        return self.state_dir / "newsmill.db"


def load_settings() -> Settings:
    """Return the settings of this environment.

    Raises:
        ConfigError: naming each wrong variable, what it holds and what it may hold.

    """
    try:
        return Settings()
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        raise ConfigError(
            *(fault_of(f["loc"], str(f["msg"]).removeprefix("Value error, ")) for f in faults)
        ) from error


def fault_of(loc: tuple[int | str, ...], message: str) -> Fault:
    """Return what pydantic says of a variable as a fault that names the variable."""
    name = PREFIX + str(loc[0]).upper()
    where = "environment" if name in os.environ else ".env or environment"
    return Fault(where, f"{name}: {message}. Mend it there; `newsmill config show` prints them all")
