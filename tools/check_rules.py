#!/usr/bin/env python3
"""A json::rule<&Struct::member> stands in the file that declares the struct. Prints each that stands elsewhere.

A specialisation that one translation unit sees and another does not is undefined behaviour: whichever of them was
linked first decides, and the rule may silently hold for nobody.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SPECIALISATION = re.compile(r"\brule<&(?:\w+::)*(\w+)::(\w+)>\s*[={]")


def declares(text: str, struct: str) -> bool:
    return re.search(rf"\b(?:struct|class)\s+{struct}\b[^;{{]*\{{", text) is not None


def main() -> None:
    found, count = [], 0
    for file in sorted((ROOT / "backend").rglob("*.?pp")):
        text = re.sub(r"//[^\n]*", "", file.read_text())
        for match in SPECIALISATION.finditer(text):
            count += 1
            struct, member = match.groups()
            if not declares(text, struct):
                line = text.count("\n", 0, match.start()) + 1
                found.append(f"{file.relative_to(ROOT)}:{line}: the rule of {struct}::{member} belongs beside struct {struct}")
    print("\n".join(found) or f"rules: all {count} stand beside their structs")
    sys.exit(1 if found else 0)


main()
