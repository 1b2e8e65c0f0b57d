#!/usr/bin/env bash
# Makes a network sparse and small; --help lists the keys. Without --conf or data.path it takes the bundled data.
WINNOW_BUNDLED=prune.conf exec "$(dirname "$0")/winnow.sh" PruneJob "$@"
