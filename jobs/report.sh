#!/usr/bin/env bash
# Makes a page to look at of what a job left: report.sh DIR; --help lists the keys.
jobs=$(cd "$(dirname "$0")" && pwd)
case ${1:-} in
  '' | -* | results.dir=*) ;;
  *) set -- "results.dir=$1" "${@:2}" ;;
esac
exec "$jobs/winnow.sh" ReportJob "$@"
