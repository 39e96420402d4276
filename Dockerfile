# graphcrm as an ordinary user, on a read-only file system, with nothing in it but Python and the locked packages.
FROM python:3.13-slim-trixie AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PROJECT_ENVIRONMENT=/opt/graphcrm \
    UV_PYTHON_DOWNLOADS=never

RUN pip install --no-cache-dir uv==0.13.9

WORKDIR /build

# The packages first: they change less often than our code, and their layer is kept.
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-cache --no-dev --no-install-project

# graphcrm/api, graphcrm/cypher and graphcrm/visualizations are links to the folders beside it.
COPY README.md LICENSE ./
COPY graphcrm graphcrm
COPY api api
COPY cypher cypher
COPY visualizations visualizations
RUN uv sync --locked --no-cache --no-dev --no-editable


FROM python:3.13-slim-trixie

RUN groupadd --gid 10001 graphcrm \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin graphcrm

COPY --from=build /opt/graphcrm /opt/graphcrm

ENV PATH=/opt/graphcrm/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1

USER 10001:10001
EXPOSE 8000

# Is the store to be read? slim images have no curl.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=8)"]

ENTRYPOINT ["graphcrm"]
CMD ["serve"]
