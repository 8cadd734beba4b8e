#!/usr/bin/env bash
# Draws README's pictures anew, after `mvn -DskipTests package`: docs/report.png by a training on phantoms and Chromium, docs/benchmarks.png
# of the numbers in benchmarks/RESULTS.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
for browser in chromium chromium-browser google-chrome; do command -v $browser >/dev/null && break; done
cd "$work"
java -jar "$here/../oct-app/target/oct-app.jar" train --epochs 12 --image-size 64 --out runs
"$browser" --headless --no-sandbox --hide-scrollbars --user-data-dir="$work/profile" --window-size=1000,1150 \
  --screenshot="$here/report.png" "file://$work/runs/train-cnn3-1/report.html" 2>/dev/null
cd "$here/.." && benchmarks/run picture docs/benchmarks.png
