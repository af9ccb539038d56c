# Each recipe is a line or two; `make` alone lists them.
PY := .venv/bin/python
ADD := .venv/bin/uv pip install --quiet --python $(PY) --group
export PIP_DISABLE_PIP_VERSION_CHECK := 1

help:            ## list what there is
	@sed -n 's/^\([a-z-]*\): .*## /\1\t/p' Makefile | expand -t 14

.venv/.ready: requirements.lock requirements-dev.lock pyproject.toml
	python3 -m venv .venv
	$(PY) -m pip install --quiet --require-hashes -r requirements-dev.lock
	$(PY) -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch .venv/.ready

setup: .venv/.ready ## install everything into .venv, pinned by hashes

demo: setup      ## the sample articles, end to end, with no server
	.venv/bin/newsmill demo

test: setup      ## unit, contract, golden and live tests; real servers where Java and Maven are
	$(PY) -m pytest

check: setup     ## lint, types, floors, generated files, commands in the docs
	.venv/bin/ruff format --check . && .venv/bin/ruff check .
	.venv/bin/mypy && .venv/bin/lint-imports
	$(PY) -m pytest -q tests/house

generate: setup  ## write the generated files again: schemas and reference pages
	.venv/bin/newsmill schema --write schemas/json && $(PY) docs/generate.py

train-cleaner: setup ## train the line classifier anew: make train-cleaner DATA=folder
	$(ADD) training
	$(PY) -m training.cleaner $(DATA) models/lines

train: setup     ## train the entity encoder and the parser anew: make train DATA=folder
	$(ADD) training
	$(PY) -m training.language $(DATA) models

fuzz: setup      ## try to break what reads strangers' bytes: make fuzz TARGET=feed SECS=60
	$(ADD) fuzz
	$(PY) -m tests.fuzz.drive $(or $(TARGET),feed) -max_total_time=$(or $(SECS),60)

bench: setup     ## measure this machine: flow on real servers, memory
	.venv/bin/newsmill bench flow && .venv/bin/newsmill bench memory

faults: setup    ## the fault lab: every fault on real servers, long durations at a tenth
	$(PY) -m pytest -m faults tests/faults --durations=10

faults-long: setup ## the fault lab with the durations as they are written
	NEWSMILL_FAULTS_SCALE=1 $(PY) -m pytest -m faults tests/faults

kill-run: setup  ## random kills: make kill-run COUNT=50000 SEED=7
	$(PY) -m tests.faults.kill_run $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED))

stack-up: setup  ## Kafka and Elasticsearch: by Compose where there is Docker, else from Maven Central
	ops/stack up

stack-down: setup ## end them, their data stays
	ops/stack down

wheel: setup     ## build the wheel into dist/
	$(PY) -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

lock: setup      ## pin every dependency again
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header pyproject.toml -o requirements.lock
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header pyproject.toml --group dev -o requirements-dev.lock

advisories: setup ## ask which pinned packages have known holes; needs a network
	.venv/bin/uv tool run pip-audit --requirement requirements.lock --require-hashes --disable-pip

.PHONY: advisories help setup demo test check generate fuzz bench faults faults-long kill-run stack-up stack-down wheel lock
