# Everything a fresh clone needs is Python 3.11 or newer and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORDS := amendments/translations
COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-annotate --no-header \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

.DEFAULT_GOAL := help
.PHONY: help demo test check lint format bench requirements translations

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/runtime ## serve the example town on http://localhost:8000
	$(BIN)/amendments demo

test: $(VENV)/dev ## run the tests
	$(BIN)/python -m pytest

check: lint test ## everything that has to pass: format, lint, types, walls, tests

lint: $(VENV)/dev ## format, lint, types and walls, without tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/dev ## write the format and what lint can repair
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

bench: $(VENV)/dev ## measure engine and database
	$(BIN)/python -m benchmarks

translations: $(VENV)/dev ## collect the words of pages for translation
	$(BIN)/pybabel -q extract -F pyproject.toml -k lazy_gettext -k N_ -k NN_:1,2 --no-location --sort-output --omit-header -o $(VENV)/messages.pot .
	@mkdir -p $(WORDS)/en/LC_MESSAGES
	@[ -e $(WORDS)/en/LC_MESSAGES/messages.po ] || $(BIN)/pybabel -q init -l en -d $(WORDS) -i $(VENV)/messages.pot
	$(BIN)/pybabel -q update -l en -d $(WORDS) -i $(VENV)/messages.pot --no-fuzzy-matching --ignore-obsolete --omit-header

requirements: $(VENV)/dev ## pin the dependencies of pyproject.toml anew
	$(COMPILE) --output-file requirements.txt pyproject.toml
	$(COMPILE) --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; say make PYTHON=…"; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/runtime: requirements.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: requirements-dev.txt $(VENV)/runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
