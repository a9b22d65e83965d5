#!/usr/bin/env python3
"""Holds every #include and import against the arrows of docs/architecture/README.md. Exit status 1 names each breach.

platform <- shared <- services/*/contract <- services/*/src <- apps, api-gateway; inside a service
api -> contract, store -> domain, and domain knows no I/O.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BACKEND = ROOT / "backend"
INCLUDE = re.compile(r'^#include "((?:platform|shared|services|api-gateway|apps)/[^"]+)"', re.M)
IMPORT = re.compile(r"""^(?:import|export)\b[^'"]*['"]([^'"]+)['"]""", re.M)

# What a platform module may include besides itself, core, log, metrics and trace: mechanisms built on other mechanisms.
PLATFORM_ARROWS = {
    "app": {"config", "http", "db", "events", "jobs", "json"},
    "crypto": {"json"},
    "events": {"db", "json", "crypto", "jobs"},
    "http": {"json"},
    "jobs": {"db", "json"},
    "db": {"json"},
    "mail": {"http", "json", "crypto"},
    "pdf": {"qr"},
    "storage": {"crypto", "json"},
    "restql": {"db", "json", "http", "crypto", "intl"},
    "webauthn": {"crypto", "json"},
    "testing": {"db", "http", "json", "events", "jobs", "crypto", "mail", "config"},
}


def service_of(path: str) -> str:
    return path.split("/")[1]


def layer_of(path: str) -> str:
    """domain, store, api, import, contract, main or service for a file below services/X."""
    parts = path.split("/")
    if parts[2] != "src":
        return parts[2]
    return parts[3] if len(parts) > 4 else ("main" if parts[3].startswith("main.") else "service")


def platform_breach(path: str, target: str) -> bool:
    if not target.startswith("platform/"):
        return True
    own, other = path.split("/")[1], target.split("/")[1]
    return other not in {own, "core", "log", "metrics", "trace"} | PLATFORM_ARROWS.get(own, set())


def service_breach(path: str, target: str) -> str | None:
    own, layer = service_of(path), layer_of(path)
    if target.startswith(("apps/", "api-gateway/")):
        return "a service must not know who composes it"
    if target.startswith("services/"):
        if service_of(target) != own:
            return None if layer_of(target) == "contract" else "another service's src; include its contract"
        if layer == "domain" and layer_of(target) not in {"domain", "contract"}:
            return "domain knows only domain and contract"
        if layer == "store" and layer_of(target) in {"api", "service"}:
            return "store must not know who calls it"
        if layer == "contract" and layer_of(target) != "contract":
            return "a contract must not show its service's inside"
        return None
    module = target.split("/")[1]
    if layer == "domain" and module in {"db", "http", "storage", "mail", "events", "jobs"}:
        return "domain does no I/O"
    if layer == "store" and module == "http":
        return "store knows no HTTP"
    if layer == "api" and module == "db":
        return "api knows no SQL"
    return None


def breach(path: str, target: str) -> str | None:
    if "/tests/" in path:
        return None
    if path.startswith("platform/"):
        return "platform includes only itself, downwards" if platform_breach(path, target) else None
    if path.startswith("shared/"):
        return None if target.startswith(("platform/", "shared/")) else "shared knows no service"
    if path.startswith("services/"):
        return service_breach(path, target)
    return None


def backend_breaches() -> list[str]:
    found = []
    for file in sorted([*BACKEND.rglob("*.hpp"), *BACKEND.rglob("*.cpp")]):
        path = file.relative_to(BACKEND).as_posix()
        for target in INCLUDE.findall(file.read_text()):
            if reason := breach(path, target):
                found.append(f"backend/{path}: {target}: {reason}")
    return found


def frontend_breaches() -> list[str]:
    """packages do not import apps; a feature does not import another feature; features do not import app/."""
    found = []
    base = ROOT / "frontend"
    files = [f for f in [*base.glob("apps/*/src/**/*.ts*"), *base.glob("packages/*/src/**/*.ts*")] if "node_modules" not in f.parts]
    for file in sorted(files):
        relative = file.relative_to(base)
        for target in IMPORT.findall(file.read_text()):
            resolved = (file.parent / target).resolve() if target.startswith(".") else None
            if relative.parts[0] == "packages" and resolved and "apps" in resolved.relative_to(base).parts[:1]:
                found.append(f"frontend/{relative}: {target}: a package must not import an app")
            if "features" not in relative.parts or not resolved or not resolved.is_relative_to(base):
                continue
            own = relative.parts[relative.parts.index("features") + 1]
            parts = resolved.relative_to(base).parts
            if "features" in parts and parts[parts.index("features") + 1] != own:
                found.append(f"frontend/{relative}: {target}: features meet in app/")
            if len(parts) > 3 and parts[0] == "apps" and parts[3] == "app":
                found.append(f"frontend/{relative}: {target}: a feature must not import app/")
    return found


def platform_words() -> list[str]:
    """The platform knows no word of the product."""
    word = re.compile(r"trendtactics|trendy|\bacademy\b|\benrollment|\bcourse", re.I)
    found = []
    for file in sorted([*(BACKEND / "platform").rglob("*.hpp"), *(BACKEND / "platform").rglob("*.cpp")]):
        if "tests" in file.parts:
            continue
        for number, line in enumerate(file.read_text().splitlines(), 1):
            code = line.split("//")[0]
            if word.search(code) and not line.startswith("#include"):
                found.append(f"{file.relative_to(ROOT)}:{number}: a word of the product in platform: {line.strip()}")
    return found


def main() -> None:
    breaches = backend_breaches() + frontend_breaches() + platform_words()
    print("\n".join(breaches) or "layers: every arrow holds")
    sys.exit(1 if breaches else 0)


main()
