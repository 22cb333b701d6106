#!/bin/sh
# Runs open_clip's input pipeline and ours in turns on the same shards and prints medians and ratios.
#   loader_turns.sh SHARD_FOLDER    made where it does not exist; ROUNDS=5 WORKERS=2 BATCH=32 SAMPLES=2000 PYTHON=python3
set -eu
folder=${1:?usage: loader_turns.sh SHARD_FOLDER}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
python=${PYTHON:-python3}
workers=${WORKERS:-2} batch=${BATCH:-32} samples=${SAMPLES:-2000}

if [ ! -d "$folder" ]; then
    "$python" "$here/loader_peer.py" shards "$here/../../data-scripts/backgrounds/backgrounds.tar" "$folder"
fi
# Twice the samples before the measurement: the JVM compiles what runs often.
exec "$python" "$here/turns.py" --rounds "${ROUNDS:-5}" --higher samples_per_second,samples_per_processor_second --equal workers \
    --peer open_clip "$python $here/loader_peer.py measure $folder --workers $workers --batch $batch --samples $samples" \
    --ours glip "$here/run.sh java org.glip.benchmark.LoaderTimes $folder/shard-{0..3}.tar $workers $batch $((2 * samples)) $samples"
