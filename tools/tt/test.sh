# ./tt test [PART]: every part runs against its own PostgreSQL, ports and data below build/test.

source "$TT_ROOT/tools/tt/postgres.sh"

test_dir=$TT_ROOT/build/test
test_reports=$test_dir/reports
test_port_base=${TT_TEST_PORT_BASE:-18000}

start_test_postgres() {
    local port=$((test_port_base + 5))
    keep_in_memory "$test_dir/pg"
    start_postgres "$test_dir/pg" "$port" volatile
    export TT_TEST_PG_URL; TT_TEST_PG_URL=$(pg_superuser_url "$test_dir/pg" "$port")
}

# C++ tests of all modules, or of the ones a pattern names (ctest -R).
test_modules() {
    build_backend dev all_tests
    start_test_postgres
    # Most of a test is waiting for PostgreSQL or for a clock: four at once keep two cores busy.
    TT_TEST_REPORTS=$report ctest --test-dir "$TT_ROOT/build/dev" --output-on-failure --no-tests=error -j4 \
        --output-junit "$report/ctest.xml" ${1:+-R "^($1)\.[0-9]+\$"}
}

test_web() {
    install_frontend
    npm --prefix "$TT_ROOT/frontend" run typecheck
    npm --prefix "$TT_ROOT/frontend" run lint
    TT_TEST_REPORT=$report.json npm --prefix "$TT_ROOT/frontend" test
}

install_black_box() {
    use_node
    local lock; lock=$(digest_of "$TT_ROOT/tests/package-lock.json")
    if [ -d "$TT_ROOT/tests/node_modules" ] && step_is_current npm-tests "$lock"; then return; fi
    say "installing the black box tests' npm packages"
    quietly npm --prefix "$TT_ROOT/tests" ci --no-audit --no-fund
    step_done npm-tests "$lock"
}

# The release binary and front ends, which tests/{api,compat,data-api,e2e,fault,split} use from outside.
build_black_box() {
    build_backend release trendtactics services data-api
    build_frontend
    install_black_box
}

test_black_box() {
    build_black_box
    if [ "$1" = data-api ]; then start_test_postgres; fi
    TT_TEST_REPORT=$report.json TT_TEST_PORT_BASE=$((test_port_base + ${lane_ports:-100})) npm --prefix "$TT_ROOT/tests" run --silent "$1"
}

is_module() { [ -d "$TT_ROOT/backend/platform/$1/tests" ] || [ -d "$TT_ROOT/backend/services/$1-service/tests" ] || [ "$1" = shared ] || [ "$1" = gateway ]; }

# run_part NAME COMMAND...: in a shell of its own, so that one that fails does not keep the others from running. Its
# exit status and its runners' reports are what tools/test_totals.py counts.
run_part() {
    local report=$test_reports/$1; shift
    set +e
    (set -e; "$@")
    echo $? >"$report.status"
    set -e
}

# run_lane PORTS PART...: parts one after the other, on ports of their own.
run_lane() {
    local lane_ports=$1 part; shift
    for part in "$@"; do run_part "$part" test_black_box "$part"; done
}

# Compiling keeps the processors busy and tests mostly wait, for the network, PostgreSQL, a browser or a clock. So what
# comes later is fetched and built beside them, at a priority that leaves them theirs, and the parts from outside run in
# two lanes, of which the second is told when both are through. What fails beside fails again, and is told, in its part.
run_all_parts() {
    local fetching building second
    (install_frontend; install_black_box) >/dev/null 2>&1 & fetching=$!
    (renice -n 19 -p "$BASHPID"; tools/build.sh release trendtactics services data-api) >/dev/null 2>&1 & building=$!
    run_part unit test_modules
    wait "$fetching" || true
    run_part web test_web
    wait "$building" || true
    (build_black_box) || true
    run_lane 300 api compat fault data-api split >"$test_reports/second-lane.log" 2>&1 & second=$!
    run_lane 100 e2e
    wait "$second" || true
    cat "$test_reports/second-lane.log"
}

tt_test() {
    local part=${1:-all}
    install_packages
    trap 'stop_postgres "$test_dir/pg"; forget_memory "$test_dir/pg"' EXIT
    rm -rf "$test_reports"
    mkdir -p "$test_reports"
    case "$part" in
        all) run_all_parts ;;
        unit) run_part unit test_modules ;;
        web) run_part web test_web ;;
        api|compat|data-api|e2e|fault|split) run_part "$part" test_black_box "$part" ;;
        *) is_module "$part" || fail "no such part: $part (unit, web, api, compat, data-api, e2e, fault, split, or a module such as auth, course, db)"
           run_part "$part" test_modules "$part" ;;
    esac
    python3 "$TT_ROOT/tools/test_totals.py" "$test_reports"
}
