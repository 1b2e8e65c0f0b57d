#!/usr/bin/env bash
# What jobs promise under faults, tried on real processes: a line for each says what was done, what was promised, and what
# happened. KILLS sets how often each job is killed (20), JOBS which of them are (select prune sweep); the short form is FaultsTest and its like, in mvn -B verify.
set -euo pipefail
cd "$(dirname "$0")/.."

KILLS=${KILLS:-20}
RANDOM=${SEED:-1}
export MASTER=${MASTER:-local[1]} DRIVER_MEMORY=${DRIVER_MEMORY:-1g}
work=$(mktemp -d)
mounted=
cleanup() {
  [ -z "$mounted" ] || umount "$mounted" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
failures=0

# tell WHAT PROMISE HAPPENED…: the last words are a command that holds if the promise was kept.
tell() {
  local what=$1 promise=$2
  shift 2
  if "$@"; then
    printf 'kept    %s | %s\n' "$what" "$promise"
  else
    printf 'BROKEN  %s | %s | %s\n' "$what" "$promise" "$*"
    failures=$((failures + 1))
  fi
}

rows='data.path=synthetic:two-moons?rows=400&noise_features=4'
# Arrays, as $! has to be the job itself and not a shell around it.
select=(./jobs/select.sh "$rows" train.epochs=60 select.finetune_epochs=20 train.checkpoint.every_rounds=10)
prune=(./jobs/prune.sh "$rows" dense.epochs=20 train.epochs=40 finetune.epochs=10 output.measure_seconds=0.1
  train.checkpoint.every_rounds=10)
sweep=(./jobs/sweep.sh "$rows" train.epochs=40 select.finetune_epochs=5
  'sweep.space.gates.reg_weight=[0.01, 0.02, 0.05, 0.1]' 'sweep.space.train.seed=[1, 2]')

no_trace() { ! grep -qE '^\s+at |Exception in thread' "$1"; }
nothing_hidden() { [ -z "$(find "$1" -mindepth 1 -maxdepth 2 -name '.*' ! -name '*.crc' -print -quit)" ]; }
both() { "$1" "$2" && "$3" "$4"; }
in_file() { grep -qF -- "$2" "$1"; }

# What a run came to, without times.
outcome() {
  case $1 in
    select) cat "$2/features.csv" ;;
    prune) sha256sum <"$2/model/network.zip" ;;
    sweep) find "$2/ledger" -name '*.json' -printf '%f\n' | sort; cut -d' ' -f1 "$2.out" | grep -v '^Results:' ;;
  esac
}

for job in ${JOBS-select prune sweep}; do
  dir=$work/$job
  declare -n command=$job
  mkdir -p "$dir"
  extra=()
  [ "$job" = sweep ] || extra=(train.checkpoint.dir="$dir/checkpoints-peace")
  "${command[@]}" output.dir="$dir/peace" "${extra[@]}" >"$dir/peace.out" 2>"$dir/peace.err"
  began=$SECONDS
  [ "$job" = sweep ] || extra=(train.checkpoint.dir="$dir/checkpoints")
  for kills in $(seq "$KILLS"); do
    "${command[@]}" output.dir="$dir/out" "${extra[@]}" >"$dir/out.out" 2>"$dir/killed.err" &
    pid=$!
    sleep "$((RANDOM % 12)).$((RANDOM % 10))"
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    [ "$job" = sweep ] || [ ! -e "$dir/out" ] || break
  done
  [ "$job" = sweep ] || [ ! -e "$dir/out" ] || rm -rf "$dir/out"
  "${command[@]}" output.dir="$dir/out" "${extra[@]}" >"$dir/out.out" 2>"$dir/last.err" || cat "$dir/last.err"
  tell "$kills SIGKILLs of $job, then once more ($((SECONDS - began)) s)" "the results of an undisturbed run" \
    cmp -s <(outcome "$job" "$dir/peace") <(outcome "$job" "$dir/out")
  tell "the same" "no leftover folder, no trace" both nothing_hidden "$dir" no_trace "$dir/last.err"
done

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
  "${command[@]}" "$@" >"$work/$name-2.out" 2>"$work/$name-2.err" || code=$?
  tell "two at once: $name" "the second says who holds it and ends with 2, got $code" in_file "$work/$name-2.err" 'is in use by another run ('
  tell "the same" "no trace" no_trace "$work/$name-2.err"
  code=0
  wait "$first" || code=$?
  tell "the same" "the first ends well" test "$code" -eq 0
}
mkdir -p "$work/two"
two "output folder" select "$work/two/.out.lease-*" output.dir="$work/two/out" train.epochs=400
two "sweep folder" sweep "$work/two/sweep/.ledger.lease-*" output.dir="$work/two/sweep" train.epochs=400
tell "two at once" "nothing of theirs is left" nothing_hidden "$work/two"

# SIGTERM.
mkdir -p "$work/term"
"${select[@]}" output.dir="$work/term/out" train.epochs=4000 >"$work/term.out" 2>"$work/term.err" &
pid=$!
for _ in $(seq 600); do
  if grep -q 'round' "$work/term.err"; then break; fi
  sleep 0.1
done
kill -TERM "$pid"
wait "$pid" || true
tell "SIGTERM of select" "a sentence" in_file "$work/term.err" 'select: stopped before its results were written'
tell "the same" "nothing is left, no trace" both nothing_hidden "$work/term" no_trace "$work/term.err"

# A folder that appears.
mkdir -p "$work/appears"
"${select[@]}" output.dir="$work/appears/out" >"$work/appears.out" 2>"$work/appears.err" &
pid=$!
for _ in $(seq 600); do
  [ -z "$(compgen -G "$work/appears/.out.incomplete-*" || true)" ] || break
  sleep 0.1
done
mkdir "$work/appears/out"
echo "of years" >"$work/appears/out/thesis.txt"
wait "$pid" || true
tell "a folder appears at output.dir" "it is left" grep -q 'of years' "$work/appears/out/thesis.txt"
tell "the same" "the results are beside it" test -s "$work/appears/out-2/features.csv"
tell "the same" "this is said" in_file "$work/appears.out" "Results: $work/appears/out-2"

# A disk that fills.
mounted=$work/small
mkdir -p "$mounted"
if mount -t tmpfs -o size=256k tmpfs "$mounted" 2>/dev/null; then
  for full in output.dir train.checkpoint.dir; do
    code=0
    place=(output.dir="$work/roomy-$full")
    [ "$full" = output.dir ] || head -c 250k /dev/zero >"$mounted/filler"
    if [ "$full" = output.dir ]; then place=(output.dir="$mounted/out"); else place+=("$full=$mounted/checkpoints"); fi
    "${select[@]}" "${place[@]}" >"$work/full.out" 2>"$work/full.err" || code=$?
    tell "a full disk at $full" "a sentence that names it, got $code" grep -q "no space is left\|No space left" "$work/full.err"
    tell "the same" "no trace, nothing half written" both no_trace "$work/full.err" nothing_hidden "$mounted"
    rm -rf "${mounted:?}"/*
  done
else
  echo "skipped a full disk | no small file system can be mounted here; FaultsTest tries one in the JVM"
  mounted=
fi

[ "$failures" -eq 0 ] || { echo "faults: $failures promises were broken" >&2; exit 1; }
echo "faults: every promise was kept"
