# newsrag: `make run` opens the chat page, `make test` runs the tests. Everything is installed into .venv.
PYTHON ?= python3
PORT ?= 7860
BIN = .venv/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check
INSTALLED = .venv/installed
INSTALLED_DEV = .venv/installed-dev

.PHONY: install run test lint eval benchmark

install: $(INSTALLED)
	$(BIN)/rag add seeds || { $(BIN)/rag rebuild && $(BIN)/rag add seeds; }  # an older version's archive is indexed anew

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "newsrag needs Python 3.11 or newer; name one with PYTHON=python3.11"; exit 2; }
	$(PYTHON) -m venv .venv
	$(PIP) install -q "$$(grep '^torch==' constraints.txt)"
	$(PIP) install -q -c constraints.txt -e .
	@touch $@

$(INSTALLED_DEV): $(INSTALLED)
	$(PIP) install -q -c constraints.txt -e '.[dev]'
	@touch $@

run: install
	$(BIN)/rag ui --port $(PORT)

test: $(INSTALLED_DEV)
	$(BIN)/python -m pytest

lint: $(INSTALLED_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: $(INSTALLED)  # renews the report; `rag eval gate --renew` renews eval/expected.json, which `make test` compares with
	$(BIN)/rag eval run --report "$$($(BIN)/python -c 'from rag import Settings; print(Settings().report)')"

benchmark: $(INSTALLED_DEV)
	$(BIN)/python -m eval.benchmarks.against_quickstart $(ARGS)
