#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What real Alembic's autogenerate finds: one JSON question a line on stdin, one answer a line.

    {"ask": "version"}
    {"ask": "database", "dsn": SERVER, "name": NAME}      a new, empty database
    {"ask": "prepare", "dsn": DSN, "sql": SQL}            empty again, then with these objects
    {"ask": "create", "dsn": DSN, "folder": F, "module": M}      create_all of its `metadata`
    {"ask": "autogenerate", "dsn": DSN, "folder": F}      {"operations": [LINE…]}, or {"error", "message"}

An operation is one line in the words of the forecast: "drop_index public.jobs.ix_jobs_owner: (owner)".
"""
import contextlib
import importlib
import json
import sys
import warnings

import alembic
import psycopg2
import sqlalchemy
from alembic import command
from alembic.config import Config
from alembic.operations import ops
from sqlalchemy.dialects import postgresql

warnings.simplefilter("ignore")
dialect = postgresql.dialect()


def engine_of(dsn):
    return sqlalchemy.create_engine(
        "postgresql+psycopg2://", creator=lambda: psycopg2.connect(dsn), poolclass=sqlalchemy.pool.NullPool
    )


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


def new_database(question):
    connection = psycopg2.connect(question["dsn"])
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute('CREATE DATABASE "%s"' % question["name"])
    connection.close()
    return {}


EMPTY = """
DO $$
DECLARE
    it record;
BEGIN
    EXECUTE format('ALTER DATABASE %I RESET ALL', current_database());
    FOR it IN SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' LOOP
        EXECUTE format('DROP EXTENSION IF EXISTS %I CASCADE', it.extname);
    END LOOP;
    FOR it IN SELECT nspname FROM pg_namespace
              WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
        EXECUTE format('DROP SCHEMA %I CASCADE', it.nspname);
    END LOOP;
    FOR it IN SELECT fdwname FROM pg_foreign_data_wrapper LOOP
        EXECUTE format('DROP FOREIGN DATA WRAPPER %I CASCADE', it.fdwname);
    END LOOP;
END
$$;
CREATE SCHEMA public
"""


def prepare(question):
    connection = psycopg2.connect(question["dsn"])
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
        if question["sql"].strip():
            cursor.execute(question["sql"])
    connection.close()
    return {}


def create_all(question):
    engine = engine_of(question["dsn"])
    with project_modules(question["folder"]):
        importlib.import_module(question["module"]).metadata.create_all(engine)
    engine.dispose()
    return {}


def type_text(type_):
    return dialect.type_compiler.process(type_)


def listed(names):
    return "(" + ", ".join(names) + ")"


def text_of(name):
    return name if isinstance(name, str) else ""


def column_names(columns):
    """Names; of a key with an order that of its column."""
    bare = [getattr(each, "element", each) for each in columns]
    return [each if isinstance(each, str) else getattr(each, "name", None) or str(each) for each in bare]


def foreign_key(op):
    target = (op.kw.get("referent_schema") or "") + "." if op.kw.get("referent_schema") else ""
    text = listed(op.local_cols) + " to " + target + op.referent_table + " " + listed(op.remote_cols)
    for key, word in (("onupdate", "on update"), ("ondelete", "on delete")):
        action = (op.kw.get(key) or "").lower()
        if action and action != "no action":
            text += " " + word + " " + action
    if (op.kw.get("initially") or "").lower() == "deferred":
        text += " initially deferred"
    elif op.kw.get("deferrable"):
        text += " deferrable"
    return text


def quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"


def altered(op):
    if op.modify_nullable is not None:
        yield "nullable" if op.modify_nullable else "not null"
    if op.modify_type is not None:
        yield "type %s to %s" % (type_text(op.existing_type), type_text(op.modify_type))
    if op.modify_server_default is not False:
        new = op.modify_server_default
        of_identity = isinstance(new, sqlalchemy.Identity) or isinstance(
            op.existing_server_default, sqlalchemy.Identity
        )
        word = "identity" if of_identity else "default"
        yield word if new is not None else "no " + word
    if op.modify_comment is not False:
        yield "no comment" if op.modify_comment is None else "comment " + quoted(op.modify_comment)


def described(op, default_schema):
    """Directive, table, part and details of one operation; AlterColumnOp gives several."""
    schema = getattr(op, "schema", None) or default_schema

    def line(directive, part="", detail="", table=None, of=None):
        name = "%s.%s" % (of or schema, table or op.table_name)
        return "%s %s%s%s" % (directive, name, "." + part if part else "", ": " + detail if detail else "")

    if isinstance(op, ops.CreateTableOp):
        yield line("create_table", "", ", ".join(c.name for c in op.columns if isinstance(c, sqlalchemy.Column)))
    elif isinstance(op, ops.DropTableOp):
        yield line("drop_table")
    elif isinstance(op, ops.AddColumnOp):
        detail = type_text(op.column.type) + ("" if op.column.nullable else ", not null")
        yield line("add_column", op.column.name, detail)
    elif isinstance(op, ops.DropColumnOp):
        yield line("drop_column", op.column_name)
    elif isinstance(op, ops.AlterColumnOp):
        for detail in altered(op):
            yield line("alter_column", op.column_name, detail)
    elif isinstance(op, ops.CreateIndexOp):
        detail = ("unique " if op.unique else "") + listed(column_names(op.columns))
        yield line("create_index", op.index_name, detail)
    elif isinstance(op, ops.DropIndexOp):
        yield line("drop_index", op.index_name, listed([c.name for c in op.to_index().columns]))
    elif isinstance(op, ops.CreateUniqueConstraintOp):
        yield line("create_unique_constraint", text_of(op.constraint_name), listed(column_names(op.columns)))
    elif isinstance(op, ops.CreateForeignKeyOp):
        yield line(
            "create_foreign_key",
            text_of(op.constraint_name),
            foreign_key(op),
            table=op.source_table,
            of=op.kw.get("source_schema") or default_schema,
        )
    elif isinstance(op, ops.DropConstraintOp):
        if op.constraint_type == "foreignkey":
            detail = "foreignkey " + foreign_key(op._reverse)
        else:
            detail = op.constraint_type + " " + listed(column_names(op._reverse.columns))
        yield line("drop_constraint", text_of(op.constraint_name), detail)
    elif isinstance(op, ops.CreateTableCommentOp):
        yield line("create_table_comment", "", quoted(op.comment))
    elif isinstance(op, ops.DropTableCommentOp):
        yield line("drop_table_comment")
    else:
        raise NotImplementedError(type(op).__name__)


def lines_of(container, default_schema):
    for op in container.ops:
        if isinstance(op, ops.ModifyTableOps):
            yield from lines_of(op, default_schema)
        else:
            yield from described(op, default_schema)


def autogenerate(question):
    found = []
    config = Config(question["folder"] + "/alembic.ini")
    engine = engine_of(question["dsn"])

    def take(context, revision, directives):
        default_schema = context.connection.dialect.default_schema_name
        found.extend(lines_of(directives[0].upgrade_ops, default_schema))
        directives[:] = []

    try:
        with project_modules(question["folder"]), engine.connect() as connection:
            config.attributes["connection"] = connection
            command.revision(config, autogenerate=True, process_revision_directives=take)
        return {"operations": sorted(found)}
    finally:
        engine.dispose()


ANSWERS = {
    "version": lambda _: {"alembic": alembic.__version__, "sqlalchemy": sqlalchemy.__version__},
    "database": new_database,
    "prepare": prepare,
    "create": create_all,
    "autogenerate": autogenerate,
}

# An env.py that prints must not disturb the answers.
answers = sys.stdout
sys.stdout = sys.stderr
for line in sys.stdin:
    question = json.loads(line)
    try:
        answer = ANSWERS[question["ask"]](question)
    except Exception as error:
        answer = {"error": type(error).__name__, "message": str(error)}
    print(json.dumps(answer), file=answers, flush=True)
