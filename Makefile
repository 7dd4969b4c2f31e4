# Two commands do all the set-up: `make demo` and `make test`. `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
# pinned like everything else; only `make lock` needs it
UV := uv==0.13.9
JOBS ?= 2
# per cent of lines and branches that the tests reach; it was 93 when this was set, and it never sinks
COVERED := 90

# Where packages come from is for the machine's own settings to say; where they go isn't.
PIP := env -u PIP_USER -u PIP_TARGET -u PIP_PREFIX $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
INSTALL := $(PIP) install --require-hashes

.PHONY: help demo test check quality bench faults docs lock build clean

help: ## list these commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1|/' | awk -F'|' '{printf "make %-8s %s\n", $$1, $$2}'

demo: $(VENV)/.run ## set up, then audit the example collection and write its report
	@$(BIN)/auditor demo

test: $(VENV)/.test ## set up for tests, then lint, types, architecture, all tests with coverage
	@set -e; \
	AUDITOR_CHROMIUM=$$(.ci/find-chromium); export AUDITOR_CHROMIUM; \
	AUDITOR_POSTGRESQL=$$(.ci/find-postgresql); export AUDITOR_POSTGRESQL; \
	$(MAKE) --no-print-directory lint; \
	$(BIN)/pytest -n $(JOBS) -m "not quality and not bench" -rs --cov --cov-report=term --cov-report=html --cov-fail-under=$(COVERED)

.PHONY: lint
lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

check: lint ## what to run before each commit: lint, types, architecture, the quick tests
	$(BIN)/pytest -q -n $(JOBS) -m "not quality and not bench and not slow and not faults and not browser" tests/unit tests/property

quality: $(VENV)/.test ## measure what is found against the floors, on the evaluation data
	$(BIN)/pytest -m quality -rs tests

bench: $(VENV)/.bench ## measure speed and memory beside other tools (GROWTH=1: also 25,000 to 100,000 articles)
	$(BIN)/python -m tests.bench.cost $(if $(GROWTH),--growth)

faults: $(VENV)/.test ## kill, fill up and cut off nights, for hours (AUDITOR_SOAK=30x1000: nights x articles)
	@set -e; AUDITOR_POSTGRESQL=$$(.ci/find-postgresql); export AUDITOR_POSTGRESQL; \
	export AUDITOR_FAULTS=long AUDITOR_KILL_EVERY=1; \
	$(BIN)/pytest -rs -s tests/faults tests/migrations tests/integration/test_store_writers.py

docs: $(VENV)/.test ## run the commands that the documents show
	$(BIN)/pytest -q tests/docs

build: $(VENV)/.test ## the source archive, and the wheel made from it, in dist/
	$(BIN)/python -m build --no-isolation --quiet

lock: $(VENV)/.run ## pin every version anew, with the hashes of all its files
	@$(PIP) install "$(UV)"
	.ci/lock

clean: ## remove all that was made, the environment too
	rm -rf $(VENV) dist build demo report htmlcov .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache \
		.hypothesis .import_linter_cache .cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@.ci/make-environment $(VENV)

# the stamps make a second call take no time
$(VENV)/.run: constraints/runtime.txt constraints/build.txt pyproject.toml | $(BIN)/python
	@echo "installing what auditor needs"
	@$(INSTALL) -r constraints/runtime.txt -r constraints/build.txt
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(VENV)/.test: constraints/dev.txt $(VENV)/.run
	@echo "installing what the tests need"
	@$(INSTALL) -r constraints/dev.txt
	@touch $@

$(VENV)/.bench: constraints/bench.txt $(VENV)/.test
	@echo "installing what the benchmarks compare with"
	@$(INSTALL) -r constraints/bench.txt
	@touch $@
