# SPDX-License-Identifier: GPL-3.0-or-later
"""Real Alembic, asked over stdin and stdout: one JSON object a line, one answer a line.

Where Alembic takes what order Python's sets happen to have (which of several label collisions or unknown
names it reports, the order of several normalised dependencies), this program settles on load order, which
is one of the orders that Alembic itself may take. Files are listed sorted by name, as Alembic does since it
stopped taking the order of the file system.
"""
import json
import os
import signal
import sys
import types
import warnings

import alembic
from alembic.config import Config
from alembic.script import Script, ScriptDirectory
from alembic.script.revision import Revision, RevisionMap
from alembic.util import CommandError

warnings.simplefilter("ignore")


class Hang(BaseException):
    pass


def on_alarm(signum, frame):
    raise Hang()


signal.signal(signal.SIGVTALRM, on_alarm)


class PlainRevision(Revision):
    module = types.SimpleNamespace(upgrade=None, downgrade=None)


class OrderedMap(RevisionMap):
    def __init__(self, generator):
        self.order = {}
        super().__init__(lambda: self.counted(generator))

    def counted(self, generator):
        for number, revision in enumerate(generator()):
            self.order[id(revision)] = number
            yield revision

    def in_order(self, revisions):
        return sorted(revisions, key=lambda revision: self.order[id(revision)])

    def _map_branch_labels(self, revisions, map_):
        super()._map_branch_labels(self.in_order(revisions), map_)

    def _add_depends_on(self, revisions, map_):
        super()._add_depends_on(self.in_order(revisions), map_)

    def _normalize_depends_on(self, revisions, map_):
        super()._normalize_depends_on(self.in_order(revisions), map_)
        for revision in revisions:
            kept = set(revision._normalized_resolved_dependencies)
            revision._normalized_resolved_dependencies = tuple(
                dict.fromkeys(d for d in revision._resolved_dependencies if d in kept)
            )


def refusal(error):
    """Class and words of what the map said, and what the command level made of it."""
    said = error.__cause__ if isinstance(error, CommandError) and error.__cause__ else error
    words = "" if isinstance(said, AssertionError) else str(said)
    command = str(error) if isinstance(error, CommandError) else ""
    return {"class": type(said).__name__, "words": words, "command": command}


def attempt(function, seconds=0.5):
    """Its result, or its error; on a cycle Alembic may walk for ever, hence the limit of CPU time."""
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        return function()
    except Hang:
        return {"error": {"class": "Hang", "words": "", "command": ""}}
    except Exception as error:
        return {"error": refusal(error)}
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def script_directory(generator):
    script = object.__new__(ScriptDirectory)
    script.revision_map = OrderedMap(generator)
    return script


def from_values(request):
    def generate():
        for revision in request["revisions"]:
            yield PlainRevision(
                revision["id"],
                tuple(revision["down"]) or None,
                dependencies=tuple(revision["depends_on"]) or None,
                branch_labels=tuple(revision["labels"]) or None,
            )

    return script_directory(generate)


list_py_dir = Script._list_py_dir
Script._list_py_dir = classmethod(lambda cls, *arguments: sorted(list_py_dir(*arguments)))


def from_folder(request):
    script = ScriptDirectory.from_config(Config(os.path.join(request["folder"], "alembic.ini")))
    script.revision_map = OrderedMap(script._load_revisions)
    return script


def places(found):
    return ["base" if place == "base" else place and place.revision for place in found]


def described(script):
    map_ = script.revision_map
    ids = [key for key, revision in map_._revision_map.items() if key and key == revision.revision]
    revisions = {}
    for key in ids:
        revision = map_._revision_map[key]
        revisions[key] = {
            "labels": sorted(revision.branch_labels),
            "next": sorted(revision.nextrev),
            "all_next": sorted(revision._all_nextrev),
            "dependencies": list(dict.fromkeys(revision._resolved_dependencies)),
            "normalized": list(revision._normalized_resolved_dependencies),
            "branch_point": revision.is_branch_point,
            "merge_point": revision.is_merge_point,
        }
    return {
        "heads": sorted(map_.heads),
        "effective_heads": sorted(map_._real_heads),
        "bases": sorted(map_.bases),
        "revisions": revisions,
        "walk": attempt(lambda: {"ids": [rev.revision for rev in script.walk_revisions()]}),
    }


def steps(found):
    return {"ids": [step.revision.revision for step in found]}


def answer(script, query):
    kind, text = query["kind"], query["text"]
    rows = tuple(query.get("rows", ()))
    if kind == "revisions":
        return {"ids": places(script.get_revisions(text))}
    if kind == "revision":
        return {"ids": places([script.get_revision(text)])}
    if kind == "target":
        with script._catch_revision_errors():
            return {"ids": places(script.revision_map._parse_upgrade_target((), text, True))}
    if kind == "upgrade":
        return steps(script._upgrade_revs(text, rows))
    if kind == "downgrade":
        return steps(script._downgrade_revs(text, rows))
    base, head = text.strip().split(":")
    found = script.walk_revisions(base=base or "base", head=head or "heads")
    return {"ids": [revision.revision for revision in found]}


def main():
    script = None
    for line in sys.stdin:
        request = json.loads(line)
        if request["ask"] == "version":
            reply = {"version": alembic.__version__, "python": sys.version.split()[0]}
        elif request["ask"] == "query":
            reply = {"answers": [attempt(lambda: answer(script, q)) for q in request["queries"]]}
        else:
            script = from_folder(request) if "folder" in request else from_values(request)
            reply = attempt(lambda: described(script), 10)
        sys.stdout.write(json.dumps(reply) + "\n")
        sys.stdout.flush()


main()
