#!/usr/bin/env bash
# Selects the features that matter; --help lists the keys. Without --conf or data.path it takes the bundled data.
jobs=$(cd "$(dirname "$0")" && pwd)
case " $* " in
  *" --conf"* | *" data.path="*) ;;
  *) set -- --conf "${jobs%/*}/conf/select.conf" "$@" ;;
esac
exec "$jobs/winnow.sh" SelectJob "$@"
