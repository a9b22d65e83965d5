#!/usr/bin/env python3
"""Holds the migrated catalogue and every embedded statement against the sharding rules (scale.md §1.4).

usage: shard_lint.py [--server URL]             migrates both databases on a server into scratch databases and lints them
       shard_lint.py --database URL [FILE.sql]  lints one migrated database, and the statements of these files

The catalogue rules are in shard_lint.sql. Statements: each scan of a table 'placement: user' must be narrowed by a bound
user_id (read from the generic plan, so joins through user_id count), and ON CONFLICT DO UPDATE of a placed table must
not call now() or random(). A statement that must see all users says why in its .sql file: `-- shard: reason`.
Exit status 1 when a rule is broken.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

ROOT = pathlib.Path(__file__).resolve().parent.parent
MIGRATIONS = ROOT / "database/migrations"
PLACEMENT = r"^placement: (user|reference|local|key\([a-z_]+\))"
VOLATILE = re.compile(r"\b(now|random|clock_timestamp|gen_random_uuid)\s*\(|\bcurrent_timestamp\b", re.I)
CONDITIONS = ("Index Cond", "Recheck Cond", "Filter", "Join Filter", "TID Cond")


@dataclass
class Statement:
    file: str
    name: str
    text: str
    exemption: str | None


def psql(url: str, *arguments: str, script: str | None = None) -> str:
    command = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url, *arguments]
    done = subprocess.run(command, input=script, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"psql {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout


def statements_of(path: pathlib.Path) -> list[Statement]:
    found = []
    for block in re.split(r"^-- name: *", path.read_text(), flags=re.M)[1:]:
        name, _, body = block.partition("\n")
        exemption = re.search(r"^-- shard: *(.+)$", body, flags=re.M)
        lines = [line for line in body.splitlines() if not line.lstrip().startswith("--")]
        text = "\n".join(lines).strip().rstrip(";")
        found.append(Statement(str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path), name.strip(), text,
                               exemption and exemption.group(1)))
    return found


def user_tables(url: str) -> set[str]:
    """schema.table of the user-owned tables and their partitions."""
    rows = psql(url, script=f"""
        WITH RECURSIVE owned AS (
            SELECT c.oid FROM pg_class c WHERE obj_description(c.oid, 'pg_class') ~ '^placement: user'
            UNION SELECT i.inhrelid FROM pg_inherits i JOIN owned o ON o.oid = i.inhparent)
        SELECT n.nspname || '.' || c.relname FROM owned o
        JOIN pg_class c ON c.oid = o.oid JOIN pg_namespace n ON n.oid = c.relnamespace""")
    return set(rows.split())


def placed_tables(url: str) -> set[str]:
    rows = psql(url, script=f"""
        SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE obj_description(c.oid, 'pg_class') ~ '{PLACEMENT}'
          AND obj_description(c.oid, 'pg_class') !~ '^placement: local'""")
    return set(rows.split())


def plans_of(url: str, statements: list[Statement]) -> list[list[dict]]:
    """The generic plan of each statement, asked for in one session; an empty list for what has no plan."""
    script = ["SET plan_cache_mode = force_generic_plan;"]
    for number, statement in enumerate(statements):
        count = max([int(n) for n in re.findall(r"\$(\d+)", statement.text)], default=0)
        arguments = f"({', '.join(['NULL'] * count)})" if count else ""
        script.append(f"\\echo {number} @@plan\nPREPARE q{number} AS {statement.text};")
        script.append(f"EXPLAIN (VERBOSE, COSTS off, FORMAT JSON) EXECUTE q{number}{arguments};")
    output = psql(url, script="\n".join(script))
    plans: list[list[dict]] = [[] for _ in statements]
    for part in re.split(r"^(?=\d+ @@plan$)", output, flags=re.M)[1:]:
        head, _, body = part.partition("\n")
        plans[int(head.split()[0])] = json.loads(body)
    return plans


def nodes_of(plan: dict):
    yield plan
    for child in plan.get("Plans", []):
        yield from nodes_of(child)


def is_narrowed(node: dict) -> bool:
    """Whether a scan has `alias.user_id = X`, X being a parameter or another table's user_id (which is checked too)."""
    column = rf"(?:{re.escape(node.get('Alias', ''))}\.)?user_id"
    bound = r"(?:\(?\$\d+\)?(?:::uuid)?|\(?'[0-9a-f-]{36}'(?:::uuid)?\)?|\(?\w+\.\"?\w*user_id\"?\)?)"
    either = rf"\b{column} = (?:ANY \(\(?)?{bound}|{bound} = {column}\b"
    return any(re.search(either, str(node.get(kind, ""))) for kind in CONDITIONS)


def unbound_scans(plans: list[dict], owned: set[str]) -> list[str]:
    found = []
    for top in plans:
        for node in nodes_of(top["Plan"]):
            table = f"{node.get('Schema')}.{node.get('Relation Name')}"
            if node["Node Type"] != "ModifyTable" and table in owned and not is_narrowed(node):
                found.append(table)
    return found


def volatile_upserts(statement: Statement, placed: set[str]) -> list[str]:
    found = []
    for insert in re.split(r"(?i)\binsert\s+into\s+", statement.text)[1:]:
        table = insert.split(None, 1)[0].split("(")[0]
        table = table if "." in table else f"public.{table}"
        update = re.search(r"(?is)\bdo\s+update\s+set\b(.*?)(\breturning\b|\)\s*(,|select|update|insert|delete)|$)", insert)
        if update and table in placed and VOLATILE.search(update.group(1)):
            found.append(table)
    return found


def lint_statements(url: str, statements: list[Statement]) -> list[str]:
    owned, placed = user_tables(url), placed_tables(url)
    planned = [s for s in statements if re.match(r"(?i)(select|insert|update|delete|with)\b", s.text)]
    breaches = []
    for statement, plans in zip(planned, plans_of(url, planned)):
        where = f"{statement.file}: {statement.name}"
        if statement.exemption is None:
            for table in sorted(set(unbound_scans(plans, owned))):
                breaches.append(f"(f) {where} reads {table} without a bound user_id")
        for table in volatile_upserts(statement, placed):
            breaches.append(f"1.4-12 {where} calls a volatile function in ON CONFLICT DO UPDATE of {table}; bind the value")
    return breaches


def lint(url: str, files: list[pathlib.Path]) -> list[str]:
    breaches = psql(url, "-f", str(ROOT / "tools/shard_lint.sql")).splitlines()
    statements = [statement for file in files for statement in statements_of(file)]
    return breaches + lint_statements(url, statements)


def query_files(kind: str) -> list[pathlib.Path]:
    """Statements that run on a database: the platform's on both, a service's by the DATABASE of its CMakeLists.txt."""
    files = sorted((ROOT / "backend/platform").glob("*/*.sql"))
    for listing in sorted((ROOT / "backend/services").glob("*/CMakeLists.txt")):
        databases = re.search(r"DATABASE\s+((?:site|academy|\s)+)", listing.read_text())
        if databases and kind in databases.group(1).split():
            files += sorted(listing.parent.glob("src/**/*.sql"))
    return files


def migrate(server: str, kind: str) -> str:
    """A scratch database with the migrations of `kind`."""
    name = f"tt_lint_{os.getpid()}_{kind}"
    psql(server, "-c", f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'")
    url = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    for folder in ("platform", kind):
        for file in sorted((MIGRATIONS / folder).glob("*.sql")):
            psql(url, "-1", "-f", str(file))
    return url


def lint_all(server: str) -> list[str]:
    breaches = []
    for kind in ("site", "academy"):
        url = migrate(server, kind)
        try:
            breaches += [f"{kind}: {breach}" for breach in lint(url, query_files(kind))]
        finally:
            psql(server, "-c", f"DROP DATABASE {urlsplit(url).path[1:]} WITH (FORCE)")
    return breaches


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = os.environ.get("TT_TEST_PG_URL", "postgres://postgres@127.0.0.1:5499/postgres")
    parser.add_argument("--server", default=default, help="a superuser's URL; scratch databases are made there")
    parser.add_argument("--database", help="lint this migrated database instead")
    parser.add_argument("files", nargs="*", type=pathlib.Path, help="query files to hold against --database")
    arguments = parser.parse_args()
    breaches = lint(arguments.database, arguments.files) if arguments.database else lint_all(arguments.server)
    for breach in breaches:
        print(breach)
    sys.exit(1 if breaches else 0)


if __name__ == "__main__":
    main()
