#!/usr/bin/env bash
# Another checkout of the engine against this one, by turns in one process; both are built already.
#   benchmarks/turns.sh OLD_CHECKOUT [TURNS] ["train cnn3 16 224" ...]
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
old=$(cd "$1" && pwd)
turns=${2:-15}
shift; shift || true
[ $# -gt 0 ] || set -- "train cnn3 16 224" "train cnn7 16 224" \
  "predict cnn3 8 224" "predict cnn7 8 224" "predict vgg16 8 224" "predict resnet50 8 224" "predict densenet121 8 224"
java=${OCTNET_JAVA:-java}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
classes() { echo "$1/engine/target/classes:$1/layers/target/classes"; }
for side in old new; do
  root=$here; [ $side = new ] || root=$old
  "${java}c" --add-modules jdk.incubator.vector -d "$work/$side" -cp "$(classes "$root")" "$here/benchmarks/turns/Side.java" 2>&1 | grep -v incubat || true
done
"${java}c" -d "$work" "$here/benchmarks/turns/Turns.java"
"$java" --add-modules jdk.incubator.vector -XX:+UseSerialGC -Xmx8g -cp "$work" Turns \
  "$work/old:$(classes "$old")" "$work/new:$(classes "$here")" "$turns" "$@"
