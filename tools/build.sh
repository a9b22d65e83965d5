#!/usr/bin/env bash
# build.sh PRESET [TARGET...]: configures when needed and builds, one build at a time per preset (a lock),
# so that several shells can share a build folder. TT_UNITY=OFF in the environment compiles file by file (ADR 0008).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
preset=${1:?usage: tools/build.sh dev|release|tsan [target...]}
shift
export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
export CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-8G}
mkdir -p "build/$preset"
exec 9>"build/$preset/.lock"
flock 9
unity=${TT_UNITY:-ON}
if [ ! -f "build/$preset/build.ninja" ] || ! grep -q "^CMAKE_UNITY_BUILD:[A-Z]*=$unity$" "build/$preset/CMakeCache.txt"; then
    cmake --preset "$preset" -DCMAKE_UNITY_BUILD="$unity" >"build/$preset/configure.log" 2>&1 || { cat "build/$preset/configure.log"; exit 1; }
fi
targets=()
[ $# -gt 0 ] && targets=(--target "$@")
cmake --build "build/$preset" -j "${TT_JOBS:-2}" "${targets[@]}" -- -k 0
