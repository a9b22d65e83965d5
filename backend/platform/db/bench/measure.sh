#!/usr/bin/env bash
# measure.sh BENCH_DB [SERVER_URL] [CLIENTS] [SECONDS] [ROUNDS]: the pool's rate of one-row reads as a share of pgbench's
# in the same run. Twice: the query alone (pgbench: without a transaction), and in the data API's context (pgbench: the
# same statements, all prepared, in one pipeline). Rounds alternate; machines are noisy, so quote the ratios.
set -euo pipefail
bench=${1:?usage: measure.sh BENCH_DB [SERVER_URL] [CLIENTS] [SECONDS] [ROUNDS]}
server=${2:-${TT_TEST_PG_URL:-postgres://postgres@127.0.0.1:5499/postgres}}
clients=${3:-8}
seconds=${4:-3}
rounds=${5:-4}
pgbench=$(ls /usr/lib/postgresql/*/bin/pgbench | tail -n 1)
name="tt_bench_$$"
url="${server%/*}/$name"
scripts=$(mktemp -d)
trap 'rm -rf "$scripts"; psql -qX "$server" -c "DROP DATABASE IF EXISTS $name WITH (FORCE)"' EXIT

psql -qX "$server" -c "CREATE DATABASE $name"
psql -qX1 "$url" -v ON_ERROR_STOP=1 -f "$(dirname "$0")/../../../../database/migrations/platform/0001_foundation.sql"
psql -qX "$url" -v ON_ERROR_STOP=1 <<'SQL'
CREATE TABLE bench_pages (id integer PRIMARY KEY, title text NOT NULL, body text NOT NULL, is_published boolean NOT NULL);
INSERT INTO bench_pages SELECT n, 'Page ' || n, repeat('x', 900), true FROM generate_series(1, 1000) n;
ALTER TABLE bench_pages ENABLE ROW LEVEL SECURITY;
CREATE POLICY published ON bench_pages FOR SELECT TO authenticated USING (is_published);
GRANT SELECT ON bench_pages TO authenticated;
ANALYZE bench_pages;
SQL

read_page='SELECT id, title, body FROM bench_pages WHERE id = :id;'
claims='{"sub":"0190aaaa-0000-7000-8000-000000000001","role":"authenticated","email":"someone@example.com","session_id":"0190aaaa-0000-7000-8000-000000000002","exp":1900000000}'
printf '\\set id random(1, 1000)\n%s\n' "$read_page" >"$scripts/bare.sql"
cat >"$scripts/context.sql" <<SQL
\\set id random(1, 1000)
\\startpipeline
BEGIN READ ONLY;
SET LOCAL ROLE authenticated;
SET LOCAL request.jwt.claims TO '$claims';
SET LOCAL request.method TO 'GET';
SET LOCAL request.path TO '/rest/v1/bench_pages';
$read_page
COMMIT;
\\endpipeline
SQL

rate_of_pgbench() { "$pgbench" -n -M prepared -c "$clients" -j 1 -T "$seconds" -f "$scripts/$1.sql" "$url" 2>/dev/null | sed -n 's/^tps = \([0-9]*\).*/\1/p'; }
rate_of_pool() { "$bench" "$url" "$clients" "$seconds" "$1" | sed -n 's/.*tx_per_second=\([0-9]*\).*/\1/p'; }
ratio() { awk "BEGIN { printf \"%.2f\", $1 / $2 }"; }
for round in $(seq "$rounds"); do
    their_bare=$(rate_of_pgbench bare)
    our_context=$(rate_of_pool context)
    their_context=$(rate_of_pgbench context)
    our_bare=$(rate_of_pool bare)
    echo "round $round: bare $our_bare/s of pgbench's $their_bare/s = $(ratio "$our_bare" "$their_bare")," \
         "in context $our_context/s of its $their_context/s = $(ratio "$our_context" "$their_context")," \
         "in context of its bare rate $(ratio "$our_context" "$their_bare")"
done
