#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What real Alembic says of a versions folder, as JSON on stdout.

usage: alembic_oracle.py VERSIONS_DIR [VERSIONS_DIR …] [--recursive] [--path DIR …]

Revision files are executed, so this is for folders of our own. Imports that are missing are stubbed.
Prints {revisions: [{id, down, depends_on, own_labels, labels, message, file}], heads, bases, walk}
or, where Alembic stops, {error, message}.
"""
import importlib.abc
import importlib.machinery
import json
import os
import sys
import tempfile
import types
import warnings
from unittest.mock import MagicMock

from alembic.config import Config
from alembic.script import Script, ScriptDirectory

warnings.simplefilter("ignore")


class Stub(types.ModuleType):
    __path__ = []

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        value = MagicMock(name=name)
        setattr(self, name, value)
        return value


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """The last finder asked: what nobody has becomes a stub."""

    def find_spec(self, name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return Stub(spec.name)

    def exec_module(self, module):
        pass


def plain(value):
    if value is None:
        return []
    return [value] if isinstance(value, str) else sorted(value)


def load(folders, recursive):
    home = tempfile.mkdtemp()
    with open(os.path.join(home, "env.py"), "w", encoding="utf-8"):
        pass
    if recursive:
        # Alembic before 1.10 does not walk; the order is that of later ones.
        walked = []
        for folder in folders:
            for root, names, _ in os.walk(folder):
                names.sort()
                if not root.endswith("__pycache__"):
                    walked.append(root)
        folders = walked
    script = ScriptDirectory(home, version_locations=folders)
    listing = Script._list_py_dir
    Script._list_py_dir = classmethod(lambda cls, *rest: sorted(listing(*rest)))
    try:
        found = list(script.walk_revisions())
    finally:
        os.remove(os.path.join(home, "env.py"))
        os.rmdir(home)
    return script, found


def main():
    arguments = sys.argv[1:]
    recursive = "--recursive" in arguments
    folders, paths = [], []
    target = folders
    for argument in arguments:
        if argument == "--path":
            target = paths
        elif argument != "--recursive":
            target.append(argument)
            target = folders
    sys.dont_write_bytecode = True
    sys.path[:0] = paths
    sys.meta_path.append(Finder())
    try:
        script, found = load(folders, recursive)
    except BaseException as error:  # whatever a file does
        print(json.dumps({"error": type(error).__name__, "message": str(error)}))
        return
    print(json.dumps({
        "revisions": [{
            "id": one.revision,
            "down": plain(one.down_revision),
            "depends_on": plain(one.dependencies),
            "own_labels": sorted(one._orig_branch_labels),
            "labels": sorted(one.branch_labels),
            "message": one.doc,
            "file": os.path.basename(one.path),
        } for one in found],
        "heads": sorted(script.get_heads()),
        "bases": sorted(script.get_bases()),
        "walk": [one.revision for one in found],
    }))


main()
