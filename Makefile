# What a person does with this repository. `make` alone tells the targets.
# Needed: make and Python 3.11 or newer with its venv module. PYTHON=/path/to/python picks another one.

VENV := .venv
BIN := $(VENV)/bin
LOCKS := requirements.txt requirements-dev.txt
ROOMS := $(wildcard bot handlers jobs screens services dialogs models sandbox demo tests)
PYTHON ?=

.DEFAULT_GOAL := help
.PHONY: help install run test bench check format lock

help: ## what can be done here
	@sed -n 's/^\([a-z]*\):[^#]*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name what; do \
		printf '  make %-8s %s\n' "$$name" "$$what"; done

# The copy of the locks inside .venv is written last: an interrupted or outdated .venv is made anew, a good one is left alone.
# Candidates are run, not only looked up: a version manager leaves commands on PATH that refuse to start.
install: ## make .venv with the pinned requirements (again only when they change)
	@set -eu; \
	cat $(LOCKS) | cmp -s - $(VENV)/locks && $(BIN)/python -c '' 2>/dev/null && exit 0; \
	python=; old=; bare=; \
	for candidate in $(if $(PYTHON),"$(PYTHON)",python3.14 python3.13 python3.12 python3.11 python3 python); do \
		version=$$("$$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue; \
		"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { old="$${old:-$$candidate is $$version}"; continue; }; \
		"$$candidate" -c 'import ensurepip, venv' 2>/dev/null || { bare="$${bare:-$$version}"; continue; }; \
		python=$$candidate; break; \
	done; \
	if [ -z "$$python" ]; then \
		if [ -n "$$bare" ]; then echo "Python $$bare has no venv module: install it (on Debian and Ubuntu: apt install python$$bare-venv) and run make again." >&2; \
		elif [ -n "$$old" ]; then echo "Python 3.11 or newer is needed, and $$old: install a newer one, or name it: make PYTHON=/path/to/python3.11" >&2; \
		elif [ -n "$(PYTHON)" ]; then echo "PYTHON=$(PYTHON) does not start: name a Python 3.11 or newer." >&2; \
		else echo "No Python was found: install Python 3.11 or newer, or name it: make PYTHON=/path/to/python3.11" >&2; fi; \
		exit 1; \
	fi; \
	echo "Installing the pinned requirements into $(VENV) with Python $$version (once, about a minute)…" >&2; \
	"$$python" -m venv --clear $(VENV); \
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-input \
		--require-hashes --only-binary :all: $(patsubst %,-r %,$(LOCKS)) >&2 \
		|| { echo "The pinned requirements could not be installed: pip says why above. Run make again when that is mended." >&2; exit 1; }; \
	cat $(LOCKS) > $(VENV)/locks

run: install ## start the bot; without BOT_TOKEN the demo city with its web chat
	@exec $(BIN)/python -m bot run

test: install ## run the whole suite
	@$(BIN)/python -m pytest -n auto --dist worksteal

bench: install ## what the bot costs beside a bare aiogram bot (some three minutes)
	@$(BIN)/python -m bench

check: install ## everything CI runs: format, lint, types, import rules, tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy $(ROOMS)
	@$(BIN)/lint-imports --config .importlinter --no-logo
	@$(MAKE) --no-print-directory test

format: install ## mend the format and the order of imports
	@$(BIN)/ruff check --select I --fix-only --quiet .
	@$(BIN)/ruff format .

# Pins that still fit stay; `make lock UPGRADE=1` moves all of them. The --no-header and --no-emit options keep the
# address of whatever index served them out of the files.
lock: install ## make requirements*.txt anew from pyproject.toml (UPGRADE=1: newest versions)
	@set -eu; \
	compile="$(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
		--only-binary :all: --no-header --no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade)"; \
	$$compile --output-file requirements.txt; \
	$$compile --group dev --constraint requirements.txt --output-file requirements-dev.txt
