#!/usr/bin/env bash
# Selects the features that matter; --help lists the keys. Without --conf or data.path it takes the bundled data.
WINNOW_BUNDLED=select.conf exec "$(dirname "$0")/winnow.sh" SelectJob "$@"
