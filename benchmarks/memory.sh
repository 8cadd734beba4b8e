#!/usr/bin/env bash
# The memory that a training takes, beside what it said beforehand: peak resident memory, report included (Linux).
#   benchmarks/memory.sh DATA
# DATA: class folders of scans.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
data=$1
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

# taken OPTION... : tells, as "told taken", MiB of the process of a training
taken() {
  local runs launcher child peak=0 now
  runs=$(mktemp -d "$out/XXXX")
  java -jar "$here/oct-app/target/oct-app.jar" train --data "$data" --weights none --limit 110 --out "$runs" "$@" > "$runs/log" 2>&1 &
  launcher=$!
  while kill -0 "$launcher" 2> /dev/null; do
    child=$(pgrep -P "$launcher" | head -1 || true)
    now=$(awk '/^VmHWM/ { print int($2 / 1024) }' "/proc/$child/status" 2> /dev/null || true)
    if [ -n "$now" ] && [ "$now" -gt "$peak" ]; then peak=$now; fi
    sleep 0.2
  done
  wait "$launcher" || { cat "$runs/log" >&2; exit 1; }
  echo "$(sed -n 's/.*memory \([0-9,]*\) MiB.*/\1/p' "$runs/log" | tr -d ,) $peak"
}

grep -m1 'model name' /proc/cpuinfo | sed 's/.*: //' || true
printf '%-54s %10s %10s %8s\n' training 'told MiB' 'taken MiB' ratio
while read -r line; do
  # shellcheck disable=SC2086
  read -r told took <<< "$(taken $line)"
  printf '%-54s %10d %10d %8.2f\n' "${line//--/}" "$told" "$took" "$(awk "BEGIN { print $took / $told }")"
done << 'JOBS'
--model cnn3 --batch-size 16 --epochs 2
--model cnn3 --image-size 96 --batch-size 64 --epochs 2
--model cnn7 --batch-size 16 --epochs 2
--model cnn7 --image-size 64 --batch-size 64 --epochs 2
--model vgg16 --batch-size 16 --epochs 2
--model vgg16 --fine-tune all --batch-size 8 --epochs 1
--model resnet50 --fine-tune last3 --batch-size 16 --epochs 2
--model resnet50 --fine-tune all --batch-size 16 --epochs 1
--model densenet121 --fine-tune all --batch-size 16 --epochs 1
JOBS
