#!/usr/bin/env bash
# Trains the model that comes with the library again: glip-lib/core/src/main/resources/org/glip/pretrained.
#
#   data-scripts/train-pretrained.sh [--data DIR] OUT
#
# DIR: the data root, by default `data`. OUT: a new folder for the run. Half an hour on two cores; interrupted, the same command
# goes on from the last checkpoint. The card beside the weights says what came of it.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
glip=$here/../glip-lib/bin/glip
data=data
if [[ ${1:-} == --data && $# -ge 2 ]]; then
  data=$2
  shift 2
fi
if [[ $# -ne 1 || $1 == -* ]]; then
  echo "usage: $0 [--data DIR] OUT" >&2
  exit 2
fi
out=$1
scenes=$data/scenes/v2/centred-varied-train150000
shards="$scenes/train-{00000..00029}.tar"
common=(--model tiny-wide --data "$shards" --batch 128 --weight-decay 0.2 --precision fp32 --augment none)

resume() { [[ ! -d $1 ]] || echo --resume; }

"$here/fetch-scenes.sh" "$data"
"$glip" scenes --data "$data" --varied --train-samples 150000 > /dev/null
# shellcheck disable=SC2046 # one word or none
[[ -f $out/pretrained/model.safetensors ]] || "$glip" pretrain "${common[@]}" --out "$out/pretrained" \
  --mask gaussian --ratio 0.75 --sigma 0.2 --lr 7e-4 --warmup 1000 --steps 14000 --checkpoint-every 2000 --prompt '{}' \
  $(resume "$out/pretrained")
# shellcheck disable=SC2046
[[ -f $out/tuned/model.safetensors ]] || "$glip" tune "${common[@]}" --out "$out/tuned" \
  --init "$out/pretrained" --lr 7e-5 --warmup 90 --steps 900 $(resume "$out/tuned")
[[ -f $out/model/model.safetensors ]] || "$glip" export --model "$out/tuned" --data "$shards" --out "$out/model"
# the labels of training: each test shows some of them only
sed -n '/"labels": \[/,/\]/p;/\]/q' "$scenes/labels.json" | grep -o '"[a-z]*",*$' | tr -d '",' > "$out/names.txt"
for test in drawings style; do
  "$glip" evaluate --model "$out/model" --task zero-shot --data "$scenes/test-$test-*.tar" --classes "$out/names.txt" \
    --out "$out/test-$test.json" --per-class "$out/test-$test.csv"
done
