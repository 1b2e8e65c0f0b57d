#!/usr/bin/env bash
# Shared by the jobs: builds what is missing, then submits CLASS with the words that follow.
# Usage: winnow.sh CLASS [word …]; MASTER and SPARK_HOME choose where it runs.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
home=$root/target/spark-home
built=$home/.built

build() {
  command -v mvn >/dev/null || { echo "winnow: Maven is needed to build; none on the path" >&2; exit 1; }
  echo "winnow: building, once (on a fresh machine this downloads about 350 MB)" >&2
  local log=$root/target/build.log started=$SECONDS
  mkdir -p "$root/target"
  if ! mvn -B -f "$root/pom.xml" -Dmaven.test.skip=true -Dspotless.check.skip=true package 2>&1 | tee "$log" |
    awk '/Downloaded from/ { n++; if (n % 10 == 0) { printf "winnow: %d files downloaded\n", n; fflush() } }
         /^\[INFO\] --- / { print "winnow: " $3; fflush() }' >&2; then
    grep -E '^\[ERROR\]' "$log" | head -20 >&2
    echo "winnow: the build failed; all of it is in $log" >&2
    exit 1
  fi
  touch "$built"
  echo "winnow: built in $((SECONDS - started)) s" >&2
}

if [ ! -f "$built" ] || [ -n "$(find "$root/pom.xml" "$root/src/main" -newer "$built" -type f -print -quit)" ]; then
  build
fi

class=$1
shift
# One native thread per task: two make a small network five times slower.
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
options=(--master "${MASTER:-local[*]}" --properties-file "$root/conf/spark-defaults.conf"
  --driver-java-options "-Dlog4j2.configurationFile=$root/conf/log4j2.properties" --class "org.winnow.job.$class")
jar=$(echo "$home"/jars/winnow-*.jar)

if [ -n "${SPARK_HOME:-}" ] && [ "$SPARK_HOME" != "$home" ]; then
  extra=$(cat "$root/target/beside-spark.txt")
  exec "$SPARK_HOME/bin/spark-submit" "${options[@]}" --jars "$extra" "$jar" "$@"
fi
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
# The JVM of spark-submit is the driver's: what spark-defaults.conf says of the driver's JVM has to be said here.
mapfile -t driver < <(sed -nE 's/^spark\.driver\.extraJavaOptions[ =]+//p' "$root/conf/spark-defaults.conf" | tr ' ' '\n')
SPARK_HOME=$home SPARK_SCALA_VERSION=2.12 exec "$java" -Xmx"${DRIVER_MEMORY:-2g}" "${driver[@]}" \
  -Dlog4j2.configurationFile="$root/conf/log4j2.properties" -cp "$home/jars/*" \
  org.apache.spark.deploy.SparkSubmit "${options[@]}" "$jar" "$@"
