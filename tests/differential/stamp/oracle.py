#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real Alembic's stamp on a version table, one JSON question a line on stdin, one answer a line on stdout.

    {"ask": "version"}
    {"ask": "prepare", "dsns": [D…], "schema": S, "table": T, "make": DDL or "", "rows": [R…]}
    {"ask": "stamp", "dsn": D, "schema": S, "table": T, "revisions": [{id, down, depends_on, labels}…],
     "to": [TEXT…], "purge": B}                    {} or {"error", "message"}
    {"ask": "read", "dsn": D, "schema": S, "table": T}
                                                    {"rows": sorted, "columns": […], "keys": […]} or {"absent": true}

The schema is empty for the search path. Connections are kept.
"""
import json
import sys
import types
import warnings

import alembic
import psycopg2
import sqlalchemy
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import Revision, RevisionMap

warnings.simplefilter("ignore")

engines = {}
made = {}  # schemas of the state before, by connection


def engine_of(dsn):
    if dsn not in engines:
        engines[dsn] = sqlalchemy.create_engine(
            "postgresql+psycopg2://", creator=lambda: psycopg2.connect(dsn), pool_size=1
        )
    return engines[dsn]


class PlainRevision(Revision):
    module = types.SimpleNamespace(upgrade=None, downgrade=None)


def script_of(revisions):
    def generate():
        for revision in revisions:
            yield PlainRevision(
                revision["id"],
                tuple(revision["down"]) or None,
                dependencies=tuple(revision["depends_on"]) or None,
                branch_labels=tuple(revision["labels"]) or None,
            )

    script = object.__new__(ScriptDirectory)
    script.revision_map = RevisionMap(generate)
    return script


def quoted(name):
    return '"%s"' % name.replace('"', '""')


def full_name(question):
    table = quoted(question["table"])
    return quoted(question["schema"]) + "." + table if question["schema"] else table


def prepare(question):
    for dsn in question["dsns"]:
        with engine_of(dsn).begin() as connection:
            cursor = connection.connection.cursor()
            for schema in made.pop(dsn, ["public"]):
                cursor.execute("DROP SCHEMA %s CASCADE" % quoted(schema))
            made[dsn] = ["public"] + ([question["schema"]] if question["schema"] else [])
            for schema in made[dsn]:
                cursor.execute("CREATE SCHEMA " + quoted(schema))
            if question["make"]:
                cursor.execute(question["make"].replace("@", full_name(question)))
            for row in question["rows"]:
                cursor.execute("INSERT INTO %s VALUES (%%s)" % full_name(question), (row,))
    return {}


def stamp(question):
    script = script_of(question["revisions"])
    to = tuple(question["to"])
    with engine_of(question["dsn"]).connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "version_table": question["table"],
                "version_table_schema": question["schema"] or None,
                "fn": lambda rows, _: script._stamp_revs(to, rows),
                "purge": question["purge"],
            },
        )
        with context.begin_transaction():
            context.run_migrations()
    return {}


COLUMNS = """
SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
FROM pg_attribute a WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""
KEYS = "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass ORDER BY 1"


def read(question):
    name = full_name(question)
    with engine_of(question["dsn"]).begin() as connection:
        cursor = connection.connection.cursor()
        cursor.execute("SELECT to_regclass(%s)", (name,))
        if cursor.fetchone()[0] is None:
            return {"absent": True}
        answer = {}
        for key, sql in (("columns", COLUMNS), ("keys", KEYS)):
            cursor.execute(sql, (name,))
            answer[key] = [list(row) for row in cursor.fetchall()]
        cursor.execute("SELECT version_num FROM " + name)
        answer["rows"] = sorted(row[0] for row in cursor.fetchall())
        return answer


def main():
    asks = {"prepare": prepare, "stamp": stamp, "read": read}
    for line in sys.stdin:
        question = json.loads(line)
        try:
            if question["ask"] == "version":
                answer = {"version": alembic.__version__}
            else:
                answer = asks[question["ask"]](question)
        except Exception as error:  # whatever Alembic raises is the answer
            answer = {"error": type(error).__name__, "message": str(error)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


main()
