#!/usr/bin/env bash
# What jobs promise under faults, tried at length: a line for each says what was done, what was promised, and what happened.
# It takes up to 20 minutes on two cores; the short form is FaultsTest and its like, in mvn -B verify.
# PARTS says what is tried (flips disk kills two term appears full), STORES where kills are (local s3), KILLS how many there are
# on each store, SEED their moments. S3 is a mock server on this machine, from PyPI, and hadoop-aws of Spark's Hadoop.
# What is tried in tests (flips disk) goes on beside the rest.
set -euo pipefail
cd "$(dirname "$0")/.."

KILLS=${KILLS:-20}
RANDOM=${SEED:-1}
export MASTER=${MASTER:-local[1]} DRIVER_MEMORY=${DRIVER_MEMORY:-1g}
tools=$PWD/target/faults
jars=$tools/jars
python=$tools/venv/bin/python
faults=$PWD/.ci/faults.py
work=$(mktemp -d)
mounted=
server=
beside=
cleanup() {
  # Maven stops its own tests.
  [ -z "$beside" ] || pkill -P "$beside" 2>/dev/null || true
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  [ -z "$mounted" ] || umount "$mounted" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
told=$work/told
: >"$told"

# tell KIND WHAT PROMISE HAPPENED…: the last words are a command that holds if the promise was kept; KIND is what it is if not.
tell() {
  local kind=$1 what=$2 promise=$3
  shift 3
  if "$@"; then
    printf 'kept    %s | %s | as promised\n' "$what" "$promise"
    echo kept >>"$told"
  else
    printf 'BROKEN  %s | %s | %s: %s\n' "$what" "$promise" "$kind" "$*"
    echo "$kind" >>"$told"
  fi
}
count() { grep -cx "$1" "$told" || true; }

# Runs here are short: with code compiled once, one collector and the classes of an earlier run they take a third of the time.
fast='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC'
quick=(env "JDK_JAVA_OPTIONS=$fast")

rows='data.path=synthetic:two-moons?rows=200&noise_features=2'
# Arrays, as $! has to be the job itself and not a shell around it.
select=("${quick[@]}" ./jobs/select.sh "$rows" train.epochs=20 select.finetune_epochs=5)
prune=("${quick[@]}" ./jobs/prune.sh "$rows" dense.epochs=10 train.epochs=20 finetune.epochs=5 output.measure_seconds=0.1)
sweep=("${quick[@]}" ./jobs/sweep.sh "$rows" train.epochs=5 select.finetune_epochs=2 'sweep.space.gates.reg_weight=[0.01, 0.1]'
  'sweep.space.train.seed=[1, 2]')

no_trace() { ! grep -qE '^\s+at |Exception in thread' "$1"; }
nothing_hidden() { [ -z "$("$python" "$faults" hidden "$1")" ]; }
both() { "$1" "$2" && "$3" "$4"; }
in_file() { grep -qF -- "$2" "$1"; }
same() { cmp -s <("$python" "$faults" outcome "$1" "$3") <("$python" "$faults" outcome "$2" "$3"); }

prepare() {
  [ -x "$python" ] || python3 -m venv "$tools/venv"
  "$tools/venv/bin/pip" install -q --disable-pip-version-check 'moto[server]==5.2.1'
  # Builds, and keeps the classes that later runs share.
  "${select[@]}" output.dir="$work/first" >"$work/first.out" 2>&1 || { cat "$work/first.out"; exit 1; }
}

# hadoop-aws 3.3.4 names this bundle of Amazon's; both are for these tests alone, as they are as large as the product.
start_s3() {
  local hadoop port
  hadoop=$(basename target/spark-home/jars/hadoop-client-api-*.jar .jar)
  for artifact in "org.apache.hadoop:hadoop-aws:${hadoop##*-}" com.amazonaws:aws-java-sdk-bundle:1.12.262; do
    (cd "$work" && mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact="$artifact" \
      -DoutputDirectory="$jars")
  done
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  "$tools/venv/bin/moto_server" -H 127.0.0.1 -p "$port" >"$work/server.log" 2>&1 &
  server=$!
  export S3_ENDPOINT=http://127.0.0.1:$port
  for _ in $(seq 100); do
    if "$python" "$faults" place s3a://winnow/ 2>/dev/null; then break; fi
    sleep 0.2
  done
  SPARK_OPTIONS="--jars $(printf '%s\n' "$jars"/*.jar | paste -sd,)"
  for setting in endpoint="$S3_ENDPOINT" access.key=nobody secret.key=nothing path.style.access=true attempts.maximum=2; do
    SPARK_OPTIONS+=" --conf spark.hadoop.fs.s3a.$setting"
  done
  export SPARK_OPTIONS
}

# Each bit of a thousand, and each hundredth write: in one JVM.
in_tests() {
  local log=$work/tests.log tests=()
  for part in "$@"; do
    case $part in
      flips) tests+=('FaultsTest#anyBit*' 'LedgerTest#bits*' 'CheckpointsTest#bits*' 'NetworkStatesTest#bits*'
        'SavedPredictorTest#bits*') ;;
      disk) tests+=('FullDiskTest#aDiskThatFills*') ;;
    esac
  done
  if mvn -B -ntp -q test -Dsurefire.failIfNoSpecifiedTests=false -Dspotless.check.skip=true -Dwinnow.flips=1000 \
    -Dwinnow.full.every=100 -Dtest="$(IFS=,; echo "${tests[*]}")" >"$log" 2>&1 && grep -q 'kept    ' "$log"; then
    # Maven may colour the beginning of a line.
    grep -o 'kept    .*' "$log"
    grep -o 'kept    ' "$log" | tr -d ' ' >>"$told"
  else
    grep -E 'kept    |ERROR' "$log" | head -40
    tell wrong "$*" "nothing goes unnoticed" false
  fi
}

# kill_often STORE ROOT: KILLS over the three jobs, at any moment of a run; a run that was faster begins anew.
kill_often() {
  local store=$1 root=$2 turn=0
  for job in select prune sweep; do
    local -n command=$job
    local place=$root/$job share=$(((KILLS + 2 - turn) / 3)) began=$SECONDS killed=0 late=0 took checkpoints
    turn=$((turn + 1))
    checkpoints=(train.checkpoint.dir="$place/checkpoints-peace" train.checkpoint.every_rounds=3)
    [ "$job" != sweep ] || checkpoints=()
    "${command[@]}" output.dir="$place/peace" "${checkpoints[@]}" >"$work/peace.out" 2>"$work/peace.err" ||
      { cat "$work/peace.err"; exit 1; }
    took=$(((SECONDS - began) * 1000))
    checkpoints=(train.checkpoint.dir="$place/checkpoints" train.checkpoint.every_rounds=3)
    [ "$job" != sweep ] || checkpoints=()
    while [ "$killed" -lt "$share" ]; do
      "${command[@]}" output.dir="$place/out" "${checkpoints[@]}" >"$work/killed.out" 2>"$work/killed.err" &
      local pid=$!
      sleep "$(awk -v r="$RANDOM" -v t="$took" 'BEGIN { printf "%.3f", (0.1 + r / 32768) * t / 1000 }')"
      if kill -KILL "$pid" 2>/dev/null; then killed=$((killed + 1)); else late=$((late + 1)); fi
      wait "$pid" 2>/dev/null || true
      "$python" "$faults" whole "$place" || tell wrong "a SIGKILL of $job ($store)" "nothing looks whole and is not" false
      if grep -q '^Results: ' "$work/killed.out"; then
        same "$place/peace" "$place/out" "$job" || tell wrong "$job was over before the kill ($store)" "the same results" false
        "$python" "$faults" remove "$place/out"
        "$python" "$faults" remove "$place/checkpoints"
      fi
    done
    local code=0
    "${command[@]}" output.dir="$place/out" "${checkpoints[@]}" >"$work/last.out" 2>"$work/last.err" || code=$?
    # A kill after the results stood leaves them, and then the last run says so.
    if [ "$code" -ne 0 ] && ! grep -q 'exists; give another' "$work/last.err"; then cat "$work/last.err"; fi
    local what="$share SIGKILLs of $job ($store; $late more runs were over before; $((SECONDS - began)) s), then once more"
    tell wrong "$what" "the results of an undisturbed run" same "$place/peace" "$place/out" "$job"
    tell lost "$what" "no leftover" nothing_hidden "$place"
    tell trace "$what" "no trace" no_trace "$work/last.err"
  done
}
try_kills() {
  for store in ${STORES-local s3}; do
    if [ "$store" = s3 ]; then
      start_s3
      kill_often s3 s3a://winnow/faults
      unset SPARK_OPTIONS
    else
      kill_often local "$work/kills"
    fi
  done
}

# Two at once, and who comes second says who holds it.
two() {
  local name=$1 until=$3
  local -n command=$2
  shift 3
  "${command[@]}" "$@" >"$work/$name-1.out" 2>"$work/$name-1.err" &
  local first=$! code=0
  for _ in $(seq 600); do
    [ -z "$(compgen -G "$until" || true)" ] || break
    sleep 0.1
  done
  [ "$name" != checkpoints ] || set -- "${@/%two\/one/two/other}"
  "${command[@]}" "$@" >"$work/$name-2.out" 2>"$work/$name-2.err" || code=$?
  tell unsaid "two at once: $name" "the second says who holds it" in_file "$work/$name-2.err" 'is in use by another run ('
  tell unsaid "two at once: $name" "it ends with 2" test "$code" -eq 2
  tell trace "two at once: $name" "no trace" no_trace "$work/$name-2.err"
  code=0
  wait "$first" || code=$?
  tell lost "two at once: $name" "the first ends well" test "$code" -eq 0
}
try_two() {
  mkdir -p "$work/two"
  two output select "$work/two/.out.lease-*" output.dir="$work/two/out" train.epochs=200
  two sweep sweep "$work/two/sweep/.ledger.lease-*" output.dir="$work/two/sweep" train.epochs=100
  two checkpoints select "$work/two/kept/.*.lease-*" train.checkpoint.dir="$work/two/kept" output.dir="$work/two/one" \
    train.checkpoint.every_rounds=3 train.epochs=200
  tell lost "two at once" "nothing of theirs is left" nothing_hidden "$work/two"
}

try_term() {
  mkdir -p "$work/term"
  "${select[@]}" output.dir="$work/term/out" train.epochs=4000 >"$work/term.out" 2>"$work/term.err" &
  local pid=$!
  for _ in $(seq 600); do
    if grep -q 'round' "$work/term.err"; then break; fi
    sleep 0.1
  done
  kill -TERM "$pid"
  wait "$pid" || true
  tell unsaid "SIGTERM of select" "a sentence" in_file "$work/term.err" 'select: stopped before its results were written'
  tell lost "SIGTERM of select" "nothing is left" nothing_hidden "$work/term"
  tell trace "SIGTERM of select" "no trace" no_trace "$work/term.err"
}

# A folder that appears while a job runs.
try_appears() {
  mkdir -p "$work/appears"
  "${select[@]}" output.dir="$work/appears/out" >"$work/appears.out" 2>"$work/appears.err" &
  local pid=$!
  for _ in $(seq 600); do
    [ -z "$(compgen -G "$work/appears/.out.incomplete-*" || true)" ] || break
    sleep 0.1
  done
  mkdir "$work/appears/out"
  echo "of years" >"$work/appears/out/thesis.txt"
  wait "$pid" || true
  tell lost "a folder appears at output.dir" "it is left" grep -q 'of years' "$work/appears/out/thesis.txt"
  tell lost "a folder appears at output.dir" "the results are beside it" test -s "$work/appears/out-2/features.csv"
  tell unsaid "a folder appears at output.dir" "this is said" in_file "$work/appears.out" "Results: $work/appears/out-2"
}

# A disk that is really full, or cannot be written; Spark's own folder too.
try_full() {
  mounted=$work/small
  mkdir -p "$mounted"
  if ! mount -t tmpfs -o size=256k tmpfs "$mounted" 2>/dev/null; then
    echo "skipped a full disk | no small file system can be mounted here; FaultsTest tries one in the JVM"
    mounted=
    return
  fi
  local place options
  for full in output.dir train.checkpoint.dir spark.local.dir; do
    place=(output.dir="$work/roomy-$full")
    options=
    case $full in
      output.dir) place=(output.dir="$mounted/out") ;;
      spark.local.dir) options="--conf spark.local.dir=$mounted" ;;
      *) place+=("$full=$mounted/checkpoints" train.checkpoint.every_rounds=1) ;;
    esac
    [ "$full" = output.dir ] || head -c 250k /dev/zero >"$mounted/filler"
    SPARK_OPTIONS=$options "${select[@]}" "${place[@]}" >"$work/full.out" 2>"$work/full.err" || true
    tell unsaid "a full disk at $full" "a sentence that names it" grep -q "no space is left where.*$full $mounted" "$work/full.err"
    # Nobody knows how much Spark is about to write to its own folder.
    [ "$full" = spark.local.dir ] ||
      tell unsaid "a full disk at $full" "how much is needed" grep -q ' left); at least .* are needed for ' "$work/full.err"
    tell trace "a full disk at $full" "no trace" no_trace "$work/full.err"
    rm -f "$mounted/filler"
    tell lost "a full disk at $full" "nothing half written" nothing_hidden "$mounted"
    rm -rf "${mounted:?}"/*
  done
  mount -o remount,ro "$mounted"
  local code=0
  "${select[@]}" output.dir="$mounted/out" >"$work/full.out" 2>"$work/full.err" || code=$?
  tell unsaid "output.dir on a disk that can only be read" "a sentence with a cure" \
    grep -q 'output.dir: cannot write to .*Read-only file system.*; have it mounted for writing, or' "$work/full.err"
  tell unsaid "output.dir on a disk that can only be read" "it ends with 2" test "$code" -eq 2
}

began=$SECONDS
prepare
parts=${PARTS-flips disk kills two term appears full}
tests=()
for part in $parts; do
  case $part in flips | disk) tests+=("$part") ;; esac
done
if [ "${#tests[@]}" -gt 0 ]; then
  in_tests "${tests[@]}" &
  beside=$!
fi
for part in $parts; do
  case $part in flips | disk) ;; *) "try_$part" ;; esac
done
[ -z "$beside" ] || wait "$beside"
beside=
all=$(wc -l <"$told")
times >"$work/times"
echo "faults: $all promises in $((SECONDS - began)) s, CPU $(tail -1 "$work/times"); $(count lost) lost, $(count wrong) wrong," \
  "$(count trace) traces, $(count unsaid) unsaid"
[ "$(count kept)" -eq "$all" ]
