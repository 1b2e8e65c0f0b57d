#!/usr/bin/env bash
# Runs a job over a space of configurations; --help lists the keys. Without --conf or data.path it sweeps the bundled data.
case " $* " in
  *" sweep.job=prune "*) bundled=sweep-prune.conf ;;
  *) bundled=sweep-select.conf ;;
esac
WINNOW_BUNDLED=$bundled exec "$(dirname "$0")/winnow.sh" SweepJob "$@"
