# Two commands: `make demo` shows the main job, `make test` proves it. Both do all the set-up.
# Windows: see README.md (the same steps through `py`).
PYTHON ?= python3
VENV ?= .venv
PY := $(VENV)/bin/python
UV_VERSION := 0.13.9

.PHONY: setup demo test lint simulate mutations kills bench installer screens

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml uv.lock .ci/system-packages
	sh .ci/system-packages
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet uv==$(UV_VERSION)
	VIRTUAL_ENV=$(CURDIR)/$(VENV) $(VENV)/bin/uv sync --quiet --frozen --inexact --all-extras --active
	touch $@

demo: setup
	$(PY) -m desktop.demo

lint: setup
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports --no-cache

test: lint
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n 2 --dist worksteal

simulate: setup
	$(PY) -m tests.simulation --seeds 20000

mutations: setup
	$(PY) -m tests.mutations

kills: setup
	$(PY) -m tests.kills --kills 1000

bench: setup
	$(PY) -m benchmarks

installer: setup
	$(PY) -m PyInstaller --noconfirm --clean build_installer.spec
	$(PY) -m benchmarks.frozen

screens: setup
	QT_QPA_PLATFORM=offscreen $(PY) -m desktop.demo --screens docs/pictures
