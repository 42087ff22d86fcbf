# Everything a developer or an operator does, by name. `make help` lists it.
.DEFAULT_GOAL := help
.PHONY: help run test lint lock clean browser

PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/run.stamp ## start everything: database, worker, server; Ctrl-C stops it (PORT, BOOMS_DATA_DIR)
	@exec $(BIN)/python manage.py serve

test: .venv/test.stamp browser ## everything that must hold before a change is taken; CI runs this
	@PATH="$(CURDIR)/$(BIN):$$PATH" .ci/checks

lint: .venv/test.stamp ## style and the arrows between apps
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports

lock: .venv/test.stamp ## pin what requirements*.in ask for (arguments: LOCK="--upgrade")
	@$(COMPILE) $(LOCK) requirements.in -o requirements.txt
	@$(COMPILE) $(LOCK) requirements-dev.in -o requirements-dev.txt

clean: ## remove the virtual environment and caches; data stays
	@rm -rf .venv .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Debian's browser for the tests in it, where it is missing and may be installed.
browser:
	@if ! test -x /usr/bin/chromium && command -v apt-get > /dev/null && test "$$(id -u)" = 0; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y chromium chromium-driver > /dev/null; \
	fi

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make run PYTHON=python3.11")'
	@$(PYTHON) -m venv .venv

.venv/run.stamp: requirements.txt | .venv/bin/python
	@echo "Installing packages …"
	@$(INSTALL) -r requirements.txt
	@touch $@

.venv/test.stamp: requirements-dev.txt .venv/run.stamp
	@echo "Installing development tools …"
	@$(INSTALL) -r requirements-dev.txt
	@touch $@
