# Zoetrope: `make help` lists what there is. Where no deno is on the PATH, npx brings the right one.

DENO ?= $(shell command -v deno 2>/dev/null || echo npx --yes deno@2.9.6)

.DEFAULT_GOAL := help
.PHONY: help screenshots interop-senders bench bench-quick bench-open bench-test-movie bench-snapshot fuzz demo serve play test test-end-to-end check fmt coverage compile compile-all interop bench-jpeg bench-spacing bench-window clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Stream the embedded movie from our server to our client, frames into out/
	@$(DENO) task demo

serve: ## Serve the embedded movie on rtsp://127.0.0.1:8554/ until Ctrl-C
	@$(DENO) task serve

play: ## Play it from there
	@$(DENO) task play rtsp://127.0.0.1:8554/movie.Mjpeg

test: ## Run every test that this machine can run
	@$(DENO) task test

test-end-to-end: ## Run the end-to-end tests alone; on ZOETROPE_BINARIES=DIR if given
	@$(DENO) task test tests/end_to_end

interop: ## Run the tests against programs of others, and print what came of them
	@$(DENO) run -A scripts/interop_matrix.ts

check: ## Format, lint, types, documentation examples
	@$(DENO) task check

fmt: ## Format every file
	@$(DENO) fmt

coverage: ## Run the tests and report the coverage of lib/
	@$(DENO) task coverage

compile: ## Build dist/zoetrope-server and dist/zoetrope-client for this machine
	@DENO="$(DENO)" sh scripts/compile.sh

compile-all: ## The same for the five targets that Deno builds for
	@DENO="$(DENO)" sh scripts/compile.sh all

bench-jpeg: ## Compare the JPEG codec with libjpeg-turbo, as ratios
	@$(DENO) task bench-jpeg

bench-spacing: ## Measure how evenly the server sends: 500 frames at 20 a second
	@$(DENO) task bench-spacing

bench-window: ## Measure the client's window in headless Chromium; with MINUTES=10 its memory
	@mkdir -p out && $(DENO) run -A bench/window_bench.ts $(if $(MINUTES),--minutes $(MINUTES)) --json out/bench-window.json

screenshots: ## Take docs/images/window.webp and page.webp anew, in Chromium
	@$(DENO) run -A scripts/screenshots.ts

interop-senders: ## Measure what other senders make of each shape of JPEG
	@$(DENO) run -A scripts/other_senders.ts

bench: ## Measure server and client beside their peers; results also in out/bench.json (about 10 minutes)
	@mkdir -p out && $(DENO) run -A bench/server_bench.ts --json out/bench.json

bench-quick: ## The short form of it (about a minute)
	@mkdir -p out && $(DENO) run -A bench/server_bench.ts --quick --json out/bench.json

bench-open: ## Time the opening of 100 MB in each container
	@$(DENO) run -A bench/open_bench.ts

bench-snapshot: ## Time --snapshot from connection to file, and the start of both programs
	@$(DENO) run -A bench/snapshot_bench.ts

bench-test-movie: ## Time the making of test pictures
	@$(DENO) run -A bench/test_movie_bench.ts

fuzz: ## Damage 20,000 files of each container and open them
	@ZOETROPE_FUZZ_RUNS=20000 $(DENO) test -P tests/movie/fuzz_test.ts

clean: ## Remove what was made
	rm -rf dist out coverage
