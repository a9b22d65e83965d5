#!/usr/bin/env bash
# measure.sh BINARY DATABASE_URL PORT: requests per second of the data API, of pgbench running the equivalent statement, of
# pgbench running it in the same transaction (role, claims, request), and of a Node server with `pg`, in the same run.
set -euo pipefail
binary=$1 url=$2 port=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
seconds=${TT_BENCH_SECONDS:-5}
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT

psql "$url" -q -v ON_ERROR_STOP=1 -f "$here/schema.sql"
"$binary" --listen "127.0.0.1:$port" --db-uri "$url" --db-schemas bench --db-anon-role bench_visitor --db-config false --io-threads 1 &
pids+=($!)
api_pid=$!

bulk="[$(seq -s, -f '{"body":"note %g"}' 1 1000)]"
json() { python3 -c 'import json,sys; print(json.dumps(sys.argv[1]))' "$1"; }

# name | path | body | the statement
cases=(
    "one row by its key|films?id=eq.77||SELECT coalesce(json_agg(t), '[]')::text AS body FROM (SELECT * FROM bench.films WHERE id = 77) AS t"
    "page of 100 rows|films?order=id&limit=100&offset=500||SELECT json_agg(t)::text AS body FROM (SELECT * FROM bench.films ORDER BY id LIMIT 100 OFFSET 500) AS t"
    "one level embedded|directors?id=eq.7&select=name,films(title)||SELECT json_agg(t)::text AS body FROM (SELECT name, f.films FROM bench.directors d LEFT JOIN LATERAL (SELECT json_agg(x) AS films FROM (SELECT title FROM bench.films WHERE director_id = d.id) x) f ON true WHERE id = 7) AS t"
    "two levels embedded|directors?id=eq.7&select=name,films(title,roles(actor))||SELECT json_agg(t)::text AS body FROM (SELECT name, f.films FROM bench.directors d LEFT JOIN LATERAL (SELECT json_agg(x) AS films FROM (SELECT title, r.roles FROM bench.films g LEFT JOIN LATERAL (SELECT json_agg(y) AS roles FROM (SELECT actor FROM bench.roles WHERE film_id = g.id) y) r ON true WHERE director_id = d.id) x) f ON true WHERE id = 7) AS t"
    "function|rpc/add?a=1&b=2||SELECT to_json(bench.add(1, 2))::text AS body"
    "insert, answered|notes|{\"body\":\"one\"}|WITH w AS (INSERT INTO bench.notes (body) SELECT body FROM json_to_record(\$1::json) AS t (body text) RETURNING *) SELECT json_agg(w)::text AS body FROM w"
    "insert of 1000|notes?columns=body|$bulk|WITH w AS (INSERT INTO bench.notes (body) SELECT body FROM json_to_recordset(\$1::json) AS t (body text) RETURNING 1) SELECT count(*)::text AS body FROM w"
)

rate() { sed -n 's/^Requests\/sec: *\([0-9.]*\).*/\1/p'; }

load() {
    local target=$1 body=$2 prefer=$3
    if [ -z "$body" ]; then wrk -t1 -c16 -d"${seconds}s" "$target" | rate; return; fi
    printf 'wrk.method="POST"\nwrk.headers["Content-Type"]="application/json"\nwrk.headers["Prefer"]="%s"\nwrk.body=%s\n' "$prefer" "$(json "$body")" >"$work/post.lua"
    wrk -t1 -c16 -d"${seconds}s" -s "$work/post.lua" "$target" | rate
}

pgbench_rate() { /usr/lib/postgresql/15/bin/pgbench -n -M prepared -c 16 -j 1 -T "$seconds" -f "$1" "$url" 2>/dev/null | sed -n 's/^tps = \([0-9.]*\).*/\1/p'; }

scripts() {
    local statement=$1 body=$2
    # pgbench has no parameters of its own for a text: the literal stands in the statement.
    [ -z "$body" ] || statement=${statement/\$1/"'${body//\'/\'\'}'"}
    echo "$statement;" >"$work/bare.sql"
    cat >"$work/same.sql" <<SQL
\\startpipeline
BEGIN;
SET LOCAL search_path TO bench, public;
SET LOCAL ROLE bench_visitor;
SET LOCAL request.jwt.claims TO '{"role":"bench_visitor"}';
SET LOCAL request.method TO 'GET';
SET LOCAL request.path TO '/films';
$statement;
COMMIT;
\\endpipeline
SQL
}

statements="{"
for entry in "${cases[@]}"; do
    IFS='|' read -r name _ _ statement <<<"$entry"
    statements+="$(json "$(echo "$name" | tr -c 'a-z0-9\n' _)"):$(json "$statement"),"
done
echo "${statements%,}}" >"$work/statements.json"
node "$here/node_peer.mjs" $((port + 1)) "$url" "$work/statements.json" &
pids+=($!)
for _ in $(seq 50); do curl -sf "http://127.0.0.1:$port/films?limit=1" >/dev/null && break; sleep 0.1; done
sleep 0.5

printf '%-22s %9s %9s %9s %9s   %s\n' '' data-api pgbench 'same tx' node 'of pgbench / of the same tx / x Node'
for entry in "${cases[@]}"; do
    IFS='|' read -r name path body statement <<<"$entry"
    prefer="return=minimal"
    [ "$name" != "insert, answered" ] || prefer="return=representation"
    scripts "$statement" "$body"
    ours=$(load "http://127.0.0.1:$port/$path" "$body" "$prefer")
    bare=$(pgbench_rate "$work/bare.sql")
    same=$(pgbench_rate "$work/same.sql")
    peer=$(load "http://127.0.0.1:$((port + 1))/$(echo "$name" | tr -c 'a-z0-9\n' _)" "$body" "$prefer")
    awk -v n="$name" -v a="$ours" -v b="$bare" -v c="$same" -v d="$peer" \
        'BEGIN { printf "%-22s %9d %9d %9d %9d   %.2f / %.2f / %.1f\n", n, a, b, c, d, a / b, a / c, a / d }'
done
printf 'memory after all of it  %s KiB, at most %s KiB\n' "$(awk '/VmRSS/ {print $2}' "/proc/$api_pid/status")" "$(awk '/VmHWM/ {print $2}' "/proc/$api_pid/status")"
