import os
import traceback

import certifi
import pytest
from pydantic import SecretStr

from pipeline.settings import PREFIX, Settings, load_settings
from schemas import ConfigError


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch, tmp_path):
    """Stand in an empty folder, with no variable of ours."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


def test_works_without_any():
    """Every setting has a default, and they fit a machine with servers of its own."""
    settings = load_settings()
    assert settings.kafka_bootstrap_servers == "127.0.0.1:9092"
    assert settings.kafka_security() == {"security_protocol": "PLAINTEXT"}
    assert settings.worker_count() >= 1


def test_an_empty_variable_is_not_set(monkeypatch):
    """Compose passes on what is not there as an empty string."""
    monkeypatch.setenv("NEWSMILL_WORKERS", "")
    assert load_settings().workers == 0


def test_the_environment_wins_over_the_file(monkeypatch, tmp_path):
    """.env is read from the working directory; a variable outweighs it; strangers do no harm."""
    (tmp_path / ".env").write_text(
        "NEWSMILL_WORKERS=3\nNEWSMILL_CONTACT=desk@gazette.test\nELASTIC_PASSWORD=x\n"
    )
    monkeypatch.setenv("NEWSMILL_WORKERS", "5")
    settings = load_settings()
    assert (settings.workers, settings.contact) == (5, "desk@gazette.test")


def test_every_fault_is_told_at_once(monkeypatch, tmp_path):
    """Each wrong variable is named with where it stands and what it may hold."""
    monkeypatch.setenv("NEWSMILL_WORKERS", "many")
    monkeypatch.setenv("NEWSMILL_CLEANING", "harsh")
    (tmp_path / ".env").write_text("NEWSMILL_REPLICAS=0\n")
    with pytest.raises(ConfigError) as caught:
        load_settings()
    told = {fault.what.split(":")[0]: fault for fault in caught.value.faults}
    assert {name: fault.where for name, fault in told.items()} == {
        "NEWSMILL_WORKERS": "environment",
        "NEWSMILL_CLEANING": "environment",
        "NEWSMILL_REPLICAS": ".env or environment",
    }
    assert "'balanced' or 'careful'" in told["NEWSMILL_CLEANING"].what
    assert all("newsmill config show" in fault.what for fault in told.values())


def test_a_fault_never_tells_a_secret(monkeypatch):
    """The value of a variable is not repeated: it may be a password in the wrong place."""
    monkeypatch.setenv("NEWSMILL_WORKERS", "hunter2")
    with pytest.raises(ConfigError) as caught:
        load_settings()
    assert "hunter2" not in str(caught.value)


def test_a_secret_is_not_printed():
    """Neither str nor repr of the settings shows a password."""
    settings = Settings(
        _env_file=None, kafka_password=SecretStr("hunter2"), elasticsearch_api_key="hunter2"
    )
    assert "hunter2" not in f"{settings} {settings!r} {settings.model_dump()}"


def test_sasl_over_tls():
    """What Kafka's clients are given holds user, password and CA only where they are used."""
    authority = certifi.where()
    settings = Settings(
        _env_file=None, kafka_security_protocol="SASL_SSL", kafka_username="ann",
        kafka_password=SecretStr("hunter2"), kafka_ca_certs=authority,
    )  # fmt: skip
    assert settings.kafka_security() == {
        "security_protocol": "SASL_SSL", "ssl_cafile": authority,
        "sasl_mechanism": "SCRAM-SHA-512", "sasl_plain_username": "ann",
        "sasl_plain_password": "hunter2",
    }  # fmt: skip


def test_settings_do_not_change():
    """They are read once; a running worker keeps what it began with."""
    with pytest.raises(ValueError, match="frozen"):
        load_settings().workers = 2


@pytest.mark.parametrize("text", [None, "no certificate"])
def test_a_file_without_a_certificate_is_a_fault(monkeypatch, tmp_path, text):
    """Else a client would blame the server; the message says what could not be read."""
    if text:
        (tmp_path / "ca.pem").write_text(text)
    monkeypatch.setenv("NEWSMILL_KAFKA_CA_CERTS", "ca.pem")
    with pytest.raises(ConfigError, match="NEWSMILL_KAFKA_CA_CERTS: no certificate can be read"):
        load_settings()


def test_a_password_in_an_address_is_a_fault_that_does_not_repeat_it(monkeypatch):
    """Addresses are shown; not even the traceback of the fault shows this one."""
    monkeypatch.setenv("NEWSMILL_ELASTICSEARCH_URL", "https://ann:hunter2@search.test:9200")
    with pytest.raises(ConfigError, match="NEWSMILL_ELASTICSEARCH_PASSWORD") as caught:
        load_settings()
    assert "hunter2" not in "".join(traceback.format_exception(caught.value))
