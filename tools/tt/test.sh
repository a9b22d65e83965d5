# ./tt test [PART]: every part runs against its own PostgreSQL, ports and data below build/test.

source "$TT_ROOT/tools/tt/postgres.sh"

test_dir=$TT_ROOT/build/test
test_port_base=${TT_TEST_PORT_BASE:-18000}

start_test_postgres() {
    local port=$((test_port_base + 5))
    start_postgres "$test_dir/pg" "$port" volatile
    export TT_TEST_PG_URL; TT_TEST_PG_URL=$(pg_superuser_url "$test_dir/pg" "$port")
}

# C++ tests of all modules, or of the ones a pattern names (ctest -R).
test_modules() {
    build_backend dev all
    start_test_postgres
    ctest --test-dir "$TT_ROOT/build/dev" --output-on-failure --no-tests=error -j2 ${1:+-R "^($1)\$"}
}

test_web() {
    install_frontend
    npm --prefix "$TT_ROOT/frontend" run typecheck
    npm --prefix "$TT_ROOT/frontend" run lint
    npm --prefix "$TT_ROOT/frontend" test
}

install_black_box() {
    use_node
    local lock; lock=$(digest_of "$TT_ROOT/tests/package-lock.json")
    if [ -d "$TT_ROOT/tests/node_modules" ] && step_is_current npm-tests "$lock"; then return; fi
    say "installing the black box tests' npm packages"
    quietly npm --prefix "$TT_ROOT/tests" ci --no-audit --no-fund
    step_done npm-tests "$lock"
}

# The release binary and front ends, from outside: tests/api, tests/compat, tests/e2e, tests/fault, tests/split.
test_black_box() {
    build_backend release trendtactics services
    build_frontend
    install_black_box
    TT_TEST_PORT_BASE=$((test_port_base + 100)) npm --prefix "$TT_ROOT/tests" run --silent "$1"
}

is_module() { [ -d "$TT_ROOT/backend/platform/$1/tests" ] || [ -d "$TT_ROOT/backend/services/$1-service/tests" ] || [ "$1" = shared ] || [ "$1" = gateway ]; }

tt_test() {
    local part=${1:-all}
    install_packages
    trap 'stop_postgres "$test_dir/pg"' EXIT
    case "$part" in
        all) test_modules; test_web; for part in api compat e2e fault split; do test_black_box "$part"; done ;;
        unit) test_modules ;;
        web) test_web ;;
        api|compat|e2e|fault|split) test_black_box "$part" ;;
        *) is_module "$part" || fail "no such part: $part (unit, web, api, compat, e2e, fault, split, or a module such as auth, course, db)"
           test_modules "$part" ;;
    esac
    say "passed: $part"
}
