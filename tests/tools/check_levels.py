#!/usr/bin/env python3
"""Holds the #includes and QML imports of a source tree against the table of levels.

Usage: check_levels.py [ROOT]. Prints one line a violation and exits 1 when there are any.
ARCHITECTURE.md explains the levels; this table is where they are written down.
"""

import os
import re
import sys

# A module includes only modules of a lower level, and itself.
LEVELS = {
    "core/base": 0, "core/kernels": 0,
    "core/tensor": 1, "core/image": 1, "core/world": 1, "core/download": 1,
    "core/nn": 2, "core/diffusion": 2,
    "core/models": 3, "core/training": 3, "core/prompt": 3, "core/library": 3,
    "core/retrieval": 4, "core/board": 4, "core/shelf": 4,
    "core/generation": 5, "core/origin": 5, "core/export": 5,
    "core/session": 6, "core/grounding": 6,
    "ui/theme": 7, "ui/controls": 8,
    "ui/prompt": 9, "ui/references": 9, "ui/board": 9, "ui/generation": 9, "ui/library": 9,
    "ui/shelf": 9, "ui/export": 9,
    "ui/shell": 10,
    "app": 11,
}

# The exceptions on one level, each for its reason. They must not form a circle.
BESIDE = {
    "core/export": {"core/generation"},  # a take and its recipe are what is exported
    "core/origin": {"core/generation"},  # a recipe is what is read
    "core/training": {"core/models"},    # what is trained is stored and read as any model is
}

# Built where there is no Qt. core/base is shared: only what these reach of it counts.
WITHOUT_QT = {"core/kernels", "core/tensor", "core/nn", "core/diffusion", "core/models", "core/training"}

# Headers of the studio's modules reach no torch: it makes them slow to build and breaks moc. These
# stay inside their module: a header that includes one is told as if it included torch.
TORCH_INSIDE = {"core/generation/LoadedModel.h", "core/generation/Material.h",
                "core/generation/StepPreviews.h"}
TORCH = re.compile(r"^(torch|ATen|c10)/")
QT = re.compile(r"^(Q[A-Z]\w*|Qt\w+/.*|qt\w*\.h|QCoro.*)$")

INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')
QML_IMPORT = re.compile(r"^\s*import\s+Moodloom\.(\w+)")
SOURCES = (".h", ".cpp")


def module_of(path):
    """core/base/Error.h -> core/base; app/cli/Output.h -> app; None for what has no level."""
    parts = path.split("/")
    if parts[0] == "app":
        return "app"
    if parts[0] in ("core", "ui") and len(parts) > 2:
        return "/".join(parts[:2])
    return None


def source_files(root):
    for top in ("app", "core", "ui"):
        for folder, folders, names in os.walk(os.path.join(root, top)):
            folders.sort()
            for name in sorted(names):
                if name.endswith(SOURCES) or name.endswith(".qml"):
                    yield os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")


def lines_of(root, path):
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
        return list(enumerate(file, 1))


def read_includes(root, path):
    """[(line number, target, is of this project)]"""
    found = []
    for number, line in lines_of(root, path):
        match = INCLUDE.match(line)
        if match:
            own = match.group(1) == '"' and match.group(2).split("/")[0] in ("app", "core", "ui")
            found.append((number, match.group(2), own))
    return found


def reach(path, includes, seen):
    """Every header outside the project that `path` includes, directly or through its own."""
    if path in seen:
        return set()
    seen.add(path)
    outside = set()
    for _, target, own in includes.get(path, []):
        outside |= reach(target, includes, seen) if own else {target}
    return outside


def check_dependency(module, target):
    """The complaint about `module` using `target`, or None."""
    for name in (module, target):
        if name not in LEVELS:
            return f"{name} has no level: give it one in tests/tools/check_levels.py"
    if target == module or target in BESIDE.get(module, ()):
        return None
    if LEVELS[target] < LEVELS[module]:
        return None
    return f"{module} (level {LEVELS[module]}) may not use {target} (level {LEVELS[target]})"


def check_sources(root, files):
    includes = {path: read_includes(root, path) for path in files if path.endswith(SOURCES)}
    for path, found in includes.items():
        module = module_of(path)
        if module is None:
            continue
        for number, target, own in found:
            if own and not os.path.exists(os.path.join(root, target)):
                yield f"{path}:{number}: there is no {target}"
            elif own and module_of(target) is not None:
                complaint = check_dependency(module, module_of(target))
                if complaint:
                    yield f"{path}:{number}: {complaint}"
        outside = reach(path, includes, set())
        if module in WITHOUT_QT:
            for header in sorted(h for h in outside if QT.match(h)):
                yield f"{path}: reaches Qt's <{header}>, and {module} is built without Qt"
        elif path.endswith(".h") and module != "app" and path not in TORCH_INSIDE:
            for header in sorted(h for h in outside if TORCH.match(h)):
                yield f"{path}: reaches <{header}>; keep torch inside the .cpp"


def check_qml(root, files):
    for path in files:
        if not path.endswith(".qml") or module_of(path) is None:
            continue
        for number, line in lines_of(root, path):
            match = QML_IMPORT.match(line)
            if match:
                complaint = check_dependency(module_of(path), "ui/" + match.group(1).lower())
                if complaint:
                    yield f"{path}:{number}: {complaint}"


def check_table():
    """The exceptions stay on one level and form no circle."""
    for module, others in BESIDE.items():
        for other in others:
            if LEVELS[module] != LEVELS[other]:
                yield f"the exception {module} -> {other} is not on one level"
            if module in BESIDE.get(other, ()):
                yield f"the exceptions of {module} and {other} form a circle"


def check(root):
    files = list(source_files(root))
    return [*check_table(), *check_sources(root, files), *check_qml(root, files)]


def main(arguments):
    root = arguments[0] if arguments else os.path.join(os.path.dirname(__file__), "..", "..")
    violations = check(root)
    for violation in violations:
        print(violation)
    print(f"{len(violations)} violations of the levels")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
