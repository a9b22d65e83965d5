#!/usr/bin/env python3
"""Takes the registry's addresses out of a package-lock.json, so that `npm ci` asks whatever registry is configured.

Usage: strip_lockfile.py package-lock.json ...    (after `npm install`; `--check` only reports)
"""
import json
import pathlib
import sys


def main() -> None:
    is_check = "--check" in sys.argv
    found = []
    for name in sys.argv[1:]:
        if name.startswith("--"):
            continue
        path = pathlib.Path(name)
        lock = json.loads(path.read_text())
        for package in lock["packages"].values():
            if str(package.get("resolved", "")).startswith("http"):
                found.append(name)
                package.pop("resolved")
        if not is_check:
            path.write_text(json.dumps(lock, indent=2) + "\n")
    if is_check and found:
        sys.exit(f"{', '.join(sorted(set(found)))}: names a registry; run tools/strip_lockfile.py on it")
    print("lock files: no registry address")


main()
