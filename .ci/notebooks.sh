#!/usr/bin/env bash
# Executes every notebook from scratch, and looks whether each cell that draws left a picture.
set -euo pipefail
cd "$(dirname "$0")/.."

./notebooks/start.sh --install
venv=target/notebooks/venv
made=target/notebooks/executed
rm -rf "$made"
mkdir -p "$made"
export WINNOW_HOME=$PWD OMP_NUM_THREADS=1
unset SPARK_HOME
for notebook in notebooks/*.ipynb; do
  started=$SECONDS
  [ "$(stat -c %s "$notebook")" -le 300000 ] || { echo "notebooks: $notebook is larger than 300 kB" >&2; exit 1; }
  "$venv/bin/jupyter" nbconvert --log-level=WARN --to notebook --execute --ExecutePreprocessor.timeout=300 \
    --output-dir "$made" "$notebook"
  "$venv/bin/python" .ci/pictures.py "$notebook" "$made/${notebook##*/}"
  echo "$notebook: $((SECONDS - started)) s"
done
