# make report   the gap analysis of China 2019 as PDF, in build/
# make test     the tests
# make check    all that a change must pass
# Each sets itself up: a virtual environment in $(VENV), and on Debian what the system lacks.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
READY = $(VENV)/.ready
PYTEST = $(BIN)/python -m pytest -q -n 2 --dist loadfile

.PHONY: report test check format lint types imports data docs system venv clean

report: venv
	@mkdir -p build
	@$(BIN)/hrba report assessments/china-2019.yaml -o build/china-2019.pdf
	@$(BIN)/hrba score assessments/china-2019.yaml

test: venv
	$(PYTEST)

check: venv format lint types imports data
	$(PYTEST)

format: venv
	$(BIN)/ruff format --check .

lint: venv
	$(BIN)/ruff check .

types: venv
	$(BIN)/mypy

imports: venv
	$(BIN)/lint-imports --no-cache

data: venv
	$(BIN)/hrba validate frameworks assessments

docs: venv
	@mkdir -p build/docs
	@$(BIN)/hrba explain --format markdown > build/docs/diagnostics.md
	@echo build/docs/diagnostics.md

venv: system $(READY)

system:
	@sh .ci/system

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "hrba needs Python 3.11 or newer: make PYTHON=..." >&2; exit 2; }
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt --group dev -e .
	@touch $(READY)

clean:
	rm -rf build dist .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
