#!/usr/bin/env bash
# Applies a selected model to new rows; --help lists the keys.
exec "$(dirname "$0")/winnow.sh" PredictJob "$@"
