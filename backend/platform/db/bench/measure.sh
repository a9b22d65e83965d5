#!/usr/bin/env bash
# measure.sh BENCH_DB [SERVER_URL] [CLIENTS] [SECONDS]: the pool's rate of one-row reads through row level security as a
# share of pgbench's rate of the same prepared query, bare and in the same transaction; rounds alternate.
set -euo pipefail
bench=${1:?usage: measure.sh BENCH_DB [SERVER_URL] [CLIENTS] [SECONDS]}
server=${2:-${TT_TEST_PG_URL:-postgres://postgres@127.0.0.1:5499/postgres}}
clients=${3:-8}
seconds=${4:-4}
pgbench=$(command -v pgbench || ls /usr/lib/postgresql/*/bin/pgbench | tail -n 1)
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
printf '\\set id random(1, 1000)\n%s\n' "$read_page" >"$scripts/bare.sql"
cat >"$scripts/transaction.sql" <<SQL
\\set id random(1, 1000)
BEGIN;
SET LOCAL ROLE authenticated;
SET LOCAL request.jwt.claims TO '{"sub":"0190aaaa-0000-7000-8000-000000000001","role":"authenticated"}';
$read_page
COMMIT;
SQL

rate_of_pgbench() { "$pgbench" -n -M prepared -c "$clients" -j 1 -T "$seconds" -f "$scripts/$1.sql" "$url" 2>/dev/null | sed -n 's/^tps = \([0-9]*\).*/\1/p'; }
for round in 1 2 3; do
    bare=$(rate_of_pgbench bare)
    ours=$("$bench" "$url" "$clients" "$seconds")
    rate=$(sed -n 's/.*tx_per_second=\([0-9]*\).*/\1/p' <<<"$ours")
    steps=$(rate_of_pgbench transaction)
    echo "round $round: pgbench bare $bare/s, pgbench transaction $steps/s, $ours," \
         "ratio to bare $(awk "BEGIN{printf \"%.2f\", $rate/$bare}"), to transaction $(awk "BEGIN{printf \"%.2f\", $rate/$steps}")"
done
