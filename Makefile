# Every target is one readable line that works without make too; CONTRIBUTING.md has the list.
# Options: make run PORT=8080 ARGS="--data-dir /path"; make setup PYTHON=python3.12

PYTHON ?= python3
PORT ?=
ARGS ?=
SET_UP = $(PYTHON) scripts/set_up.py
BIN = .venv/bin
# Two processes, because the browser tests bring processes of their own; ARGS="-n 6" takes more.
PYTEST = $(BIN)/pytest -n 2 --dist loadfile

.PHONY: help python setup run format lint types test test-fast test-page test-all test-quick bench audit

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | while IFS='|' read -r name what; do printf '  make %-10s %s\n' "$$name" "$$what"; done

python:
	@command -v $(PYTHON) >/dev/null || { echo "set-up: $(PYTHON) must be installed (3.11 or newer), but it was not found" >&2; exit 1; }

setup: python ## .venv, Python and npm packages, a browser for the tests
	@$(SET_UP) --dev --browser

run: python ## set up what is missing, then start the server
	@$(SET_UP)
	@$(BIN)/python -m app $(if $(PORT),--port $(PORT)) $(ARGS)

format: setup ## rewrite the sources in the one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	npm run --silent format

lint: setup ## every linter, nothing rewritten
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/codespell
	npm run --silent lint

types: setup ## mypy --strict and tsc
	$(BIN)/mypy app sam_core export_onnx.py bench scripts
	npm run --silent types

test: test-page test-all ## all tests: browser and full-size models included

test-fast: test-page test-quick ## the tests that need neither a browser nor a full-size model

test-page: setup
	npm run --silent test

test-all: setup
	$(PYTEST) --durations=10 $(ARGS)

test-quick: setup
	$(PYTEST) -m "not slow and not e2e" $(ARGS)

bench: setup ## measure the decoder, the encoder and the browser; writes bench/results
	$(BIN)/python -m bench $(ARGS)

audit: python ## ask the databases of vulnerabilities about the pinned packages
	@$(PYTHON) scripts/audit.py $(ARGS)
