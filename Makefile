# dfdx: every command that a person or CI needs. Only Python 3.11+ (with venv), make and git are
# assumed. A stamp file remembers what is installed, so a second run starts at once.

VENV   ?= .venv
PYTHON ?= python3
JOBS   ?= auto
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
BENCH  := benchmarks/.venv

export MAKECMDGOALS
.DEFAULT_GOAL := help
.PHONY: help demo test check format bench clean

help:
	@echo "make demo     install dfdx into $(VENV) and differentiate a few things"
	@echo "make test     install what the tests need and run them"
	@echo "make check    format, lint, types, doctests, floors"
	@echo "make format   put the sources into the house format"
	@echo "make bench    compare with other libraries, rewrite docs/benchmarks.md and black_boxes.md (installs 1.8 GB)"
	@echo "make clean    remove everything that was made here"
	@echo "another Python than python3:  make test PYTHON=python3.13 VENV=.venv-3.13"

demo: $(VENV)/.dfdx
	@PATH="$(BIN):$$PATH" sh tools/demo.sh

test: $(VENV)/.test
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal

check: $(VENV)/.check
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy
	$(BIN)/python -m pytest tests/test_floors.py tests/test_doctests.py tests/test_facts.py

format: $(VENV)/.check
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

bench: $(BENCH)/.peers
	$(BENCH)/bin/python -m benchmarks
	$(BENCH)/bin/python -m benchmarks black_boxes

# What is installed where. Installing in place (-e) lets the sources change without a new install.

$(VENV)/.python:
	@sh tools/venv.sh $(PYTHON) $(VENV)
	@touch $@

$(VENV)/.dfdx: $(VENV)/.python pyproject.toml
	@echo "installing dfdx into $(VENV)"
	@$(PIP) install -e .
	@touch $@

$(VENV)/.test: $(VENV)/.dfdx
	@echo "installing what the tests need into $(VENV)"
	@$(PIP) install -e '.[test]'
	@touch $@

$(VENV)/.check: $(VENV)/.test
	@echo "installing the checkers into $(VENV)"
	@$(PIP) install -e '.[test,check]'
	@touch $@

$(BENCH)/.peers: benchmarks/requirements.txt pyproject.toml
	@sh tools/venv.sh $(PYTHON) $(BENCH)
	$(BENCH)/bin/python -m pip --disable-pip-version-check install -r benchmarks/requirements.txt -e .
	@touch $@

clean:
	rm -rf $(VENV) $(BENCH) dist build .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
