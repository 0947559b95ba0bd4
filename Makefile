PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup setup-dev demo run test check docs bench clean requirements

setup: $(VENV)/.runtime
setup-dev: $(VENV)/.dev

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("Postwatch needs Python 3.11 or newer: make PYTHON=python3.11 setup" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

# Errors are told; warnings of pip and setuptools about their own affairs are not.
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check

$(VENV)/.runtime: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing into $(VENV): each package is checked against its hash; it takes a minute or two"
	$(INSTALL) --require-hashes -r requirements.txt
	$(INSTALL) --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	@echo "Installing what the tests and checks need"
	$(INSTALL) --require-hashes -r requirements-dev.txt
	touch $@

demo: setup
	$(BIN)/postwatch demo --report demo-report.html

run: setup
	$(BIN)/postwatch run

test: setup-dev
	$(BIN)/python -m pytest -n auto

check: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: setup-dev
	$(BIN)/python -m monitor.docs

# Figures of labelled pages need CORPUS=DIR, and are left out without it.
bench: setup-dev
	@for script in benchmarks/*.py; do \
	    if [ -n "$(CORPUS)" ] && grep -q -e --corpus $$script; then set -- --corpus "$(CORPUS)"; else set --; fi; \
	    echo "$$script $$*" >&2; $(BIN)/python $$script "$$@" || exit 1; \
	done

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache

# Needs uv; no address of a package index gets into the files.
COMPILE := uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
requirements:
	$(COMPILE) --extra dev --extra build pyproject.toml -o requirements-dev.txt
	$(COMPILE) --extra build -c requirements-dev.txt pyproject.toml -o requirements.txt
