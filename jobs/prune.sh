#!/usr/bin/env bash
# Makes a network sparse and small; --help lists the keys. Without --conf or data.path it takes the bundled data.
jobs=$(cd "$(dirname "$0")" && pwd)
case " $* " in
  *" --conf"* | *" data.path="*) ;;
  *) set -- --conf "${jobs%/*}/conf/prune.conf" "$@" ;;
esac
exec "$jobs/winnow.sh" PruneJob "$@"
