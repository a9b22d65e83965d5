#!/usr/bin/env python3
"""source_commands.py BUILD_FOLDER: writes BUILD_FOLDER/sources/compile_commands.json with one entry per source file.
CMake's own file lists only what is compiled, which in a unity build is batches: a source has its batch's flags."""

import json
import pathlib
import re
import sys

INCLUDE = re.compile(r'^#include "(.+)"$', re.MULTILINE)


def sources_of(entry):
    path = pathlib.Path(entry["file"])
    if path.parent.name != "Unity":
        return [str(path)]
    return INCLUDE.findall(path.read_text()) if path.exists() else []


def entries(folder):
    for entry in json.loads((folder / "compile_commands.json").read_text()):
        for source in sources_of(entry):
            command = entry["command"].replace(entry["file"], source)
            yield {"directory": entry["directory"], "command": command, "file": source}


def main():
    folder = pathlib.Path(sys.argv[1])
    out = folder / "sources" / "compile_commands.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(list(entries(folder)), indent=1))


if __name__ == "__main__":
    main()
