"""Tells Alembic where the database is."""
import os
from logging.config import fileConfig

from alembic import context
from sqlalchemy import create_engine, pool

config = context.config
if config.config_file_name is not None:
    fileConfig(config.config_file_name, disable_existing_loggers=False)

target_metadata = None  # The tables are used through SQL; there are no models to compare with.


def database_url() -> str:
    """DATABASE_URL, else the ini file. Migrations run synchronously, so the async driver is left out."""
    url = os.environ.get("DATABASE_URL") or config.get_main_option("sqlalchemy.url")
    return url.replace("+asyncpg", "")


def run_migrations_offline() -> None:
    """Writes SQL instead of running it."""
    context.configure(
        url=database_url(),
        target_metadata=target_metadata,
        literal_binds=True,
        dialect_opts={"paramstyle": "named"},
    )
    with context.begin_transaction():
        context.run_migrations()


def run_migrations_online() -> None:
    """Runs the revisions on the database."""
    engine = create_engine(database_url(), poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=target_metadata,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()
