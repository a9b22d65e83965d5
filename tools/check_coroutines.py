#!/usr/bin/env python3
"""Forms of co_await that compilers we met get wrong, or that dangle (style.md §5). Prints file:line and the cure."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
RULES = [
    (re.compile(r"\?[^;:]*co_await[^;]*:[^;]*co_await|\?[^;]*co_await"), "co_await inside ?: — write if / else"),
    (re.compile(r"co_spawn\(\s*co_await"), "executor into a local before co_spawn"),
    (re.compile(r"\{[^;{}]*co_await[^;{}]*,[^;{}]*co_await[^;{}]*\}"), "two co_await inside braces — await into names first"),
]


def statements(text: str):
    """(line number, statement) with comments and strings blanked, split at ; and at line ends of control flow."""
    text = re.sub(r"//[^\n]*", "", text)
    text = re.sub(r'"(?:\\.|[^"\\\n])*"', '""', text)
    line = 1
    for piece in re.split(r"(;)", text):
        if "co_await" in piece:
            at = line + piece[: piece.index("co_await")].count("\n")
            yield at, piece[piece.rfind("}", 0, piece.index("co_await")) + 1 :]
        line += piece.count("\n")


def main() -> None:
    found = []
    for file in sorted((ROOT / "backend").rglob("*.?pp")):
        for line, statement in statements(file.read_text()):
            for rule, cure in RULES:
                if rule.search(statement):
                    found.append(f"{file.relative_to(ROOT)}:{line}: {cure}")
    print("\n".join(found) or "coroutines: no risky form")
    sys.exit(1 if found else 0)


main()
