# A private PostgreSQL 15 cluster: start_postgres DIR PORT [durable|volatile]. Never touches a system cluster.
# PostgreSQL refuses to run as root, so root runs it as the package's own user.

pg_bin=/usr/lib/postgresql/15/bin

pg_user() { if [ "$(id -u)" = 0 ]; then echo postgres; else id -un; fi; }
as_pg() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

# The cluster's folder; elsewhere when its owner could not reach it (a checkout below /root).
pg_folder() {
    local wanted=$1
    mkdir -p "$wanted"
    # "0" said: in a trap a bare return means the status that the shell was leaving with.
    if as_pg test -x "$wanted" 2>/dev/null; then echo "$wanted"; return 0; fi
    local other; other=/var/lib/trendtactics/$(printf '%s' "$wanted" | sha256sum | cut -c1-16)
    as_root mkdir -p "$other"
    echo "$other"
}

start_postgres() {
    local folder port=$2 mode=${3:-durable}
    folder=$(pg_folder "$1")
    [ "$(id -u)" != 0 ] || chown postgres "$folder"
    if [ ! -f "$folder/data/PG_VERSION" ]; then
        say "creating a private PostgreSQL cluster in $folder"
        head -c 24 /dev/urandom | base64 | tr -d '+/=' >"$folder/password"
        [ "$(id -u)" != 0 ] || chown postgres "$folder/password"
        chmod 600 "$folder/password"
        (cd "$folder" && quietly as_pg "$pg_bin/initdb" -D "$folder/data" -U postgres --auth-local=peer --auth-host=scram-sha-256 \
            --pwfile="$folder/password" -E UTF8 --locale=C.UTF-8 --data-checksums)
    fi
    pg_is_running "$1" && return
    local options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 -c shared_buffers=256MB \
-c idle_in_transaction_session_timeout=60s -c timezone=UTC"
    [ "$mode" = durable ] || options="$options -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    (cd "$folder" && quietly as_pg "$pg_bin/pg_ctl" -D "$folder/data" -o "$options" -l "$folder/log" -w -t 60 start) ||
        { tail -n 20 "$folder/log" >&2; fail "PostgreSQL did not start on port $port"; }
}

# keep_in_memory DIR: the cluster that start_postgres makes there will lie in memory, where there is room. A test makes
# and drops databases of nine hundred files each by the thousand; on a disk most of that is the file system's work.
keep_in_memory() {
    local folder room memory; folder=$(pg_folder "$1")
    if pg_is_running "$1" || [ -f "$folder/data/PG_VERSION" ]; then return; fi
    room=$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1)
    [ "${room:-0}" -gt 4194304 ] || return 0
    memory=$(mktemp -d /dev/shm/tt-postgres-XXXXXX)
    [ "$(id -u)" != 0 ] || chown postgres "$memory"
    rm -rf "$folder/data"
    ln -s "$memory" "$folder/data"
}

# forget_memory DIR: what keep_in_memory made, after the server has stopped.
forget_memory() {
    local link; link=$(pg_folder "$1")/data
    if [ -L "$link" ]; then rm -rf "$(readlink "$link")" "$link"; fi
}

pg_is_running() { local folder; folder=$(pg_folder "$1"); (cd "$folder" && as_pg "$pg_bin/pg_ctl" -D "$folder/data" status >/dev/null 2>&1); }
stop_postgres() { local folder; folder=$(pg_folder "$1"); ! pg_is_running "$1" || (cd "$folder" && quietly as_pg "$pg_bin/pg_ctl" -D "$folder/data" -m fast -w stop); }
pg_superuser_url() { echo "postgres://postgres:$(cat "$(pg_folder "$1")/password")@127.0.0.1:$2/${3:-postgres}"; }
