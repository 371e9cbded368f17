# The two that a newcomer needs: `make demo` and `make test`. The others are for those who build.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup demo test test-plain test-sqlite test-postgresql test-processes lint bench canaries chaos post-chaos messages requirements services

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
DEMO_DATABASE_URL ?= sqlite:///$(CURDIR)/var/demo.sqlite3
TEST_POSTGRES_URL ?= postgres://maillage_test:maillage_test@127.0.0.1:5432/maillage_test
PYTEST := MODE=test $(BIN)/pytest
POSTGRES_ANSWERS = $(BIN)/python -c 'import psycopg, sys; psycopg.connect(sys.argv[1], dbname="postgres", connect_timeout=3)' "$(TEST_POSTGRES_URL)" 2>/dev/null
# Whether the other database is tested in the same run: see `--shared` in tests/conftest.py.
SHARED ?=

help: ## What can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-16s %s\n", $$1, $$2}'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; $$($(PYTHON) --version) is what '$(PYTHON)' starts."; exit 1; }
	@$(PYTHON) -m venv $(VENV) 2>/dev/null \
	  || { rm -rf $(VENV); [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	       && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null \
	       && $(PYTHON) -m venv $(VENV); } \
	  || { rm -rf $(VENV); echo "Python cannot make a virtual environment: install python3-venv, then run make again."; exit 1; }

$(VENV)/runtime: requirements.txt | $(BIN)/python
	@echo "Installing what the product needs…"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/development: requirements-dev.txt | $(BIN)/python
	@echo "Installing what the product and its tests need…"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/runtime

setup: $(VENV)/development ## The environment only
	@$(BIN)/python manage.py compile_languages

demo: $(VENV)/runtime ## The product running with invented data, on http://localhost:8000 (PORT= to change)
	@mkdir -p var
	@MODE=demo PORT=$(PORT) DATABASE_URL="$(DEMO_DATABASE_URL)" PYTHON=$(BIN)/python intranet/bin/demo

services: $(VENV)/development ## Chromium and PostgreSQL for the tests, from Debian's packages
	@tests/services

test: services ## All tests, on SQLite and on PostgreSQL
	@echo "The parts are tested side by side; each says what it found when it is done."
	@if $(POSTGRES_ANSWERS); then shared=--shared; fi; \
	$(MAKE) --no-print-directory --jobs=3 --output-sync=target SHARED="$${shared:-}" \
	  test-sqlite test-postgresql test-processes test-plain

test-plain: $(VENV)/development ## The tests that touch no database, and say the same on each
	@echo "== Without a database =="
	@$(PYTEST) --part=plain

test-sqlite: $(VENV)/development ## The tests that touch the database, on SQLite
	@echo "== SQLite =="
	@$(PYTEST) --part=database $(SHARED)

test-postgresql: $(VENV)/development ## The same, on PostgreSQL
	@if $(POSTGRES_ANSWERS); then \
	  echo "== PostgreSQL =="; DATABASE_URL="$(TEST_POSTGRES_URL)" $(PYTEST) --part=database $(SHARED); \
	else \
	  echo "NOT RUN on PostgreSQL: no server answers at TEST_POSTGRES_URL. Start one, or run make test as root on Debian."; \
	  [ -z "$${CI:-}" ]; \
	fi

test-processes: $(VENV)/development ## Job clusters that are killed, in short, on both
	@echo "== Job clusters, on SQLite =="
	@$(PYTEST) --part=processes
	@if $(POSTGRES_ANSWERS); then \
	  echo "== Job clusters, on PostgreSQL =="; DATABASE_URL="$(TEST_POSTGRES_URL)_processes" $(PYTEST) --part=processes; \
	fi

lint: $(VENV)/development ## Style, types, import rules, templates, missing migrations, missing French
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy intranet pages surveys
	$(BIN)/djlint --lint --quiet intranet/templates pages/templates surveys/templates
	MODE=test $(BIN)/python manage.py makemigrations --check --dry-run
	$(PYTEST) tests/test_house.py

bench: $(VENV)/development ## How fast, beside a peer, in the same run
	@MODE=test $(BIN)/python -m tests.bench

canaries: $(VENV)/development ## Read every address with every object as every role, an hour or so: who reads what is not theirs?
	@CANARIES=all $(PYTEST) tests/canaries -o timeout=0

chaos: $(VENV)/development ## Kill the job cluster twenty times, on both databases
	@MODE=test TEST_POSTGRES_URL="$(TEST_POSTGRES_URL)" $(BIN)/python -m tests.chaos

post-chaos: $(VENV)/development ## 10,000 letters, a bad mail server, twenty kills, on both databases
	@MODE=test TEST_POSTGRES_URL="$(TEST_POSTGRES_URL)" $(BIN)/python -m tests.chaos --letters 10000

messages: $(VENV)/development ## Gather the interface's messages (asks for GNU gettext)
	@$(BIN)/python manage.py makemessages -l fr --no-obsolete --no-location -i '.venv' -i 'var' -i 'tests'

requirements: ## Lock the requirements again, with hashes (asks for uv)
	uv pip compile pyproject.toml --universal --generate-hashes --no-header --no-annotate --python-version 3.11 -o requirements.txt
	uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-header --no-annotate --python-version 3.11 -o requirements-dev.txt
