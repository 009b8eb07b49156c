# Everything that this project does, on a machine with python3 (3.11 or later) and make.
SHELL := /bin/sh
PYTHON ?= python3
PY := .venv/bin/python
ARGS ?=

.PHONY: run test test-long check bench lighthouse demo picture lock clean
.DEFAULT_GOAL := run

run: .installed-run
	@DEV="$${DEV-$${EMAIL_URL:+0}}"; [ -n "$$DEV" ] || case "$${HOST:-127.0.0.1}$${ALLOWED_HOSTS:-}" in \
	  127.0.0.1|localhost) DEV=1 ;; *) DEV=0 ;; esac; \
	DEV="$$DEV" UP_WITH_PARENT=1 PYTHONUNBUFFERED=1 exec $(PY) manage.py up

test: .installed-dev
	@PATH="$$PWD/.venv/bin:$$PATH" sh tests/ensure-chromium
	@$(PY) -m attachment_app.embedded run -- $(PY) -m pytest -n 2 --dist loadgroup -m "not long" $(ARGS)

test-long: .installed-dev
	@PATH="$$PWD/.venv/bin:$$PATH" sh tests/ensure-chromium
	@$(PY) -m attachment_app.embedded run -- $(PY) -m pytest -n 2 --dist loadgroup -m long $(ARGS)

check: .installed-dev
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	$(PY) -m djlint templates --lint --quiet
	$(PY) manage.py articles --check
	$(PY) -m attachment_app.embedded run -- $(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py check --fail-level WARNING

# Measures, and prints each figure beside another of the same run; fails where a promised one does not hold.
bench: .installed-dev
	@$(PY) -m attachment_app.embedded run -- $(PY) -m tests.bench $(ARGS)

# Lighthouse on the article, the index and the search: median of three on a slow line; fails below 100.
lighthouse: .installed-dev
	@PATH="$$PWD/.venv/bin:$$PATH" sh tests/ensure-chromium
	@$(PY) -m tests.lighthouse $(ARGS)

# Draws the picture of the README anew, from the site as its browser test sees it.
picture: .installed-dev
	@PICTURE=1 $(PY) -m attachment_app.embedded run -- $(PY) -m pytest -q tests/browser/test_story.py -k picture

demo: .installed-run
	@$(PY) manage.py demo $(ARGS)

# Environments. The stamp names the lock's content and where the environment was made: it must not be moved.
.PHONY: .installed-run .installed-dev
.installed-run:
	@sh .ci/install requirements.lock "$(PYTHON)"
.installed-dev:
	@sh .ci/install tests/requirements.lock "$(PYTHON)"

# Locks hold hashes and no host. `tests/requirements.lock` is the first plus the tools of the checks.
COMPILE := .venv/bin/uv pip compile pyproject.toml --python-version 3.11 --universal --generate-hashes \
	--no-emit-index-url --no-header --no-annotate --quiet
lock: .installed-run
	$(COMPILE) -o requirements.lock
	$(COMPILE) --extra dev -c requirements.lock -o tests/requirements.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
