#!/usr/bin/env bash
# measure.sh SERVER_BINARY [PATH...]: requests per CPU-second (utime + stime) of bench-http, and of nginx `return 200`
# in the same run. The server is pinned to core 0, wrk to core 1; each run takes TT_BENCH_SECONDS (default 5).
set -euo pipefail
binary=${1:?usage: measure.sh SERVER_BINARY [PATH...]}
shift
[ $# -gt 0 ] || set -- /tiny /json
seconds=${TT_BENCH_SECONDS:-5}
port=${TT_BENCH_PORT:-8201}
folder=$(mktemp -d)
pids=()
finish() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$folder"
}
trap finish EXIT

cpu_ticks() { awk '{print $14 + $15}' "/proc/$1/stat"; }

# load NAME PID URL
load() {
    local before after requests
    before=$(cpu_ticks "$2")
    taskset -c 1 wrk -t1 -c32 -d"${seconds}s" "$3" >"$folder/wrk"
    after=$(cpu_ticks "$2")
    requests=$(awk '/requests in/ {print $1}' "$folder/wrk")
    awk -v name="$1" -v requests="$requests" -v ticks=$((after - before)) -v hz="$(getconf CLK_TCK)" -v s="$seconds" '
        BEGIN {printf "%-22s %7d requests/CPU-second  (%d requests/s)\n", name, requests * hz / ticks, requests / s}'
    ! grep -E 'Non-2xx|Socket errors' "$folder/wrk"
}

cat >"$folder/nginx.conf" <<CONF
daemon off;
worker_processes 1;
pid $folder/nginx.pid;
error_log /dev/null;
events {}
http { access_log off; keepalive_requests 1000000; server { listen 127.0.0.1:$((port + 1)); location / { return 200 "ok"; } } }
CONF
taskset -c 0 nginx -c "$folder/nginx.conf" -p "$folder" 2>/dev/null &
pids+=($!)
taskset -c 0 "$binary" "$port" 1 >/dev/null &
server=$!
pids+=("$server")
sleep 0.5
worker=$(pgrep -P "$(cat "$folder/nginx.pid")" | head -1)

load "nginx return 200" "$worker" "http://127.0.0.1:$((port + 1))/"
for path in "$@"; do load "bench-http $path" "$server" "http://127.0.0.1:$port$path"; done
