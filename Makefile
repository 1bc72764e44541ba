# Everything runs in .venv, made here: Python 3.11 or later and make are all it takes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := UV_PYTHON_DOWNLOADS=never $(BIN)/uv pip install --quiet --python $(BIN)/python
UV_VERSION := 0.13.9
PORT ?= 8000

.PHONY: help demo test lint check format lock clean
help:  ## what there is to run
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

demo: $(VENV)/.runtime  ## everything in one process: a phone page and the agenda, on this machine
	$(BIN)/rdv demo --port $(PORT)

test: $(VENV)/.dev  ## everything the tests need, then the tests
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal $(TESTS)

lint: $(VENV)/.dev  ## format, lint, types, and who may import whom
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

check: lint test  ## both: what CI runs

format: $(VENV)/.dev  ## put the code in form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(VENV)/.dev  ## resolve the dependencies anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --upgrade pyproject.toml -o requirements/runtime.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --upgrade --extra dev -c requirements/runtime.lock pyproject.toml -o requirements/dev.lock

clean:  ## forget the environment and the demo's data
	rm -rf $(VENV) var

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(VENV)/.runtime: requirements/runtime.lock pyproject.toml | $(BIN)/uv
	$(UV) --require-hashes -r requirements/runtime.lock
	$(UV) --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.lock pyproject.toml | $(BIN)/uv
	$(UV) --require-hashes -r requirements/dev.lock
	$(UV) --no-deps --editable .
	@touch $@ $(VENV)/.runtime
