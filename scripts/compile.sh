#!/bin/sh
# Builds the two programs into dist/: `compile.sh` for this machine, `compile.sh all` for every target.
# DENO is the command to use; where deno's runtime cannot be downloaded, DENORT_BIN names one on disk.
set -eu
cd "$(dirname "$0")/.."
deno=${DENO:-deno}

explain() { # explain PROGRAM TARGET: why it may have failed, and what to do
  echo "Cannot compile $1${2:+ for $2}: deno's message is above. If it could not download its runtime" \
    "(denort), set DENORT_BIN to the path of the denort of $($deno --version | head -n 1)." >&2
  exit 1
}

# Without deno.lock: each program gets the packages that it imports, at the versions of deno.json; with it,
# also those of the tests, 26 MB of them.
# Without the code cache: it would be read from a file in /tmp whose name everybody knows, so that others on
# the machine could have their code run; and a start is about 5 ms of 75 shorter with it.
build() { # build PROGRAM TARGET OUTPUT FLAGS…
  program=$1 target=$2 output=$3
  shift 3
  $deno compile --quiet --no-check --no-lock --no-code-cache "$@" ${target:+--target "$target"} \
    --output "dist/$output" "$program.ts" || explain "$program" "$target"
  echo "dist/$output"
}

both() { # both TARGET PREFIX
  # V8 lets what is young fill 2 MB and not 32 before it looks for garbage (docs/performance.md).
  build server "$1" "$2zoetrope-server" --v8-flags=--max-semi-space-size=2 --allow-net --allow-read --allow-ffi \
    --allow-sys=hostname --include media/movie.Mjpeg --include lib/programs/server_worker.ts \
    --include lib/web/assets --include lib/web/scale_worker.ts
  build client "$1" "$2zoetrope-client" --v8-flags=--max-semi-space-size=2 --allow-net --allow-read --allow-write \
    --allow-ffi --allow-env --allow-run=/usr/bin/xdg-open,/usr/bin/open --include lib/web/assets
}

mkdir -p dist
if [ "${1:-}" = all ]; then
  for target in x86_64-unknown-linux-gnu aarch64-unknown-linux-gnu x86_64-apple-darwin \
    aarch64-apple-darwin x86_64-pc-windows-msvc; do
    both "$target" "$target/"
  done
else
  both "" ""
fi
