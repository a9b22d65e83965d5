#!/usr/bin/env bash
# run_shard.sh NAME PROGRAM: one shard of a GoogleTest program (which one: GTEST_SHARD_INDEX). Its report is
# $TT_TEST_REPORTS/NAME.json; GoogleTest itself would let the shards of a program write one and the same file.
set -euo pipefail
[ -z "${TT_TEST_REPORTS:-}" ] || export GTEST_OUTPUT="json:$TT_TEST_REPORTS/$1.json"
exec "$2"
