#!/usr/bin/env bash
# How much faster epochs after the first are with the feature cache, each network in one run.
#   benchmarks/feature-cache.sh DATA WEIGHTS_DIR [LIMIT]
# DATA: class folders. WEIGHTS_DIR: vgg16_notop.h5, resnet50_notop.h5, densenet121_notop.h5.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
data=$1 weights=$2 limit=${3:-160}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

# epochs MODEL MODE OPTION... : mean seconds of the epochs after the first
epochs() {
  local model=$1 mode=$2 runs; shift 2
  runs=$(mktemp -d "$out/XXXX")
  java -jar "$here/oct-app/target/oct-app.jar" train --data "$data" --model "$model" --fine-tune "$mode" \
    --weights "$weights/${model}_notop.h5" --image-size 224 --batch-size 16 --limit "$limit" --patience 9 \
    --out "$runs" "$@" > "$runs/log" 2>&1 || { cat "$runs/log" >&2; exit 1; }
  awk -F, 'NR > 2 { s += $7; n++ } END { print s / n }' "$runs"/train-*/history.csv
}

grep -m1 'model name' /proc/cpuinfo | sed 's/.*: //' || true
printf '%-12s %-7s %14s %14s %8s\n' model mode 'without, s' 'with, s' factor
for job in 'vgg16 frozen' 'resnet50 last3' 'densenet121 last3'; do
  set -- $job
  without=$(epochs "$1" "$2" --epochs 3 --no-feature-cache)
  with=$(epochs "$1" "$2" --epochs 5)
  printf '%-12s %-7s %14s %14s %8s\n' "$1" "$2" "$without" "$with" "$(awk "BEGIN { printf \"%.1f\", $without / $with }")"
done
