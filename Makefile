# Thin over tools/bootstrap.py, which does the same without make. More arguments: make test ARGS="-k text"
PYTHON ?= python3
ARGS ?=

.PHONY: help setup demo test app lint check bench bundle

help:
	@$(PYTHON) tools/bootstrap.py --help

setup demo test app lint check bench bundle:
	@$(PYTHON) tools/bootstrap.py $@ $(ARGS)
