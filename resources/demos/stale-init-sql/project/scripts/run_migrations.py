#!/usr/bin/env python3
"""Brings the database up to date before the bot starts.

A container runs this at every start:

1. wait for the database,
2. load sql/00_init.sql and sql/01_seed_data.sql into a database that holds nothing,
3. tell Alembic where a database without a version table is,
4. upgrade to head.
"""
import asyncio
import os
import subprocess
import sys
from pathlib import Path

import asyncpg

ROOT = Path(__file__).resolve().parent.parent
SQL = ROOT / "sql"

BASELINE = "20251011_baseline_v106"

# Version 1.0.6 had 73 tables. With far fewer, a database is not one of ours.
LARGE_DATABASE = 70

# Half a minute or so, at two seconds each.
ATTEMPTS = 30


def database_url() -> str:
    """The address of the database, as asyncpg wants it."""
    return os.environ["DATABASE_URL"].replace("+asyncpg", "")


async def connect():
    """Waits until the database answers."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return await asyncpg.connect(database_url())
        except (OSError, asyncpg.PostgresError) as e:
            print(f"Database is not ready ({attempt} of {ATTEMPTS}): {e}")
            await asyncio.sleep(2)
    return None


async def count_tables(conn) -> int:
    """Tables in the schema public, whoever made them."""
    return await conn.fetchval(
        """
        SELECT COUNT(*)
        FROM information_schema.tables
        WHERE table_schema = 'public'
        AND table_type = 'BASE TABLE'
        """
    )


async def apply_sql_file(conn, file_path, migration_name):
    """Apply a SQL migration file"""
    try:
        sql_content = file_path.read_text()

        # pg_dump empties the search path; what follows needs it.
        sql_content = sql_content.replace(
            "SELECT pg_catalog.set_config('search_path', '', false);", ""
        )
        await conn.execute(sql_content)
        return True
    except Exception as e:
        print(f"Error applying migration {migration_name}: {e}")
        return False


async def load_initial_schema(conn) -> bool:
    """Loads the SQL files into a database that holds nothing."""
    for name in ("00_init.sql", "01_seed_data.sql"):
        file_path = SQL / name
        if not file_path.exists():
            print(f"{name} is missing, going on without it")
            continue
        print(f"Loading {name}")
        if not await apply_sql_file(conn, file_path, name):
            return False
    return True


async def has_version_table(conn) -> bool:
    """Has Alembic been here before?"""
    return await conn.fetchval(
        """
        SELECT EXISTS (
            SELECT 1
            FROM information_schema.tables
            WHERE table_schema = 'public'
            AND table_name = 'alembic_version'
        )
        """
    )


async def count_emoji_columns(conn) -> int:
    """The emoji columns came with version 1.0.8; a database without them is older."""
    return await conn.fetchval(
        """
        SELECT COUNT(*)
        FROM information_schema.columns
        WHERE table_name = 'characters'
        AND column_name LIKE 'emoji%'
        """
    )


def run_alembic(*arguments: str) -> bool:
    """Runs one Alembic command and shows what it says."""
    result = subprocess.run(
        ["alembic", *arguments],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
    )
    print(result.stdout, end="")
    if result.returncode != 0:
        print(f"alembic {' '.join(arguments)} failed: {result.stderr}")
    return result.returncode == 0


async def print_summary(conn) -> None:
    """What the log of a container should say about its database."""
    version = await conn.fetchval("SHOW server_version")
    name = await conn.fetchval("SELECT current_database()")
    print(f"Database {name} on PostgreSQL {version}, {await count_tables(conn)} tables")


async def count_characters(conn) -> int:
    """Characters there are; 0 when there is no such table."""
    exists = await conn.fetchval("SELECT to_regclass('public.characters') IS NOT NULL")
    if not exists:
        return 0
    return await conn.fetchval("SELECT COUNT(*) FROM characters")


async def warn_without_characters(conn) -> None:
    """A bot without characters starts and then answers nobody."""
    if await count_characters(conn) == 0:
        print("There are no characters yet, add one before you talk to the bot")


async def revision_to_stamp(conn) -> str | None:
    """Where a database without a version table is.

    None means at the beginning: nothing is stamped and everything is run. Else it is judged by what
    the database holds:

      fewer than 70 tables      an install that was not finished
      emoji columns present     as new as this code: head
      no emoji columns          older than version 1.0.8: the baseline

    A database that is newer than this code is not thought of.
    """
    table_count = await count_tables(conn)
    if table_count == 0:
        print("The database is empty")
        return None

    if table_count < LARGE_DATABASE:
        print(f"Small database ({table_count} tables), taken for an unfinished install")
        return None

    # One mark instead of all tables: it was the last change before this script.
    emoji_columns_exist = await count_emoji_columns(conn)
    if emoji_columns_exist:
        print(f"Large database ({table_count} tables) with recent changes (emoji columns)")
        stamp_revision = "head"
    else:
        print(f"Large database ({table_count} tables) but missing recent changes (no emoji columns)")
        print("This appears to be from an older 00_init.sql dump")
        print("Stamping with baseline revision and will apply incremental updates...")
        stamp_revision = "20251011_baseline_v106"
    return stamp_revision


async def main() -> int:
    """Returns the exit status: 0 when the bot may start."""
    conn = await connect()
    if conn is None:
        print("The database never answered")
        return 1

    try:
        await print_summary(conn)
        if await count_tables(conn) == 0 and not await load_initial_schema(conn):
            return 1
        if not await has_version_table(conn):
            stamp_revision = await revision_to_stamp(conn)
            if stamp_revision and not run_alembic("stamp", stamp_revision):
                return 1
        await warn_without_characters(conn)
    finally:
        await conn.close()

    return 0 if run_alembic("upgrade", "head") else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
