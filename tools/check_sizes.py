#!/usr/bin/env python3
"""Hard limits on size: file 500 lines, C++ function 70, React component file 150. Prints the medians we aim at.

Functions are found by their braces at the house format (clang-format), which is exact enough to count lines.
"""
import pathlib
import re
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FILE_LIMIT, FUNCTION_LIMIT, COMPONENT_LIMIT = 500, 70, 150
SIGNATURE = re.compile(r"^(?!\s*(?:if|for|while|switch|namespace|class|struct|enum|else|do|try|catch|return|co_return|template)\b)"
                       r"(?P<indent>\s*)\S.*\)\s*(?:const|noexcept|override|final|->.*|\s)*\{$")


def tracked(*patterns: str) -> list[pathlib.Path]:
    names = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).exists()]


def functions(lines: list[str]) -> list[tuple[int, int]]:
    """(first line, length) of each function; the end is the first line that closes at the signature's indent."""
    found = []
    for number, line in enumerate(lines):
        match = SIGNATURE.match(line)
        if not match:
            continue
        closing = match["indent"] + "}"
        for end in range(number + 1, len(lines)):
            if lines[end].startswith(closing) and lines[end].strip().rstrip(";),") in {"}", "});", "}"}:
                found.append((number + 1, end - number + 1))
                break
    return found


def main() -> None:
    problems: list[str] = []
    file_lengths, function_lengths = [], []
    for file in tracked("*.cpp", "*.hpp", "*.ts", "*.tsx", "*.py", "*.sh"):
        lines = file.read_text().splitlines()
        name = file.relative_to(ROOT)
        file_lengths.append(len(lines))
        if len(lines) > FILE_LIMIT:
            problems.append(f"{name}: {len(lines)} lines, limit {FILE_LIMIT}")
        if file.suffix == ".tsx" and ".test." not in file.name and len(lines) > COMPONENT_LIMIT:
            problems.append(f"{name}: {len(lines)} lines, limit of a component {COMPONENT_LIMIT}")
        if file.suffix in {".cpp", ".hpp"}:
            for start, length in functions(lines):
                function_lengths.append(length)
                if length > FUNCTION_LIMIT:
                    problems.append(f"{name}:{start}: function of {length} lines, limit {FUNCTION_LIMIT}")
    print("\n".join(problems))
    if function_lengths:
        print(f"sizes: {len(file_lengths)} files, median {statistics.median(file_lengths):.0f} lines; "
              f"{len(function_lengths)} functions, median {statistics.median(function_lengths):.0f}, "
              f"p95 {sorted(function_lengths)[int(len(function_lengths) * 0.95)]}")
    sys.exit(1 if problems else 0)


main()
