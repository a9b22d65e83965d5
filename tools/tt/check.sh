# ./tt check: what a reviewer should not have to look for. Each line names a check; the first failure of each is shown.

source "$TT_ROOT/tools/tt/postgres.sh"

check_format() {
    git -C "$TT_ROOT" ls-files 'backend/*.cpp' 'backend/*.hpp' | (cd "$TT_ROOT" && xargs -P2 -n40 clang-format-19 --dry-run --Werror)
}

# clang-tidy on the C++ files changed since the main branch, with the compile commands of the dev build.
check_tidy() {
    local files
    [ -f "$TT_ROOT/build/dev/compile_commands.json" ] || { echo "skipped: no dev build yet (./tt test builds it)"; return; }
    files=$(cd "$TT_ROOT" && git diff --name-only --diff-filter=AM HEAD -- 'backend/*.cpp' | head -n 8)
    [ -n "$files" ] || return 0
    python3 "$TT_ROOT/tools/source_commands.py" "$TT_ROOT/build/dev"
    (cd "$TT_ROOT" && xargs clang-tidy-19 -p build/dev/sources --quiet <<<"$files")
}

# The API document and the schema dumps are what the code makes today.
check_generated() {
    local binary=$TT_ROOT/build/release/backend/apps/trendtactics/trendtactics
    [ -x "$binary" ] || { echo "skipped: no release build yet (./tt up builds it)"; return; }
    generate_into "$TT_ROOT/build/generated"
    local file stale=0
    for file in docs/api/openapi.yaml database/schemas/site.sql database/schemas/academy.sql; do
        diff -u "$TT_ROOT/$file" "$TT_ROOT/build/generated/${file##*/}" || stale=1
    done
    return "$stale"
}

# Writes openapi.yaml and the dump of each freshly migrated database into a folder.
generate_into() {
    local folder=$1 port=$((${TT_TEST_PORT_BASE:-18000} + 15)) name
    local binary=$TT_ROOT/build/release/backend/apps/trendtactics/trendtactics
    mkdir -p "$folder"
    start_postgres "$TT_ROOT/build/test/schema-pg" "$port" volatile
    local owner; owner=$(pg_superuser_url "$TT_ROOT/build/test/schema-pg" "$port")
    local zero=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
    local options=(--paths.root="$TT_ROOT" --paths.data="$folder/data" --keys.master_key=$zero --keys.jwt_secret=$zero
        --database.site_url=postgres://tt_site:x@127.0.0.1:"$port"/site --database.academy_url=postgres://tt_academy:x@127.0.0.1:"$port"/academy)
    for name in site academy; do psql -q "$owner" -c "DROP DATABASE IF EXISTS $name" 2>/dev/null; done
    quietly env TT_OWNER_URL="$owner" "$binary" migrate "${options[@]}"
    "$binary" openapi "${options[@]}" >"$folder/openapi.yaml"
    for name in site academy; do
        pg_dump --schema-only --no-owner "${owner%/postgres}/$name" | grep -v -e '^--' -e '^\\' -e '^$' -e '^SET ' -e '^SELECT pg_catalog' >"$folder/$name.sql"
    done
    stop_postgres "$TT_ROOT/build/test/schema-pg"
}

# Placement of every table and every statement against it, on scratch databases of a server of its own.
check_shard() {
    local port=$((${TT_TEST_PORT_BASE:-18000} + 25)) status=0
    start_postgres "$TT_ROOT/build/test/shard-pg" "$port" volatile
    python3 "$TT_ROOT/tools/shard_lint.py" --server "$(pg_superuser_url "$TT_ROOT/build/test/shard-pg" "$port")" || status=$?
    stop_postgres "$TT_ROOT/build/test/shard-pg"
    return "$status"
}

check_lockfiles() { python3 "$TT_ROOT/tools/strip_lockfile.py" --check "$TT_ROOT/frontend/package-lock.json" "$TT_ROOT/tests/package-lock.json"; }

tt_generate() {
    build_backend release trendtactics
    generate_into "$TT_ROOT/build/generated"
    mkdir -p "$TT_ROOT/docs/api" "$TT_ROOT/database/schemas"
    cp "$TT_ROOT/build/generated/openapi.yaml" "$TT_ROOT/docs/api/openapi.yaml"
    cp "$TT_ROOT/build/generated/"{site,academy}.sql "$TT_ROOT/database/schemas/"
    say "written: docs/api/openapi.yaml, database/schemas/*.sql"
}

tt_check() {
    local failed=0 passed=0 name
    for name in format layers sizes coroutines rules duplicates lockfiles shard tidy generated; do
        local output status=0
        case "$name" in
            format|lockfiles|shard|tidy|generated) output=$("check_$name" 2>&1) || status=$? ;;
            *) output=$(python3 "$TT_ROOT/tools/check_$name.py" 2>&1) || status=$? ;;
        esac
        if [ "$status" = 0 ]; then passed=$((passed + 1)); printf 'ok      %-11s %s\n' "$name" "$(tail -n 1 <<<"$output")"
        else failed=$((failed + 1)); printf 'FAILED  %s\n%s\n' "$name" "$(head -n 30 <<<"$output")"; fi
    done
    echo "checks: $passed ok, $failed FAILED"
    [ "$failed" = 0 ]
}
