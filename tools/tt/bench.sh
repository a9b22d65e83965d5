# ./tt bench [http|db|api|data-api|auth]: ratios against references in the same run. Machines differ and are noisy: quote the ratios.

source "$TT_ROOT/tools/tt/postgres.sh"

bench_dir=$TT_ROOT/build/bench
bench_port_base=${TT_BENCH_PORT_BASE:-18400}
bench_seconds=${TT_BENCH_SECONDS:-5}

cpu_ticks() { awk '{print $14 + $15}' "/proc/$1/stat"; }

# requests_per_cpu PID URL [wrk options]: what the server spends, not what the client could send.
requests_per_cpu() {
    local pid=$1 url=$2 before after requests; shift 2
    wrk -t1 -c32 -d1s "$@" "$url" >/dev/null
    before=$(cpu_ticks "$pid")
    requests=$(wrk -t1 -c32 -d"${bench_seconds}s" "$@" "$url" | sed -n 's/^ *\([0-9]*\) requests in.*/\1/p')
    after=$(cpu_ticks "$pid")
    echo $((requests * $(getconf CLK_TCK) / (after - before)))
}

node_reference() {
    node -e "require('node:http').createServer((q, r) => { r.setHeader('content-type', 'application/json'); r.end('{\"ok\":true}'); }).listen($1, '127.0.0.1')" &
}

# The pipeline alone: router, one middleware, ids, headers; no database.
bench_http() {
    build_backend release bench-http
    "$TT_ROOT/backend/platform/http/bench/measure.sh" "$TT_ROOT/build/release/backend/platform/http/bench-http"
    use_node
    local port=$((bench_port_base + 50))
    node_reference "$port"; local node_pid=$!
    sleep 0.5
    printf 'node http            %8s requests per CPU-second\n' "$(requests_per_cpu "$node_pid" "http://127.0.0.1:$port/")"
    kill "$node_pid"
}

# The pool alone beside pgbench.
bench_db() {
    build_backend release bench-db
    start_postgres "$bench_dir/pg" $((bench_port_base + 5)) durable
    "$TT_ROOT/backend/platform/db/bench/measure.sh" "$TT_ROOT/build/release/backend/platform/db/bench-db" "$(pg_superuser_url "$bench_dir/pg" $((bench_port_base + 5)))"
    stop_postgres "$bench_dir/pg"
}

# The product: a route with token and limiter, and one course through row level security beside pgbench.
bench_api() {
    export TT_DATA_DIR=$bench_dir/instance TT_PORT_BASE=$((bench_port_base + 20)) TT_SERVER_LOG_LEVEL=warn
    export TT_LIMITS_API_PER_MINUTE=100000000 TT_LIMITS_ANONYMOUS_PER_MINUTE=100000000 TT_LIMITS_SENSITIVE_PER_MINUTE=100000000
    "$TT_ROOT/tt" up --detach >/dev/null
    local pid token course url; pid=$(cat "$TT_DATA_DIR/run/trendtactics.pid")
    eval "$("$TT_ROOT/tt" env)"
    token=$(curl -s "$SITE_URL/auth/v1/signup" -H 'content-type: application/json' \
        -d "{\"email\":\"bench-$RANDOM$RANDOM@example.com\",\"password\":\"a long enough passphrase\"}" | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
    course=$(curl -s "$ACADEMY_URL/rest/v1/courses?select=id&limit=1" | sed 's/.*"id":"\([^"]*\)".*/\1/')
    printf 'with token and limiter %8s requests per CPU-second\n' \
        "$(requests_per_cpu "$pid" "$SITE_URL/api/v1/site-config" -H "Authorization: Bearer $token")"
    url="$ACADEMY_URL/rest/v1/courses?select=id,slug,title&id=eq.$course"
    bench_course "$url" "$token" "$course"
    "$TT_ROOT/tt" down
}

bench_course() {
    local url=$1 token=$2 course=$3 script=$bench_dir/course.sql ours theirs round
    printf "SELECT json_agg(t) FROM (SELECT id, slug, title FROM public.courses WHERE id = '%s') t;\n" "$course" >"$script"
    for round in 1 2 3; do
        theirs=$(/usr/lib/postgresql/15/bin/pgbench -n -M prepared -c 16 -j 1 -T "$bench_seconds" -f "$script" "$ACADEMY_DATABASE_URL" 2>/dev/null | sed -n 's/^tps = \([0-9]*\).*/\1/p')
        ours=$(wrk -t1 -c16 -d"${bench_seconds}s" -H "Authorization: Bearer $token" "$url" | sed -n 's/^Requests\/sec: *\([0-9]*\).*/\1/p')
        printf 'one course, round %s     HTTP and row level security %s/s, pgbench without either %s/s, ratio %s\n' \
            "$round" "$ours" "$theirs" "$(awk "BEGIN { printf \"%.2f\", $ours / $theirs }")"
    done
}

# The stand-alone data API beside pgbench and a Node server, statement by statement.
bench_data_api() {
    source "$TT_ROOT/tools/tt/test.sh"
    build_backend release data-api
    install_black_box
    start_postgres "$bench_dir/pg" $((bench_port_base + 5)) durable
    "$TT_ROOT/backend/apps/data-api/bench/measure.sh" "$TT_ROOT/build/release/backend/apps/data-api/data-api" \
        "$(pg_superuser_url "$bench_dir/pg" $((bench_port_base + 5)))" $((bench_port_base + 60))
    stop_postgres "$bench_dir/pg"
}

# The parts of signing in beside what they cannot cost less than.
bench_auth() {
    build_backend release bench-crypto bench-tokens
    "$TT_ROOT/build/release/backend/shared/bench-tokens"
    bench_sign_in
}

# refresh_script TOKEN...: a script for wrk that refreshes the sessions in turn, each with the token it got last.
refresh_script() {
    printf 'local tokens = {'; printf '"%s",' "$@"; printf '}\n'
    cat <<'LUA'
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
request = function()
    local token = table.remove(tokens, 1)
    return wrk.format(nil, nil, nil, string.format('{"refresh_token":"%s"}', token))
end
response = function(status, headers, body)
    table.insert(tokens, body:match('"refresh_token":"([^"]*)"'))
end
done = function(summary)
    if summary.errors.status > 0 then io.stderr:write(summary.errors.status .. " of " .. summary.requests .. " answers were errors\n") end
end
LUA
}

# bench_refreshes PID: rotations of refresh tokens, each with its row, signature and new access token.
bench_refreshes() {
    local tokens=() session
    for session in $(seq 16); do
        tokens+=("$(curl -s "$SITE_URL/auth/v1/token?grant_type=password" -H 'content-type: application/json' \
            -d '{"email":"bench-1@example.com","password":"a long enough passphrase"}' | sed 's/.*"refresh_token":"\([^"]*\)".*/\1/')")
    done
    refresh_script "${tokens[@]}" >"$bench_dir/refresh.lua"
    local before after made
    before=$(cpu_ticks "$1")
    made=$(wrk -t1 -c8 -d"${bench_seconds}s" -s "$bench_dir/refresh.lua" "$SITE_URL/auth/v1/token?grant_type=refresh_token" \
        | sed -n 's/^ *\([0-9]*\) requests in.*/\1/p')
    after=$(cpu_ticks "$1")
    printf 'refreshes                %s/s, %s per CPU-second of the server\n' $((made / bench_seconds)) $((made * $(getconf CLK_TCK) / (after - before)))
}

# sign_in_script USERS: a script for wrk that signs the users in, one after the other.
sign_in_script() {
    cat <<LUA
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local turn = 0
request = function()
    turn = turn % $1 + 1
    return wrk.format(nil, nil, nil, string.format('{"email":"bench-%d@example.com","password":"a long enough passphrase"}', turn))
end
done = function(summary)
    if summary.errors.status > 0 then io.stderr:write(summary.errors.status .. " of " .. summary.requests .. " answers were errors\n") end
end
LUA
}

# Sign-ins per CPU-second of the server beside bare Argon2id, and what a flood of them leaves to another route.
bench_sign_in() {
    local limit pid url bare ours alone beside flood width user
    for limit in SIGN_IN SIGN_UP REFRESH; do export "TT_AUTH_LIMITS_$limit=100000000"; done
    export TT_DATA_DIR=$bench_dir/auth TT_PORT_BASE=$((bench_port_base + 40)) TT_SERVER_LOG_LEVEL=error
    export TT_LIMITS_ANONYMOUS_PER_MINUTE=100000000 TT_LIMITS_SENSITIVE_PER_MINUTE=100000000 TT_AUTH_FAILURES_PER_5MIN=100000000
    "$TT_ROOT/tt" up --detach >/dev/null
    pid=$(cat "$TT_DATA_DIR/run/trendtactics.pid")
    eval "$("$TT_ROOT/tt" env)"
    for user in $(seq 32); do
        curl -s -o /dev/null "$SITE_URL/auth/v1/signup" -H 'content-type: application/json' \
            -d "{\"email\":\"bench-$user@example.com\",\"password\":\"a long enough passphrase\"}"
    done
    sign_in_script 32 >"$bench_dir/sign_in.lua"
    url="$SITE_URL/auth/v1/token?grant_type=password"
    bare=$("$TT_ROOT/build/release/backend/platform/crypto/bench-crypto" "$bench_seconds" | sed 's/.*=//')
    ours=$(requests_per_cpu "$pid" "$url" -c4 -s "$bench_dir/sign_in.lua")
    printf 'sign-ins per CPU-second  %s, Argon2id alone %s, ratio %s\n' "$ours" "$bare" "$(awk "BEGIN { printf \"%.2f\", $ours / $bare }")"
    bench_refreshes "$pid"
    alone=$(rate_of_route "$SITE_URL/auth/v1/settings")
    # As wide as the queue of hashes, and so wide that most of it is refused.
    for width in 32 256; do
        wrk -t1 -c$width -d$((bench_seconds + 2))s -s "$bench_dir/sign_in.lua" "$url" >/dev/null 2>&1 & flood=$!
        sleep 1
        beside=$(rate_of_route "$SITE_URL/auth/v1/settings")
        wait "$flood" || true
        printf 'another route in a flood of %s sign-ins at once %s/s, without %s/s, ratio %s\n' \
            "$width" "$beside" "$alone" "$(awk "BEGIN { printf \"%.2f\", $beside / $alone }")"
    done
    "$TT_ROOT/tt" down
}

# rate_of_route URL: answers per second to clients that come at a pace the server is not full of.
rate_of_route() { wrk -t1 -c2 -d"${bench_seconds}s" "$1" | sed -n 's/^Requests\/sec: *\([0-9]*\).*/\1/p'; }

tt_bench() {
    local part
    install_packages
    mkdir -p "$bench_dir"
    [ $# -gt 0 ] || set -- http db api data-api auth
    for part in "$@"; do
        case "$part" in http|db|api|data-api|auth) say "bench: $part"; "bench_${part//-/_}" ;; *) fail "no such bench: $part (http, db, api, data-api, auth)" ;; esac
    done
}
