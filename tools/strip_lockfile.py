#!/usr/bin/env python3
"""Makes a package-lock.json that `npm ci` accepts everywhere: without the registry's addresses, and without optional
packages for other platforms that `npm install` could not find (it drops them and then calls the file out of sync).

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
            optional = package.get("optionalDependencies", {})
            for missing in [o for o in optional if f"node_modules/{o}" not in lock["packages"]]:
                optional.pop(missing)
        if not is_check:
            path.write_text(json.dumps(lock, indent=2) + "\n")
    if is_check and found:
        sys.exit(f"{', '.join(sorted(set(found)))}: names a registry; run tools/strip_lockfile.py on it")
    print("lock files: no registry address")


main()
