#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real Alembic on folders of our own: one JSON question a line on stdin, one answer a line on stdout.

    {"ask": "version"}
    {"ask": "database", "dsn": SERVER, "name": NAME}          a new, empty database
    {"ask": "empty", "dsn": DSN}                              the same database, empty again
    {"ask": "upgrade", "folder": F, "dsn": DSN, "to": REV}    {} or {"error", "message", "state", "at"}
    {"ask": "downgrade", …}
    {"ask": "sql", "folder": F, "range": R, "downgrade": B}   {"sql"} or {"error", "message"}
    {"ask": "metadata", "folder": F, "module": M, "name": N, "dsn": DSN}   create_all of a MetaData
"""
import contextlib
import importlib
import io
import json
import os
import logging
import sys
import warnings

import alembic
import psycopg2
import sqlalchemy
from alembic import command
from alembic.config import Config

warnings.simplefilter("ignore")

# Alembic 1.8 takes files in the order of the folder, later ones in sorted order.
list_folder = os.listdir
os.listdir = lambda folder=".": sorted(list_folder(folder))


def engine_of(dsn):
    return sqlalchemy.create_engine(
        "postgresql+psycopg2://", creator=lambda: psycopg2.connect(dsn), poolclass=sqlalchemy.pool.NullPool
    )


def config_of(folder):
    config = Config()
    config.set_main_option("script_location", folder)
    return config


@contextlib.contextmanager
def project_modules(folder):
    """Modules of the folder can be imported, and are forgotten afterwards."""
    before = set(sys.modules)
    sys.path.insert(0, folder)
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(folder)
        for name in set(sys.modules) - before:
            module_file = getattr(sys.modules[name], "__file__", None) or ""
            if module_file.startswith(folder):
                del sys.modules[name]


def failure(error):
    """What the server said, else what Python did."""
    original = getattr(error, "orig", None)
    diagnostics = getattr(original, "diag", None)
    return {
        "error": type(error).__name__,
        "message": (diagnostics.message_primary if diagnostics else None) or str(error),
        "state": getattr(original, "pgcode", None) or "",
    }


def new_database(question):
    connection = psycopg2.connect(question["dsn"])
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute('CREATE DATABASE "%s"' % question["name"])
    connection.close()
    return {}


# Much cheaper than a new database for each case.
EMPTY = """
DO $$
DECLARE
    it record;
BEGIN
    FOR it IN SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' LOOP
        EXECUTE format('DROP EXTENSION IF EXISTS %I CASCADE', it.extname);
    END LOOP;
    FOR it IN SELECT nspname FROM pg_namespace
              WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
        EXECUTE format('DROP SCHEMA %I CASCADE', it.nspname);
    END LOOP;
END
$$;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
COMMENT ON SCHEMA public IS 'standard public schema'
"""


def empty_database(question):
    connection = psycopg2.connect(question["dsn"])
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
    connection.close()
    return {}


class StepWatch(logging.Handler):
    """Knows the revision that began last."""

    revision = None

    def emit(self, record):
        if record.msg.startswith("Running") and record.args:
            revision = getattr(record.args[0], "revision", None)
            self.revision = getattr(revision, "revision", None)


step_watch = StepWatch()
steps = logging.getLogger("alembic.runtime.migration")
steps.setLevel(logging.INFO)
steps.addHandler(step_watch)
steps.propagate = False


def migrate(question, step):
    step_watch.revision = None
    config = config_of(question["folder"])
    engine = engine_of(question["dsn"])
    try:
        with project_modules(question["folder"]), engine.connect() as connection:
            config.attributes["connection"] = connection
            step(config, question["to"])
        return {}
    except Exception as error:  # whatever a revision raises is the answer
        return {**failure(error), "at": step_watch.revision or ""}
    finally:
        engine.dispose()


def sql(question):
    step_watch.revision = None
    output = io.StringIO()
    config = config_of(question["folder"])
    config.output_buffer = output
    step = command.downgrade if question.get("downgrade") else command.upgrade
    try:
        with project_modules(question["folder"]):
            step(config, question["range"], sql=True)
        return {"sql": output.getvalue()}
    except Exception as error:
        return {**failure(error), "at": step_watch.revision or ""}


def create_all(question):
    engine = engine_of(question["dsn"])
    try:
        with project_modules(question["folder"]):
            metadata = getattr(importlib.import_module(question["module"]), question["name"])
            metadata.create_all(engine)
        return {}
    except Exception as error:
        return failure(error)
    finally:
        engine.dispose()


ANSWERS = {
    "version": lambda _: {"alembic": alembic.__version__, "sqlalchemy": sqlalchemy.__version__},
    "database": new_database,
    "empty": empty_database,
    "upgrade": lambda question: migrate(question, command.upgrade),
    "downgrade": lambda question: migrate(question, command.downgrade),
    "sql": sql,
    "metadata": create_all,
}

# Revisions that print must not disturb the answers.
answers = sys.stdout
sys.stdout = sys.stderr
for line in sys.stdin:
    question = json.loads(line)
    try:
        answer = ANSWERS[question["ask"]](question)
    except Exception as error:
        answer = failure(error)
    print(json.dumps(answer), file=answers, flush=True)
