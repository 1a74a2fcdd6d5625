"""The engine, and how development makes its tables."""
from sqlalchemy.ext.asyncio import create_async_engine

from app.config import get_settings
from app.db import tables  # noqa: F401  (registers the tables)
from app.db.models import Base

engine = create_async_engine(get_settings().database_url)


async def init_db() -> None:
    """Creates whatever table is missing. Called when the service starts."""
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
