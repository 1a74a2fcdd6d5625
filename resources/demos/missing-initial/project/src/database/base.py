"""The engine, and how the tables come to be."""
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import sessionmaker

from src.config import settings
from src.database.models import Base

engine = create_async_engine(settings.database.url)
session_factory = sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)


async def init_db() -> None:
    """Creates every table that is missing.

    It never changes one that is there, so a new column of a model appears in new databases only.
    """
    async with engine.begin() as conn:
        await conn.run_sync(Base.metadata.create_all)


async def close_db() -> None:
    """Ends all connections."""
    await engine.dispose()
