# 面对面. The two commands of a newcomer: `make demo` and `make test`. `make help` lists the rest.
SHELL := /bin/sh
BIN := .venv/bin
READY := .venv/.ready
VERSION := $(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help demo test test-sqlite test-postgres check lint types contracts templates migrations catalogues bench bundle messages pins clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

$(READY): requirements.txt requirements-dev.txt pyproject.toml .python-version tools/bootstrap
	@tools/bootstrap
	@touch $@

demo: $(READY) ## sample data, server and worker: prints the address and one account per role
	@mianduimian demo

test: $(READY) ## every test on SQLite, then what asks a database on PostgreSQL where one answers
	@python -m tools.run_tests

check: lint types contracts templates migrations catalogues ## everything a machine can say about the code without running it

lint: $(READY)
	@ruff check .

types: $(READY)
	@mypy mianduimian

contracts: $(READY)
	@lint-imports --no-logo --no-cache

templates: $(READY)
	@djlint --lint --quiet mianduimian
	@python tools/compile_templates.py

migrations: $(READY)
	@python -m django makemigrations --check --dry-run --settings=mianduimian.house.settings

catalogues: $(READY)
	@python tools/catalogues.py

bench: $(READY) ## figures: rows a second, statements and milliseconds a page, the bar of the code
	@python -m bench.bar
	@python -m bench.pages
	@python -m bench.import_rows

bundle: $(READY) ## dist/mianduimian-$(VERSION)-ARCH.tar.gz: installs on a machine without any registry
	@tools/bundle

messages: $(READY) ## collect the texts of the interface into the catalogues, write Traditional Chinese, compile
	@python -m tools.messages

pins: ## pin every dependency anew, with hashes and without naming any registry
	@uv pip compile --quiet --universal --generate-hashes --no-emit-index-url requirements.in -o requirements.txt
	@uv pip compile --quiet --universal --generate-hashes --no-emit-index-url requirements-dev.in -o requirements-dev.txt

clean: ## everything that was built; the data folder stays
	@rm -rf .venv .uv build dist static-root *.egg-info .*_cache
