# What every command of ./tt shares: where things are, and how to say something.

data_dir=${TT_DATA_DIR:-$TT_ROOT/.data}
case "$data_dir" in /*) ;; *) data_dir="$PWD/$data_dir" ;; esac
port_base=${TT_PORT_BASE:-8000}
site_port=$port_base academy_port=$((port_base + 1)) ops_port=$((port_base + 2)) mail_port=$((port_base + 3))
smtp_port=$((port_base + 4)) pg_port=$((port_base + 5))
binary=$TT_ROOT/build/release/backend/apps/trendtactics/trendtactics

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
fail() { printf '\033[31merror:\033[0m %s\n' "$*" >&2; exit 1; }

# Runs a command whose output is only interesting when it fails.
quietly() {
    local log; log=$(mktemp)
    if ! "$@" >"$log" 2>&1; then cat "$log" >&2; rm -f "$log"; return 1; fi
    rm -f "$log"
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

missing_packages() {
    local wanted
    wanted=$(grep -v '^#' "$TT_ROOT/tools/packages.txt")
    # A node or npm from elsewhere serves as well as Debian's.
    command -v node >/dev/null && wanted=$(grep -vx nodejs <<<"$wanted")
    command -v npm >/dev/null && wanted=$(grep -vx npm <<<"$wanted")
    comm -23 <(sort <<<"$wanted") <(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' 2>/dev/null | sed -n 's/^ii //p' | sort)
}

install_packages() {
    local missing
    missing=$(missing_packages)
    [ -z "$missing" ] && return
    say "installing $(wc -w <<<"$missing") Debian packages: $(tr '\n' ' ' <<<"$missing")"
    as_root apt-get update -qq
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 $missing
}

# The front ends need Node 20; Debian 12 has 18, so an older one fetches Node 20 from npm into .data of the checkout.
use_node() {
    local major
    major=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)
    [ "$major" -ge 20 ] && return
    local prefix=$TT_ROOT/.data/node
    if [ ! -x "$prefix/node_modules/node/bin/node" ]; then
        say "fetching Node 20 from npm (found $major)"
        quietly npm install --prefix "$prefix" --no-save --no-audit --no-fund node@20
    fi
    export PATH="$prefix/node_modules/node/bin:$PATH"
}

build_backend() {
    say "building the ${1} backend (first time some minutes, then seconds)"
    "$TT_ROOT/tools/build.sh" "$@" | sed -u -n 's/^\(\[[0-9]*\/[0-9]*\]\).*/\1/p;/error:/p;/FAILED/p' | progress_line
    return "${PIPESTATUS[0]}"
}

# Shows a stream of short lines in place on a terminal; elsewhere one line out of fifty.
progress_line() {
    local line count=0
    while IFS= read -r line; do
        case "$line" in
            \[*) if [ -t 2 ]; then printf '\r    %s ' "$line" >&2
                 elif [ $((count++ % 50)) = 0 ]; then printf '    %s\n' "$line" >&2; fi ;;
            *) printf '\n%s\n' "$line" >&2 ;;
        esac
    done
    [ ! -t 2 ] || printf '\r\033[K' >&2
}

# Digest of files that decide whether a step must run again.
digest_of() { find "$@" -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1; }

# step_is_current NAME DIGEST: whether NAME last succeeded with DIGEST; step_done records it.
step_is_current() { [ "$(cat "$TT_ROOT/build/.steps/$1" 2>/dev/null)" = "$2" ]; }
step_done() { mkdir -p "$TT_ROOT/build/.steps"; printf '%s' "$2" >"$TT_ROOT/build/.steps/$1"; }

install_frontend() {
    use_node
    local lock; lock=$(digest_of "$TT_ROOT/frontend/package-lock.json")
    if [ -d "$TT_ROOT/frontend/node_modules" ] && step_is_current npm "$lock"; then return; fi
    say "installing the front ends' npm packages"
    quietly npm --prefix "$TT_ROOT/frontend" ci --no-audit --no-fund
    step_done npm "$lock"
}

build_frontend() {
    local sources; sources=$(digest_of "$TT_ROOT/frontend")
    if [ -f "$TT_ROOT/frontend/apps/website/dist/index.html" ] && [ -f "$TT_ROOT/frontend/apps/academy/dist/index.html" ] &&
        step_is_current frontend "$sources"; then return; fi
    install_frontend
    say "building the website and the academy"
    NODE_ENV=production quietly npm --prefix "$TT_ROOT/frontend" run build  # whatever the caller runs under
    step_done frontend "$sources"
}
