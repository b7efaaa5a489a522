#!/usr/bin/env python3
"""Every test has one of the known labels and a time limit.

Usage: check_labels.py CTEST BUILD_FOLDER, or check_labels.py - < the output of
`ctest --show-only=json-v1`. Exits 1 when a test has none.
"""

import json
import subprocess
import sys

KNOWN = {"unit", "parity", "ui", "bench", "gpu", "slow", "lint"}


def check(listing):
    found = []
    for test in listing["tests"]:
        properties = {entry["name"]: entry["value"] for entry in test.get("properties", [])}
        labels = set(properties.get("LABELS", []))
        if not labels:
            found.append(f"{test['name']}: has no label")
        elif labels - KNOWN:
            found.append(f"{test['name']}: unknown label {', '.join(sorted(labels - KNOWN))}")
        if "TIMEOUT" not in properties:
            found.append(f"{test['name']}: has no time limit")
    return found


def main(arguments):
    if arguments == ["-"]:
        text = sys.stdin.read()
    else:
        ctest, folder = arguments
        text = subprocess.run([ctest, "--show-only=json-v1"], cwd=folder, check=True,
                              capture_output=True, text=True).stdout
    listing = json.loads(text)
    found = check(listing)
    for line in found:
        print(line)
    print(f"{len(listing['tests'])} tests, {len(found)} complaints")
    return 1 if found or not listing["tests"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
