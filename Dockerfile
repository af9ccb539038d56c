# One image for every service: `docker build -t newsmill . && docker run --rm newsmill demo`.
ARG PYTHON_IMAGE=python:3.11.14-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /build
# The dependencies change seldom: a layer of their own.
COPY requirements.lock ./
RUN python -m venv --without-pip /opt/newsmill \
 && pip --python /opt/newsmill/bin/python install --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY schemas schemas
COPY connectors connectors
COPY models models
COPY seeds seeds
COPY pipeline pipeline
RUN pip wheel --no-deps --wheel-dir dist . \
 && pip --python /opt/newsmill/bin/python install --no-deps dist/*.whl

FROM ${PYTHON_IMAGE}
# Each worker process is one thread of arithmetic: the processes are the parallelism.
ENV PATH=/opt/newsmill/bin:$PATH \
    HOME=/var/lib/newsmill \
    MALLOC_ARENA_MAX=2 \
    MKL_NUM_THREADS=1 \
    NEWSMILL_SOURCES_DIR=/sources \
    NEWSMILL_STATE_DIR=/var/lib/newsmill \
    OMP_NUM_THREADS=1 \
    OPENBLAS_NUM_THREADS=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
RUN groupadd --gid 10001 newsmill \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/newsmill \
    --shell /usr/sbin/nologin newsmill \
 && install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/newsmill \
    /memory /archive
COPY --from=build /opt/newsmill /opt/newsmill
WORKDIR /var/lib/newsmill
USER 10001:10001
ENTRYPOINT ["newsmill"]
CMD ["--help"]
