#!/usr/bin/env bash
# Starts an instance (TT_DATA_DIR, TT_PORT_BASE, TT_PG_MODE) of what is built, without looking whether that is current:
# `./tt test` has just built it, and a second look for each instance of a test run would cost seconds.
set -euo pipefail
export TT_ROOT; TT_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
cd "$TT_ROOT"
source tools/tt/common.sh
source tools/tt/instance.sh
write_config
start_postgres "$data_dir/pg" "$pg_port" "${TT_PG_MODE:-durable}"
migrate_and_seed
[ "${1:-}" = --no-server ] || start_server
