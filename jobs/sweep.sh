#!/usr/bin/env bash
# Runs the select job over a space of configurations; --help lists the keys. Without --conf it sweeps the bundled data.
jobs=$(cd "$(dirname "$0")" && pwd)
case " $* " in
  *" --conf"*) ;;
  *) set -- --conf "${jobs%/*}/conf/sweep-select.conf" "$@" ;;
esac
exec "$jobs/winnow.sh" SweepJob "$@"
