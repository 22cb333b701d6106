#!/bin/sh
# Builds the openers for Linux on x86-64 into the resources of this module, and writes down what belongs together: the
# engine's version, the digests of the openers and that of their sources. g++ 9 or newer.
#
#   TORCH_INCLUDE   torch/include of a pip-installed torch of the engine's version (pip download torch==2.7.1; unzip it)
#   ENGINE_LIBS     the folder with libtorch_cpu.so and libc10.so: what the engine unpacks (~/.djl.ai/pytorch/2.7.1-...)
#   CUDA_INCLUDE    folders of cuda_runtime.h and nccl.h, with : between them, and
#   CUDA_LIBS       that of libtorch_cuda.so, for the opener of NCCL; without them only that of Gloo is built
set -eu
cd "$(dirname "$0")"
: "${TORCH_INCLUDE:?see the head of this script}" "${ENGINE_LIBS:?see the head of this script}"
out=../resources/org/glip/ranks
mkdir -p "$out"

# What is built does not depend on where the headers lie: the engine's macros put their places into messages.
places=$(echo "${CUDA_INCLUDE:-}" | tr ':' '\n' | sed -n 's/.\+/-ffile-prefix-map=&=cuda/p' | tr '\n' ' ')

compile() {
    source=$1
    shift
    # shellcheck disable=SC2086 # the places are words
    g++ -O2 -std=c++17 -shared -fPIC -fvisibility=hidden -D_GLIBCXX_USE_CXX11_ABI=1 \
        -ffile-prefix-map="$TORCH_INCLUDE=torch/include" $places \
        -isystem stub -isystem "$TORCH_INCLUDE" -isystem "$TORCH_INCLUDE/torch/csrc/api/include" \
        "$source.cpp" old_systems.cpp -o "$out/libglip_ranks_$source.so" \
        -L "$ENGINE_LIBS" "$@" -ltorch_cpu -lc10 -Wl,--no-undefined -Wl,-s -Wl,--build-id=none
    echo "libglip_ranks_$source.so needs:"
    objdump -T "$out/libglip_ranks_$source.so" | grep -oE '(GLIBC|GLIBCXX|CXXABI)_[0-9.]+' | sort -V -u | tr '\n' ' '
    echo
}

compile gloo
if [ -n "${CUDA_INCLUDE:-}" ]; then
    includes=$(echo ":$CUDA_INCLUDE" | sed 's/:/ -isystem /g')
    # shellcheck disable=SC2086 # the folders are words
    compile nccl $includes -L "$CUDA_LIBS" -ltorch_cuda -lc10_cuda -Wl,--allow-shlib-undefined
fi

digest() {
    sha256sum | cut -d ' ' -f 1
}
{
    echo "# Written by build.sh."
    sed -n 's/^#define TORCH_VERSION_\(MAJOR\|MINOR\|PATCH\) \([0-9]*\)$/\2/p' \
        "$TORCH_INCLUDE/torch/csrc/api/include/torch/version.h" | paste -sd . | sed 's/^/engine=/'
    echo "sources=$(cat gloo.cpp group.hpp nccl.cpp old_systems.cpp | digest)"
    for source in gloo nccl; do
        [ ! -f "$out/libglip_ranks_$source.so" ] || echo "$source=$(digest <"$out/libglip_ranks_$source.so")"
    done
} >"$out/openers.properties"
cat "$out/openers.properties"
