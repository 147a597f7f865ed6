# For people. meson.build says how things are built; here is what one can ask for: `make help`.
# Every target may be run alone, installs what it needs first and is quick when nothing changed.

# The suites of `make test`, cheapest first.
SUITES = lint unit asan http property browser fuzz tsan

.PHONY: help
help:
	@echo 'make run       build, fill ./data with a demonstration company when it is empty, serve it'
	@echo 'make test      every suite: $(SUITES)'
	@echo 'make build     the program: build/kundportal'
	@echo 'make SUITE     one suite of the above; property and fuzz then run longer'
	@echo 'make bench     speed and size, as ratios to bare programs'
	@echo 'make screenshots  the pictures of the README'
	@echo 'make cov       which lines the tests reach'
	@echo 'make format    format all C files'
	@echo 'make clean     remove everything built; ./data stays'

.PHONY: install
install:
	@tools/install-packages

.PHONY: build
build: install
	@tools/build build

.PHONY: run
run: build
	@[ -e data/kundportal.db ] || tools/make-demo
	@[ -e kundportal.ini ] || set -- --config tools/demo.ini; exec build/kundportal serve "$$@"

.PHONY: test
test: install
	@PROPERTY_GRAPHS=150 FUZZ_SECONDS=6 tools/run-tests $(SUITES)

.PHONY: $(SUITES)
$(SUITES): install
	@tools/run-tests $@

.PHONY: bench
bench: build
	@tools/with-postgres node tests/bench/bench.mjs

.PHONY: screenshots
screenshots: build
	@node tools/screenshots.mjs

.PHONY: cov
cov: install
	@tools/coverage

.PHONY: format
format: install
	@find src tests -name '*.[ch]' -exec clang-format -i {} +

.PHONY: clean
clean:
	rm -rf build build-asan build-clang build-cov build-fuzz build-tsan
