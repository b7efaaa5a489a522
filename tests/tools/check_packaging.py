#!/usr/bin/env python3
"""The README's commands exist, .ci/run runs the second, and the desktop's files agree with the build.

Usage: check_packaging.py [ROOT]. Prints one line a complaint and exits 1 when there are any.
"""

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as xml

LINUX = "packaging/linux/org.moodloom.Moodloom"


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


def check_scripts(root):
    commands = re.findall(r"^(packaging/\w+)\b", read(root, "README.md"), re.MULTILINE)
    if commands[:2] != ["packaging/run", "packaging/test"]:
        yield f"README.md: opens with {commands[:2]}"
    if "packaging/test" not in read(root, ".ci/run"):
        yield ".ci/run: does not run packaging/test"
    scripts = [name for name in os.listdir(os.path.join(root, "packaging"))
               if read_start(root, "packaging/" + name) == b"#!"]
    for path in [".ci/run", *("packaging/" + name for name in sorted(scripts))]:
        full = os.path.join(root, path)
        if not os.access(full, os.X_OK):
            yield f"{path}: is not executable"
        if subprocess.run(["sh", "-n", full], check=False).returncode != 0:
            yield f"{path}: is not a shell script"


def read_start(root, path):
    full = os.path.join(root, path)
    if not os.path.isfile(full):
        return b""
    with open(full, "rb") as file:
        return file.read(2)


def check_packages(root):
    lines = [line.split("#")[0].strip() for line in read(root, "packaging/debian-packages.txt").split("\n")]
    packages = [line for line in lines if line]
    for package in packages:
        if not re.fullmatch(r"[a-z0-9][a-z0-9+.-]+", package):
            yield f"packaging/debian-packages.txt: {package!r} is not a package's name"
        if packages.count(package) > 1:
            yield f"packaging/debian-packages.txt: {package} stands there twice"


def check_desktop(root):
    version = re.search(r"project\(Moodloom VERSION (\S+)", read(root, "CMakeLists.txt")).group(1)
    metainfo = xml.fromstring(read(root, LINUX + ".metainfo.xml"))
    release = metainfo.find("releases/release").get("version")
    if release != version:
        yield f"{LINUX}.metainfo.xml: its newest release is {release}, the project's is {version}"
    if f"## {version}" not in read(root, "NEWS.md"):
        yield f"NEWS.md: says nothing about {version}"
    desktop = read(root, LINUX + ".desktop")
    media = xml.fromstring(read(root, LINUX + ".xml"))[0].get("type")
    for name, text in (("desktop", desktop), ("metainfo.xml", read(root, LINUX + ".metainfo.xml"))):
        if media not in text:
            yield f"{LINUX}.{name}: does not name {media}"
    xml.fromstring(read(root, LINUX + ".svg"))


def main(arguments):
    root = arguments[0] if arguments else os.path.join(os.path.dirname(__file__), "..", "..")
    found = [*check_scripts(root), *check_packages(root), *check_desktop(root)]
    for line in found:
        print(line)
    print(f"{len(found)} complaints")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
