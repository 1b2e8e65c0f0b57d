#!/usr/bin/env bash
# Executes every notebook from scratch, and looks whether each cell that draws left a picture, there and in the committed one. With
# --keep what was executed replaces what was committed. Needs the jar that mvn package makes.
# Usage: notebooks.sh [--keep] [notebook …]
set -euo pipefail
cd "$(dirname "$0")/.."

keep=
if [ "${1:-}" = --keep ]; then keep=yes; shift; fi
[ $# -gt 0 ] || set -- notebooks/*.ipynb
./notebooks/start.sh --install
venv=target/notebooks/venv
made=target/notebooks/executed
rm -rf "$made"
mkdir -p "$made"
export WINNOW_HOME=$PWD OMP_NUM_THREADS=1
unset SPARK_HOME
for notebook; do
  started=$SECONDS
  executed=$made/${notebook##*/}
  "$venv/bin/jupyter" nbconvert --log-level=WARN --to notebook --execute --ExecutePreprocessor.startup_timeout=600 --ExecutePreprocessor.timeout=600 \
    --output-dir "$made" "$notebook"
  "$venv/bin/python" .ci/pictures.py "$executed"
  if [ -n "$keep" ]; then cp "$executed" "$notebook"; fi
  "$venv/bin/python" .ci/pictures.py "$notebook"
  [ "$(stat -c %s "$notebook")" -le 300000 ] || { echo "notebooks: $notebook is larger than 300 kB" >&2; exit 1; }
  echo "$notebook: $((SECONDS - started)) s"
done
