# One way to run things. Every target sets up what it needs on a machine with Python 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check format bench evaluate wheel docs clean help

help:            ## what can be made
	@grep -E '^[a-z]+: .*##|^[a-z]+:  *##' $(MAKEFILE_LIST) | sed 's/:[^#]*##/\t/'

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(READY): pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(READY_DEV): pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@ $(READY)

demo: $(READY)   ## scan samples/pages and write report.html
	$(BIN)/unspun scan samples/pages --exit-zero
	$(BIN)/unspun scan samples/pages --exit-zero --format html --output report.html
	@echo "The report is in report.html: open it in a browser."

# The desk's tests wait for browsers and servers half of the time, so they run beside the others.
test: $(READY_DEV)   ## run the tests
	@$(BIN)/pytest tests/desk/browser >.tests-browser.log 2>&1 & browser=$$!; \
	$(BIN)/pytest tests/desk --ignore=tests/desk/browser >.tests-desk.log 2>&1 & desk=$$!; \
	$(BIN)/pytest --ignore=tests/desk; failed=$$?; \
	wait $$desk || failed=1; cat .tests-desk.log; \
	wait $$browser || failed=1; cat .tests-browser.log; \
	test $$failed -eq 0

check: $(READY_DEV)   ## format, lint, types, imports, docs current
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/unspun rules --write-docs
	git diff --exit-code --stat -- docs/rules.md docs/assessment.schema.json

format: $(READY_DEV)   ## format and fix what can be fixed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY_DEV)   ## speed, stage by stage, beside trafilatura and textstat; the depths
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python benchmarks/speed.py samples/pages samples/gold/g
	$(BIN)/python benchmarks/tiers.py samples/pages

evaluate: $(READY_DEV)   ## the scoreboard on the gold corpus
	$(BIN)/unspun evaluate samples/gold --errors 5

wheel: $(READY_DEV)   ## build the wheel into dist/
	$(BIN)/python -m build --quiet --wheel

docs: $(READY_DEV)   ## write docs/rules.md and docs/assessment.schema.json
	$(BIN)/unspun rules --write-docs

clean:           ## remove what was made
	rm -rf $(VENV) dist build report.html evaluation.json .tests-*.log
