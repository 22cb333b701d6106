#!/bin/sh
# Measures the library's parts: alone (jmh), or in turns with what others use. README.md says what each row means.
set -eu

usage() {
    cat >&2 <<TEXT
usage: run.sh jmh [REGEX] [JMH OPTION..]   our tokenizer, masks and pictures, alone
       run.sh tokenizer | embedding | optimizer   ours and its peers in turns; ROUNDS=5, PYTHON=python3
       run.sh java CLASS [ARGUMENT..]   one of our programs, as the tables run it
TEXT
    exit 2
}

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
library=$(dirname -- "$here")
classes="$here/target/classes:$here/target/lib/*:$library/cli/target/lib/*"
if [ ! -d "$here/target/lib" ] || [ ! -d "$library/cli/target/lib" ]; then
    echo "run.sh: not built yet: run 'mvn -q -B -DskipTests package' in $(dirname -- "$library")" >&2
    exit 1
fi
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
python=${PYTHON:-python3}
export OPT_OUT_TRACKING=true
# For ours and the peers alike: threads that wait for each other soon sleep, so that processor time means work.
export GOMP_SPINCOUNT="${GOMP_SPINCOUNT:-3000}"

# turns OPTION..: with the peers that the options name
turns() {
    "$python" "$here/turns.py" --rounds "${ROUNDS:-5}" "$@"
}

captions() {
    file=$(mktemp)
    trap 'rm -f "$file"' EXIT
    "$python" "$here/captions.py" "$1" >"$file"
}

case ${1:-} in
    jmh)
        shift
        exec "$java" -cp "$classes" org.openjdk.jmh.Main "$@"
        ;;
    java)
        shift
        exec "$java" -XX:MaxRAMPercentage=50 -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp "$classes" "$@"
        ;;
    tokenizer)
        captions 50000
        turns --lower captions_ms,captions_cpu_ms --equal captions,ids_sha256 \
            --peer open_clip "$python $here/tokenizer_peer.py open_clip $file" \
            --peer huggingface "$python $here/tokenizer_peer.py huggingface $file" \
            --peer huggingface_batch "$python $here/tokenizer_peer.py huggingface_batch $file" \
            --ours glip "$here/run.sh java org.glip.benchmark.TokenizerTimes $file"
        ;;
    embedding)
        captions 512
        turns --lower images_ms,images_cpu_ms,texts_ms,texts_cpu_ms,peak_mib --equal pictures,captions,threads \
            --peer open_clip_32 "$python $here/embedding_peer.py $file --batch 32" \
            --peer open_clip_64 "$python $here/embedding_peer.py $file --batch 64" \
            --ours glip "$here/run.sh java org.glip.benchmark.EmbeddingTimes $file"
        ;;
    optimizer)
        turns --lower step_ms,step_cpu_ms --equal parameters,threads \
            --peer torch "$python $here/optimizer_peer.py" \
            --ours glip "$here/run.sh java org.glip.train.OptimizerTimes"
        ;;
    *) usage ;;
esac
