#!/usr/bin/env python3
"""The checks find what they look for: planted violations are reported, sound trees are not."""

import os
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

import check_labels
import check_levels
import check_packaging
import check_text


def tree(folder, files):
    for path, content in files.items():
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(content)


SOUND = {
    "core/base/Error.h": "#include <string>\n",
    "core/tensor/Engine.h": '#include "core/base/Error.h"\n#include <torch/torch.h>\n',
    "core/generation/Take.h": "#include <QImage>\n",
    "core/export/Png.h": '#include "core/generation/Take.h"\n',
    "core/generation/Generator.cpp": '#include "core/tensor/Engine.h"\n',
    "ui/theme/Theme.qml": "import QtQuick\n",
    "ui/prompt/PromptBar.qml": "import QtQuick\nimport Moodloom.Theme\n",
    "ui/shell/Main.qml": "import Moodloom.Prompt\n",
}


class Levels(unittest.TestCase):
    def violations(self, extra):
        with tempfile.TemporaryDirectory() as folder:
            tree(folder, {**SOUND, **extra})
            return check_levels.check(folder)

    def test_accepts_a_sound_tree(self):
        self.assertEqual(self.violations({}), [])

    def test_finds_what_is_planted(self):
        planted = {
            "an include upwards":
                ("core/base/Bad.h", '#include "core/generation/Take.h"\n', "may not use"),
            "an include sideways":
                ("core/generation/Bad.h", '#include "core/export/Png.h"\n', "may not use"),
            "Qt in the engine":
                ("core/tensor/Bad.h", "#include <QString>\n", "built without Qt"),
            "Qt in the engine, through a shared header":
                ("core/base/Error.h", "#include <QString>\n", "built without Qt"),
            "torch in a header of the studio":
                ("core/generation/Bad.h", '#include "core/tensor/Engine.h"\n', "keep torch inside"),
            "a feature that imports a feature":
                ("ui/theme/Bad.qml", "import Moodloom.Prompt\n", "may not use"),
            "a module without a level":
                ("core/fog/Fog.h", '#include "core/base/Error.h"\n', "has no level"),
            "a header that is not there":
                ("core/base/Bad.h", '#include "core/base/Absent.h"\n', "there is no"),
        }
        for name, (path, content, expected) in planted.items():
            with self.subTest(name):
                found = self.violations({path: content})
                self.assertTrue(any(expected in line for line in found), found)


class Text(unittest.TestCase):
    def finds(self, content):
        with tempfile.TemporaryDirectory() as folder:
            tree(folder, {"a.txt": content})
            return check_text.check(folder)

    def test_accepts_ordinary_text(self):
        self.assertEqual(self.finds("see ~/projects/x, at home/projects and /usr/bin/env, http://a.b/home/c\n"), [])

    def test_finds_what_is_planted(self):
        for content in ("cd /ho" + "me/ann/x", 'open("/wo' + 'rk/x")', "http://ann:secret" + "@example.org/",
                        "// TO" + "DO: more", "<" * 7 + " HEAD"):
            with self.subTest(content):
                self.assertEqual(len(self.finds(content)), 1)


class Labels(unittest.TestCase):
    def test_finds_tests_without_label_or_limit(self):
        def listing(**properties):
            named = [{"name": name, "value": value} for name, value in properties.items()]
            return {"tests": [{"name": "x", "properties": named}]}

        self.assertEqual(check_labels.check(listing(LABELS=["unit"], TIMEOUT=5)), [])
        self.assertEqual(len(check_labels.check(listing(TIMEOUT=5))), 1)
        self.assertEqual(len(check_labels.check(listing(LABELS=["odd"], TIMEOUT=5))), 1)
        self.assertEqual(len(check_labels.check(listing(LABELS=["unit"]))), 1)


class Packaging(unittest.TestCase):
    ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")

    def complaints(self, path, old, new):
        """What is found when `old` in a file of a copy of the tree becomes `new`."""
        with tempfile.TemporaryDirectory() as folder:
            for name in ("packaging", ".ci"):
                shutil.copytree(os.path.join(self.ROOT, name), os.path.join(folder, name))
            for name in ("README.md", "NEWS.md", "CMakeLists.txt"):
                shutil.copy(os.path.join(self.ROOT, name), folder)
            with open(os.path.join(folder, path), encoding="utf-8") as file:
                text = file.read()
            self.assertIn(old, text)
            tree(folder, {path: text.replace(old, new)})
            return [*check_packaging.check_scripts(folder), *check_packaging.check_packages(folder),
                    *check_packaging.check_desktop(folder)]

    def test_accepts_the_tree(self):
        self.assertEqual(self.complaints("README.md", "Moodloom", "Moodloom"), [])

    def test_finds_what_is_planted(self):
        for path, old, new in (("README.md", "packaging/run ", "packaging/start "),
                               (".ci/run", "packaging/test", "packaging/run"),
                               ("packaging/run", "if ", "if if then "),
                               ("packaging/debian-packages.txt", "cmake\n", "cmake\ncmake\n"),
                               ("CMakeLists.txt", "Moodloom VERSION ", "Moodloom VERSION 9."),
                               ("packaging/linux/org.moodloom.Moodloom.desktop", "x-moodloom-board", "x-other")):
            with self.subTest(path):
                self.assertNotEqual(self.complaints(path, old, new), [])


if __name__ == "__main__":
    unittest.main()
