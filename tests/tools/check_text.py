#!/usr/bin/env python3
"""Finds text that has no place in the repository: paths of one machine, passwords inside addresses,
marks of unfinished work and of unsolved merges.

Usage: check_text.py [ROOT]. Prints one line a find and exits 1 when there are any.
"""

import os
import re
import sys

SKIPPED_FOLDERS = {".git", ".cache", ".qt", "build", "__pycache__"}

# Put together from parts, so that this file does not find itself.
RULES = [
    (re.compile(r"(?<![\w.:/~$}-])/(?:home|work|root|Users|mnt|media)/[\w.+-]"),
     "a path of one machine"),
    (re.compile(r"\w://[^/\s:@]+:[^/\s@]+@"), "a password inside an address"),
    (re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b"), "a mark of unfinished work"),
    (re.compile(r"^(?:<{7}|>{7}) "), "a mark of an unsolved merge"),
]


def text_files(root):
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS)
        for name in sorted(names):
            path = os.path.join(folder, name)
            if os.path.islink(path) or name in SKIPPED_FOLDERS:  # .git of a worktree is a file
                continue
            with open(path, "rb") as file:
                start = file.read(8192)
            if b"\0" not in start:
                yield path


def check(root):
    found = []
    for path in text_files(root):
        with open(path, encoding="utf-8", errors="replace") as file:
            for number, line in enumerate(file, 1):
                for pattern, meaning in RULES:
                    if pattern.search(line):
                        shown = os.path.relpath(path, root)
                        found.append(f"{shown}:{number}: {meaning}: {line.strip()[:100]}")
    return found


def main(arguments):
    root = arguments[0] if arguments else os.path.join(os.path.dirname(__file__), "..", "..")
    found = check(root)
    for line in found:
        print(line)
    print(f"{len(found)} finds")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
