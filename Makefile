# Everything a person needs to run is a target here: `make help` lists them.
# Needs Python 3.11 or newer, git and make. Packages come by way of pip's own configuration.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# An activated environment or a PYTHONPATH of the user's must not leak into the one made here.
unexport PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help
.PHONY: help atlas serve test check bench boundaries lock clean

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

atlas: $(VENV)/.core ## Build the register and print the state of the program (ATLAS287_LISTS=folder: from workbooks).
	@$(BIN)/atlas287 build $${ATLAS287_LISTS:+--lists "$$ATLAS287_LISTS"}
	@$(BIN)/atlas287 overview
	@echo "  make serve                      (the same in the browser)"

serve: $(VENV)/.web ## Open the atlas for the browser at http://127.0.0.1:8287 (ARGS="--port 9000" goes to it).
	@$(BIN)/atlas287 serve $(ARGS)

test: $(VENV)/.dev ## Run the tests (ARGS="-k dates -x" goes to pytest).
	@$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/.dev ## Check format, lint, types and the direction of imports.
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(VENV)/.dev ## Run the benchmarks (ARGS goes to them).
	@$(BIN)/python -m benchmarks $(ARGS)

boundaries: $(VENV)/.core ## Draw the bundle's county boundaries anew from npm's us-atlas@3 (needs npm).
	@$(BIN)/python scripts/boundaries.py

# dev.txt first; the others take its versions, so that one environment satisfies all of them.
# A pin stays until its range in pyproject.toml moves, or ARGS=--upgrade.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" $(ARGS)
lock: $(VENV)/.lock ## Pin what pyproject.toml asks for, with hashes (ARGS=--upgrade: newest versions).
	$(COMPILE) pyproject.toml --group dev -o requirements/dev.txt
	$(COMPILE) pyproject.toml -c requirements/dev.txt -o requirements/core.txt
	$(COMPILE) pyproject.toml --extra export -c requirements/dev.txt -o requirements/export.txt
	$(COMPILE) pyproject.toml --extra web -c requirements/dev.txt -o requirements/web.txt
	$(COMPILE) pyproject.toml --extra effects -c requirements/dev.txt -o requirements/effects.txt
	$(COMPILE) pyproject.toml --extra charts -c requirements/dev.txt -o requirements/charts.txt
	$(COMPILE) pyproject.toml --extra memoranda -c requirements/dev.txt -o requirements/memoranda.txt
	$(COMPILE) --group build -c requirements/dev.txt -o requirements/build.txt
	$(COMPILE) --group lock -o requirements/lock.txt

clean: ## Remove the environment, caches and build products; never the atlas's own folder (ATLAS287_HOME).
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# Stamps: an environment is installed again only when its pins or the package's metadata change.
# The checkout itself is installed editable, with the pinned build backend and without isolation,
# so that nothing is fetched but what is pinned and hashed.

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "atlas287 needs Python 3.11 or newer, and $(PYTHON) is: $$($(PYTHON) --version 2>&1)." >&2; \
		echo "Name another: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
		echo "$(PYTHON) cannot make virtual environments (on Debian and Ubuntu: install python3-venv)." >&2; exit 1; }
	@touch $@

$(VENV)/.core: requirements/core.txt requirements/build.txt pyproject.toml | $(VENV)/.made
	@echo "Installing atlas287 into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements/core.txt -r requirements/build.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.web: requirements/web.txt requirements/charts.txt requirements/build.txt pyproject.toml | $(VENV)/.made
	@echo "Installing atlas287 and what it serves and draws pages with into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements/web.txt -r requirements/charts.txt -r requirements/build.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $(VENV)/.core $@ # web.txt holds all of core.txt, at the same versions

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(VENV)/.made
	@echo "Installing atlas287 and its developer tools into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $(VENV)/.core $(VENV)/.web $@ # dev.txt holds all of the others, at the same versions

$(VENV)/.lock: requirements/lock.txt | $(VENV)/.made
	@$(PIP) install --require-hashes -r requirements/lock.txt
	@touch $@
