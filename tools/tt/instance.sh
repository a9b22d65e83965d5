# One running instance: its data below $data_dir, its processes on 127.0.0.1 from $port_base on.

source "$TT_ROOT/tools/tt/postgres.sh"

pid_file=$data_dir/run/trendtactics.pid
log_file=$data_dir/log/trendtactics.log
config_file=$data_dir/trendtactics.toml

server_pid() { local pid; pid=$(cat "$pid_file" 2>/dev/null) && kill -0 "$pid" 2>/dev/null && echo "$pid"; }
is_ready() { curl -fsS -o /dev/null --max-time 2 "http://127.0.0.1:$ops_port/readyz" 2>/dev/null; }

make_secret() { [ -s "$1" ] || (umask 077; head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n' >"$1"); }

write_config() {
    mkdir -p "$data_dir"/{run,log,keys,storage,mail,uploads}
    chmod 700 "$data_dir/keys"
    local name
    for name in jwt_secret master_key database_password; do make_secret "$data_dir/keys/$name"; done
    local password; password=$(cat "$data_dir/keys/database_password")
    (umask 077; cat >"$config_file.new" <<TOML
# Written by ./tt up; what stands here can be overridden by TT_SECTION_KEY or --section.key=value (--print-config lists all).
[server]
environment = "${TT_ENVIRONMENT:-development}"
site_url = "http://127.0.0.1:$site_port"
academy_url = "http://127.0.0.1:$academy_port"
site_port = $site_port
academy_port = $academy_port
ops_port = $ops_port

[database]
site_url = "postgres://tt_site:$password@127.0.0.1:$pg_port/site"
academy_url = "postgres://tt_academy:$password@127.0.0.1:$pg_port/academy"

[paths]
data = "$data_dir"
root = "$TT_ROOT"

[keys]
jwt_secret = "file:$data_dir/keys/jwt_secret"
master_key = "file:$data_dir/keys/master_key"

[mail]
smtp_port = $smtp_port
inbox_port = $mail_port
TOML
    )
    mv "$config_file.new" "$config_file"
}

migrate_and_seed() {
    local wanted; wanted=$(digest_of "$TT_ROOT/database" "$binary")
    [ "$(cat "$data_dir/run/seeded" 2>/dev/null)" != "$wanted" ] || return 0
    TT_OWNER_URL=$(pg_superuser_url "$data_dir/pg" "$pg_port") "$binary" migrate --config "$config_file" >&2
    say "loading the sample content"
    "$binary" seed --config "$config_file" >&2
    printf '%s' "$wanted" >"$data_dir/run/seeded"
}

start_server() {
    say "starting the services"
    nohup "$binary" serve --config "$config_file" >>"$log_file" 2>&1 9>&- &
    echo $! >"$pid_file"
    local _
    for _ in $(seq 1 150); do
        is_ready && return
        server_pid >/dev/null || break
        sleep 0.1
    done
    tail -n 20 "$log_file" >&2
    fail "the server did not become ready; the log is $log_file"
}

print_addresses() {
    cat <<TEXT

  website     http://127.0.0.1:$site_port
  academy     http://127.0.0.1:$academy_port
  mail inbox  http://127.0.0.1:$mail_port
  API docs    http://127.0.0.1:$site_port/api/docs   http://127.0.0.1:$academy_port/api/docs
  operations  http://127.0.0.1:$ops_port/metrics  /livez  /readyz
  keys        ./tt env   (secrets in $data_dir/keys)
TEXT
    [ ! -s "$data_dir/run/admin_link" ] || printf '  administrator (once, 24 h)  %s\n' "$(cat "$data_dir/run/admin_link")"
    echo
}

tt_up() {
    local detach=false
    [ "${1:-}" != --detach ] || detach=true
    if server_pid >/dev/null && is_ready; then say "already running"; print_addresses; return; fi
    install_packages
    build_backend release trendtactics
    build_frontend
    write_config
    start_postgres "$data_dir/pg" "$pg_port" "${TT_PG_MODE:-durable}"
    migrate_and_seed
    start_server
    print_addresses
    $detach && return
    say "Ctrl-C stops everything"
    trap 'echo; tt_down; exit 0' INT TERM
    local pid; pid=$(server_pid)
    while kill -0 "$pid" 2>/dev/null; do sleep 0.5; done
    tail -n 20 "$log_file" >&2
    fail "the server ended by itself; the log is $log_file"
}

tt_down() {
    local pid _
    if pid=$(server_pid); then
        say "draining the services"
        kill -TERM "$pid"
        for _ in $(seq 1 150); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
        ! kill -0 "$pid" 2>/dev/null || { say "still busy after 15 s; ending it"; kill -KILL "$pid"; }
    fi
    rm -f "$pid_file"
    [ ! -d "$data_dir/pg" ] || stop_postgres "$data_dir/pg"
    say "stopped"
}

tt_env() {
    [ -f "$config_file" ] || fail "nothing here yet; run ./tt up first"
    local owner; owner=$(pg_superuser_url "$data_dir/pg" "$pg_port" site)
    cat <<TEXT
SITE_URL=http://127.0.0.1:$site_port
ACADEMY_URL=http://127.0.0.1:$academy_port
$("$binary" keys --config "$config_file")
MAIL_URL=http://127.0.0.1:$mail_port
SITE_DATABASE_URL=$owner
ACADEMY_DATABASE_URL=${owner%/site}/academy
METRICS_URL=http://127.0.0.1:$ops_port/metrics
TEXT
}

tt_logs() { [ -f "$log_file" ] || fail "no log yet; run ./tt up first"; if [ "${1:-}" = -f ]; then tail -n 50 -f "$log_file"; else tail -n "${1:-200}" "$log_file"; fi; }

tt_psql() {
    case "${1:-}" in site|academy) ;; *) fail "usage: ./tt psql site|academy [psql options]" ;; esac
    pg_is_running "$data_dir/pg" || fail "PostgreSQL is not running; run ./tt up first"
    local database=$1; shift
    exec psql "$(pg_superuser_url "$data_dir/pg" "$pg_port" "$database")" "$@"
}

tt_import() {
    [ -f "${1:-}" ] || fail "usage: ./tt import FILE.tar.gz"
    pg_is_running "$data_dir/pg" || fail "PostgreSQL is not running; run ./tt up first"
    exec "$binary" import "$1" --config "$config_file"
}

tt_migrate_users() {
    [ -f "${1:-}" ] || fail "usage: ./tt migrate-users FILE...  (exports of auth.users and auth.identities: CSV or pg_dump)"
    pg_is_running "$data_dir/pg" || fail "PostgreSQL is not running; run ./tt up first"
    exec "$binary" migrate-users "$@" --config "$config_file"
}

tt_rebuild_progress() {
    pg_is_running "$data_dir/pg" || fail "PostgreSQL is not running; run ./tt up first"
    exec "$binary" rebuild-progress "$@" --config "$config_file"
}

tt_reset() {
    if [ "${1:-}" != --yes ]; then
        read -r -p "Delete all data in $data_dir? [y/N] " answer
        [ "$answer" = y ] || fail "nothing deleted"
    fi
    tt_down
    local folder=""
    [ ! -d "$data_dir/pg" ] || folder=$(pg_folder "$data_dir/pg")
    [ -z "$folder" ] || as_root rm -rf "$folder"
    find "$data_dir" -mindepth 1 -maxdepth 1 -not -name node -exec rm -rf {} +
    say "deleted"
}
