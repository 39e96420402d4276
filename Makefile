# Everything runs in .venv, which `make install` creates with uv from the lock.
# PYTHON is any Python 3.11 or newer; STORE is where the demo's data go.
PYTHON ?= python3
DEMO := demo
STORE ?= sqlite:///$(DEMO)/graphcrm.db
UV := .venv/bin/uv
RUN := .venv/bin/
# A file to a process, in order: else the files with the fewest tests come last, and these take longest.
SPREAD := --dist loadfile --no-loadscope-reorder

.PHONY: install demo tour test lint check bench nightly catalogues clean

.venv/installed: pyproject.toml uv.lock
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed: set PYTHON=..."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; $(PYTHON) is older: set PYTHON=..."; exit 1; }
	@test -x $(UV) || { echo "Making .venv ..."; $(PYTHON) -m venv .venv \
	  && $(RUN)python -m pip install --quiet --disable-pip-version-check "uv>=0.7"; }
	@echo "Installing graphcrm and its tools into .venv ..."
	@$(UV) sync --locked --inexact --all-extras --quiet
	@touch $@

install: .venv/installed  ## .venv with graphcrm and its tools

demo: install  ## the main job on a sample portfolio: import, audit, pages; STORE=neo4j does it on a local Neo4j
ifeq ($(STORE),neo4j)
	@eval "$$($(RUN)graphcrm neo4j up)" && $(MAKE) --no-print-directory tour
else
	@GRAPHCRM_STORE=$(STORE) $(MAKE) --no-print-directory tour
endif

tour:
	@mkdir -p $(DEMO)
	$(RUN)python examples/sample_portfolio.py -o $(DEMO)/sample.json
	$(RUN)graphcrm import bundle $(DEMO)/sample.json
	$(RUN)graphcrm audit run
	$(RUN)graphcrm map --all -o $(DEMO)/pages
	@echo
	@echo "Look at it:     open $(DEMO)/pages/index.html in a browser"
ifeq ($(STORE),neo4j)
	@echo "Ask on:         eval \"\$$($(RUN)graphcrm neo4j up)\""
else
	@echo "Ask on:         export GRAPHCRM_STORE=$(STORE)"
endif
	@echo "                $(RUN)graphcrm account show jinyan"
	@echo "                $(RUN)graphcrm what-if jinyan --leaves chen.hao"
	@echo "In Chinese:     add --lang zh"

test: install  ## every test but the nightly ones, and the doctests; INSTALLED=wheel tests the built package
ifeq ($(INSTALLED),wheel)
	$(UV) sync --locked --inexact --all-extras --quiet --no-editable --reinstall-package graphcrm
	cd tests && ../$(RUN)python -c "import graphcrm; print('Testing', graphcrm.__file__)"
	$(RUN)pytest -m "not nightly" -n 2 $(SPREAD) --pyargs tests graphcrm; \
	  status=$$?; $(UV) sync --locked --inexact --all-extras --quiet --reinstall-package graphcrm; exit $$status
else
	$(RUN)pytest -m "not nightly" -n 2 $(SPREAD) --cov --cov-report=term
endif

lint: install  ## format, lint, types, layers
	$(RUN)ruff format --check .
	$(RUN)ruff check .
	$(RUN)mypy
	$(RUN)lint-imports --no-logo

check: lint  ## and the fast tests, docs and catalogues among them
	$(RUN)pytest -m "not nightly and not slow and not browser and not neo4j" -n 2 -q

bench: install  ## speed, as ratios within one run
	@$(UV) sync --locked --inexact --all-extras --group bench --quiet
	$(RUN)python benchmarks/run.py

nightly: install  ## what is too slow for CI, and the lowest versions of what we depend on
	$(RUN)pytest -m nightly -n 2 $(SPREAD)
	GRAPHCRM_TEST_NEO4J_VERSION=2026.08.1 $(RUN)pytest tests/store -m "neo4j and not nightly" -q
	$(UV) venv --quiet --clear .venv-lowest
	$(UV) pip install --quiet --python .venv-lowest --resolution lowest-direct ".[neo4j-local,parquet]"
	$(UV) pip install --quiet --python .venv-lowest pytest hypothesis babel httpx2 igraph jsonschema
	.venv-lowest/bin/python -m pytest -q tests -W ignore \
	  -m "not nightly and not slow and not browser and not neo4j" --deselect tests/docs/test_cli_reference.py

catalogues: install  ## extract the words for people and compile their translations
	$(RUN)pybabel -q extract -F graphcrm/locales/babel.cfg -k N_ -k _ -k translate --omit-header --no-wrap \
	  --sort-by-file --no-location -o graphcrm/locales/graphcrm.pot .
	$(RUN)pybabel -q update -i graphcrm/locales/graphcrm.pot -d graphcrm/locales -D graphcrm --no-wrap \
	  --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	$(RUN)pybabel -q compile -d graphcrm/locales -D graphcrm

clean:  ## what the targets made
	rm -rf $(DEMO) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache htmlcov .coverage*
