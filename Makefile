# Every target is a command of tools/setup, which uses the standard library alone: a fresh machine needs
# git, make and a Python 3.11 or newer. Another Python: make run PYTHON=python3.12
# Arguments for pytest or the bench: make test ARGS="-k webhook"
PYTHON ?= python3
ARGS ?=

help:
	@echo 'make run        set up what is missing, start the demo: simulator, assistant, stand-in Twilio'
	@echo 'make test       set up what is missing, run the tests'
	@echo 'make test-long  the long forms of the tests (kill test in full, ...)'
	@echo 'make check      formatting, types, import arrows, spelling, examples'
	@echo 'make format     put the code in order'
	@echo 'make bench      measure against the bare route and stock Rasa'
	@echo 'make bench-nlu  measure the reading beside stock Rasa DIET: accuracy, speed, memory'
	@echo 'make bench-streams  measure open pages beside a busy webhook'
	@echo 'make bench-desk  measure the pages of the desk with 10,000 open tickets'
	@echo 'make bench-media  measure photos: looked at, and from webhook to reply; seconds, memory'
	@echo 'make compare    stock Rasa must give the same answers as ours'
	@echo 'make pictures   take the pictures of the docs from the running program'
	@echo 'make setup      set-up only; starts nothing'

setup run test test-long check format bench bench-nlu bench-streams bench-desk bench-media compare pictures:
	@command -v $(PYTHON) >/dev/null || { echo 'There is no $(PYTHON) here: install Python 3.11 or newer.' >&2; exit 1; }
	@$(PYTHON) -m tools.setup $@ $(ARGS)

.PHONY: help setup run test test-long check format bench bench-nlu bench-streams bench-desk bench-media compare pictures
