#!/usr/bin/env bash
# Measures what the README says; the first word names the benchmark, --help lists them.
exec "$(dirname "$0")/winnow.sh" BenchJob "$@"
