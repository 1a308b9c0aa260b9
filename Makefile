# Two commands on a fresh machine: `make demo` and `make test`. Everything comes from the lock files.
PYTHON ?= python3
PORT ?= 8000
SERVE ?= yes
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: demo test check suite tools exhaustive bench evaluate format clean

.venv/run.stamp: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(INSTALL) -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test.stamp: requirements-test.lock .venv/run.stamp
	$(INSTALL) -r requirements-test.lock
	@touch $@

.venv/bench.stamp: requirements-bench.lock .venv/test.stamp
	$(INSTALL) -r requirements-bench.lock
	@touch $@

demo: .venv/run.stamp
	$(BIN)/python tests/sample_court/demo.py var/demo
ifneq ($(SERVE),no)
	@echo "http://127.0.0.1:$(PORT) shows the sample court; stop with Ctrl-C"
	$(BIN)/docketbridge --database sqlite:///var/demo/docketbridge.sqlite --today 2026-08-19 serve --port $(PORT)
endif

test: .venv/test.stamp tools check suite

check: .venv/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Where the environment keeps Python from writing compiled modules down, each worker and each command that a test starts would
# compile the whole house anew. Neighbouring tests stay on one worker, and the idle one takes over what is left.
suite exhaustive: export PYTHONDONTWRITEBYTECODE =

suite: .venv/test.stamp
	$(BIN)/python -m pytest -n 3 --dist worksteal -q -m "not exhaustive"

# What the tests use beside Python: installed when missing and root; else their tests are skipped, loudly.
tools:
	@sh tests/tools.sh

# The bounded long runs, whole, and every law with all of its examples.
exhaustive: export DOCKETBRIDGE_LAWS = whole
exhaustive: .venv/test.stamp tools
	$(BIN)/python -m pytest -n 2 --dist worksteal -q -m "exhaustive or law"

# Speed, as ratios: ONLY=name for one bench, FULL=1 for the whole sizes.
bench: .venv/bench.stamp
	FULL=$(FULL) $(BIN)/python tests/benchmarks/run.py $(ONLY)

# Detection's confusion table; LABELS=FILE for another set of labels.
evaluate: .venv/test.stamp
	$(BIN)/docketbridge evaluate $(LABELS)

format: .venv/test.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf .venv var
