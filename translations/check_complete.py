#!/usr/bin/env python3
"""Fails when visible text is not translated, or a translation's placeholders differ from the source's.

Collects the text of the sources into copies of the .ts files, so that a forgotten update fails too.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree


def problems_of(path, catalogue):
    for context in ElementTree.parse(path).getroot().findall("context"):
        for message in context.findall("message"):
            source = message.findtext("source")
            translation = message.find("translation")
            where = f'{catalogue}: {context.findtext("name")}: "{source}"'
            if translation.get("type") in ("vanished", "obsolete"):
                continue
            forms = [form.text or "" for form in translation.findall("numerusform")] or [translation.text or ""]
            if translation.get("type") == "unfinished" or not all(form.strip() or source.isspace() for form in forms):
                yield f"{where} is not translated"
                continue
            wanted = set(re.findall(r"%\d", source))
            for form in forms:
                if set(re.findall(r"%\d", form)) != wanted:
                    yield f'{where}: "{form}" has other placeholders'


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lupdate", required=True)
    parser.add_argument("--source", required=True, type=pathlib.Path)
    arguments = parser.parse_args()
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        for original in sorted((arguments.source / "translations").glob("*.ts")):
            copy = pathlib.Path(folder) / original.name
            shutil.copy(original, copy)
            plural = ["-pluralonly"] if original.stem.endswith("_en") else []
            subprocess.run(
                [arguments.lupdate, "-silent", "-I", ".", "-locations", "none", "-no-obsolete", *plural,
                 "app", "core", "ui", "-ts", str(copy)],
                cwd=arguments.source, check=True)
            problems += problems_of(copy, original.name)
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problem(s)")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
