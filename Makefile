# One command each; every target sets up what it needs by itself.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUST := $(shell find crates -name '*.rs' -o -name Cargo.toml) Cargo.toml Cargo.lock src/intrigue/_engine.pyi

.PHONY: help setup demo test browser screenshots pages lint types check-all bench-loadbearing bench-sabre bench-several bench-threads bench-growth conformance clean

help:  ## show this list
	@grep -E '^[a-z -]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 42

setup: $(VENV)/.engine  ## make the virtual environment and build the engine into it
	@$(BIN)/python -m compileall -q src/intrigue  # so that the first run is as quick as the next

$(VENV)/.packages: requirements.lock
	@command -v cargo >/dev/null || { echo "Rust is needed to build the engine: see https://rustup.rs"; exit 1; }
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.engine: $(VENV)/.packages pyproject.toml $(RUST)
	$(BIN)/maturin develop --release --locked --quiet
	@touch $@

demo: setup  ## check The Killer and say where its report is
	@mkdir -p out
	@$(BIN)/intrigue check stories/the_killer.story --report out/the_killer.html

test: setup  ## run the tests
	cargo test --locked --quiet --package intrigue-engine
	$(BIN)/python -m pytest

lint: setup  ## formatters and linters
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	cargo fmt --all --check
	cargo clippy --locked --quiet --all-targets -- -D warnings

types: setup  ## type checkers
	$(BIN)/mypy

check-all: lint types test  ## what CI runs, but for `demo` and `browser`

browser: pages  ## open pictures and exports as their readers do: a browser, a Twee and an Ink compiler
	@command -v node >/dev/null || { echo "Node 20 or newer is needed: https://nodejs.org"; exit 1; }
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { echo "Chromium is needed: apt-get install chromium"; exit 1; }
	cd tests/browser && npm ci --silent && npm test

screenshots: pages  ## pictures of the pages, into out/screenshots
	cd tests/browser && npm ci --silent && node screenshots.mjs ../../out/screenshots

pages: setup
	$(BIN)/python tests/browser/make_pages.py out/pages

bench-loadbearing: setup  ## how much each event of The Killer carries
	$(BIN)/python -m benchmarks.loadbearing stories/the_killer.story

# PROBLEMS: the folder of Sabre's problem files, their instances beside it; RECORDINGS: folders of its answers
bench-sabre bench-several bench-threads: setup  ## the planner on the peer's problems: make bench-sabre PROBLEMS=DIR
	$(BIN)/python -m benchmarks.$(@:bench-%=%) --problems $(PROBLEMS)

bench-growth: setup  ## how the engine grows with persons, places, depth of minds, length; writes docs/growth.md
	$(BIN)/python -m benchmarks.growth

conformance: setup  ## the peer's recorded answers: make conformance RECORDINGS=DIR PROBLEMS=DIR
	$(BIN)/python -m benchmarks.conformance $(RECORDINGS) --problems $(PROBLEMS)

clean:  ## remove what was built
	rm -rf $(VENV) target out .pytest_cache .mypy_cache .ruff_cache .hypothesis
