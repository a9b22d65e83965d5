#!/usr/bin/env python3
"""Share of C++ lines that stand, eight in a row, in two or more services: at most 1 % (style.md §4, habit 2)."""
import collections
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
WINDOW, LIMIT = 8, 0.01


def code_lines(file: pathlib.Path) -> list[tuple[int, str]]:
    lines = []
    for number, line in enumerate(file.read_text().splitlines(), 1):
        text = line.strip()
        if len(text) > 2 and not text.startswith(("//", "#include", "}", "namespace", "using ")):
            lines.append((number, text))
    return lines


def main() -> None:
    windows = collections.defaultdict(list)
    total = 0
    for file in sorted((ROOT / "backend" / "services").rglob("*.?pp")):
        service = file.relative_to(ROOT / "backend" / "services").parts[0]
        lines = code_lines(file)
        total += len(lines)
        for i in range(len(lines) - WINDOW + 1):
            key = "\n".join(text for _, text in lines[i : i + WINDOW])
            windows[key].append((service, file, lines[i][0], i))
    copied, rows = set(), []
    for places in windows.values():
        if len({service for service, *_ in places}) < 2:
            continue
        rows.append(" ~ ".join(f"{file.relative_to(ROOT)}:{line}" for _, file, line, _ in places[:3]))
        for service, file, _, start in places:
            copied.update((file, start + k) for k in range(WINDOW))
    share = len(copied) / total if total else 0.0
    print("\n".join(rows[:20] if share > LIMIT else []))
    print(f"duplicates: {share:.2%} of {total} lines stand in two services (limit {LIMIT:.0%})")
    sys.exit(1 if share > LIMIT else 0)


main()
