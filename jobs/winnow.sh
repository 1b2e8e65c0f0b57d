#!/usr/bin/env bash
# Shared by the jobs: builds what is missing, then submits CLASS with the words that follow.
# Usage: winnow.sh CLASS [word …]; MASTER, SPARK_HOME, DRIVER_MEMORY, SPARK_OPTIONS and WINNOW_SHARED_CLASSES=off choose where
# and how it runs.
# With WINNOW_BUNDLED=FILE the job takes conf/FILE, which has the bundled data, unless the words bring a file or data of their own.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export WINNOW_HOME=$root
case " $* " in
  *" --conf"* | *" data.path="* | *" --data.path"*) ;;
  *) [ -z "${WINNOW_BUNDLED:-}" ] || set -- "$1" --conf "$root/conf/$WINNOW_BUNDLED" "${@:2}" ;;
esac
home=$root/target/spark-home
built=$home/.built
memory=${DRIVER_MEMORY:-2g}
master=${MASTER:-local[*]}
case $master in
  local | local\[*\] | spark://* | yarn | k8s://*) ;;
  *) echo "winnow: MASTER must be local[N], spark://HOST:PORT, yarn or k8s://URL, got $master" >&2; exit 2 ;;
esac
if [ -t 2 ]; then
  WINNOW_COLUMNS=$(tput cols 2>/dev/null || echo 80)
  export WINNOW_COLUMNS
fi
# One native thread per task: two make a small network five times slower.
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
# OpenBLAS takes processors newer than itself for the oldest there are, and is three to four times slower on them.
if [ -z "${OPENBLAS_CORETYPE:-}" ] && [ -r /proc/cpuinfo ]; then
  flags=" $(grep -m1 -E '^flags' /proc/cpuinfo || true) "
  has() { for flag in "$@"; do [[ $flags == *" $flag "* ]] || return 1; done; }
  if has avx512f avx512dq avx512bw avx512vl; then
    OPENBLAS_CORETYPE=SkylakeX
  elif has avx2 fma; then
    OPENBLAS_CORETYPE=Haswell
  fi
fi

build() {
  command -v mvn >/dev/null || { echo "winnow: Maven is needed to build; none on the path" >&2; exit 1; }
  echo "winnow: building; on a fresh machine this downloads about 400 MB" >&2
  local log=$root/target/build.log started=$SECONDS
  mkdir -p "$root/target"
  # Jars that the new pom may no longer name must not stay on the class path.
  if [ ! -f "$built" ] || [ "$root/pom.xml" -nt "$built" ] || compgen -G "$home/jars/winnow-*.jar" >/dev/null; then
    rm -rf "$home"
  fi
  if ! mvn -B -f "$root/pom.xml" -Dmaven.test.skip=true -Dspotless.check.skip=true package 2>&1 | tee "$log" |
    awk '/Downloaded from/ { if (++n % 20 == 0) { print "winnow: " n " files downloaded"; fflush() } }
         /--- .* @ winnow ---/ { sub(/.*--- /, ""); sub(/ \(.*/, ""); print "winnow: " $0; fflush() }' >&2; then
    grep -F '[ERROR]' "$log" | head -20 >&2
    echo "winnow: the build failed; all of it is in $log" >&2
    exit 1
  fi
  echo "winnow: built in $((SECONDS - started)) s" >&2
}

# The one jar; Maven's package leaves it under another name until it is whole.
built_jar() {
  find "$root/target" -maxdepth 1 -name 'winnow-[0-9]*.jar' ! -name '*-shaded.jar' -size +50M -print -quit 2>/dev/null || true
}

# What the sources hold, and what the jar does by the checksums in its directory: times say nothing of files that were copied.
of_sources() {
  (cd "$root" && find pom.xml src/main -type f -print0 | LC_ALL=C sort -z | xargs -0 cksum | cksum)
}
of_jar() { tail -c 4000000 "$1" | cksum; }

# Whether the jar was made from the sources as they are. One that Maven made by itself is not on record: if it is newer than they, it was.
is_current() {
  [ -n "$jar" ] && compgen -G "$home/jars/spark-core*.jar" >/dev/null || return 1
  local record made
  made=$(of_jar "$jar")
  record=$(cat "$built" 2>/dev/null || true)
  if [ "${record#* of }" = "$made" ]; then
    [ "$record" = "$sources of $made" ]
  else
    [ -z "$(find "$root/pom.xml" "$root/src/main" -newer "$jar" -type f -print -quit)" ]
  fi
}

sources=$(of_sources)
jar=$(built_jar)
if ! is_current; then
  build
  jar=$(built_jar)
  [ -n "$jar" ] || { echo "winnow: the build left no jar in $root/target" >&2; exit 1; }
fi
record="$sources of $(of_jar "$jar")"
if [ "$record" != "$(cat "$built" 2>/dev/null || true)" ]; then
  # Whole or not there: other jobs may be starting.
  { echo "$record" >"$built.$$" && mv "$built.$$" "$built"; } 2>/dev/null || rm -f "$built.$$"
fi
read -ra more <<<"${SPARK_OPTIONS:-}"
options=(--master "$master" --driver-memory "$memory" --properties-file "$root/conf/spark-defaults.conf")
# A local job is over before anybody has opened Spark's page.
case $master in local*) options+=(--conf spark.ui.enabled=false) ;; esac
options+=(--class "org.winnow.job.$1" "${more[@]}")
shift
# Executors round as the driver does.
if [ -n "${OPENBLAS_CORETYPE:-}" ]; then
  export OPENBLAS_CORETYPE
  options+=(--conf "spark.executorEnv.OPENBLAS_CORETYPE=$OPENBLAS_CORETYPE")
fi

if [ -n "${SPARK_HOME:-}" ] && [ "$SPARK_HOME" != "$home" ]; then
  export SPARK_SUBMIT_OPTS="${SPARK_SUBMIT_OPTS:-} -Dlog4j2.configurationFile=$root/conf/log4j2.properties"
  exec "$SPARK_HOME/bin/spark-submit" "${options[@]}" "$jar" "$@"
fi
case $master in
  yarn | k8s://*) echo "winnow: MASTER=$master needs SPARK_HOME, a Spark 3.5 with Scala 2.12" >&2; exit 2 ;;
esac
# The JVM of SparkSubmit is the driver's, so what spark-defaults.conf says of that has to be said here.
read -ra driver < <(sed -nE 's/^spark\.driver\.extraJavaOptions +//p' "$root/conf/spark-defaults.conf")
export SPARK_HOME=$home SPARK_SCALA_VERSION=2.12
java=$(command -v "${JAVA_HOME:+$JAVA_HOME/bin/}java") || { echo "winnow: Java 17 is needed; none on the path" >&2; exit 1; }
# What a short job does some thousand times is over before its best code is made; what limits a long one is done far more often.
driver+=(-XX:Tier4InvocationThreshold=15000 -XX:Tier4MinInvocationThreshold=1800 -XX:Tier4CompileThreshold=45000
  -XX:Tier4BackEdgeThreshold=120000)
# The job's own jar is among those of the JVM: classes that Spark loads by itself cannot be shared.
run=("$java" "${driver[@]}" -Dlog4j2.configurationFile="$root/conf/log4j2.properties" -cp "$jar:$home/jars/*")

# Classes as the JVM wants them in memory, so that it need not read and verify 18,000 of them in every run. Made once for this
# jar and this Java; a JVM that finds anything changed goes without.
share_classes() {
  local list=$root/target/classes.$$.list part=$root/target/classes.$$.jsa out=$root/target/classes.$$
  echo "winnow: once, 30 s: keeps loaded classes in target, so that jobs start faster (WINNOW_SHARED_CLASSES=off: never)" >&2
  trap 'rm -rf "$list" "$part" "$out"' EXIT
  if "${run[@]}" -Xmx1g -XX:DumpLoadedClassList="$list" org.apache.spark.deploy.SparkSubmit --master 'local[1]' \
    --properties-file "$root/conf/spark-defaults.conf" --conf spark.ui.enabled=false --class org.winnow.job.SelectJob "$jar" \
    --conf "$root/conf/select.conf" train.epochs=2 output.dir="$out" &&
    "${run[@]}" org.winnow.launch.SharedClasses "$list" "$home/jars" &&
    "${run[@]}" -Xshare:dump -XX:SharedClassListFile="$list" -XX:SharedArchiveFile="$part"; then
    rm -f "$root"/target/classes-*.jsa
    mv "$part" "$1"
  else
    # Nobody has to wait for this twice.
    : >"$1"
  fi >"$root/target/classes.log" 2>&1
  rm -rf "$list" "$part" "$out"
  trap - EXIT
}

shared=$root/target/classes-$({ echo "$root $record"; ls -lL "$java"; } | cksum | cut -d' ' -f1).jsa
if [ "${WINNOW_SHARED_CLASSES:-on}" = on ]; then
  # Who only asks does not wait for it.
  case " $* " in *" --help "* | *" --version "*) ;; *) [ -e "$shared" ] || [ ! -w "$root/target" ] || share_classes "$shared" ;; esac
  [ ! -s "$shared" ] || run+=(-XX:SharedArchiveFile="$shared" -Xlog:cds=off)
fi
exec "${run[@]}" -Xmx"$memory" org.apache.spark.deploy.SparkSubmit "${options[@]}" "$jar" "$@"
