"""Settings from the environment."""
import os
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Settings:
    """What differs from one deployment to another."""

    environment: str
    database_url: str
    database_schema: str


@lru_cache
def get_settings() -> Settings:
    """The settings of this process."""
    return Settings(
        environment=os.environ.get("ENVIRONMENT", "development"),
        database_url=os.environ.get("DATABASE_URL", "postgresql+asyncpg://postgres@postgres:5432/swae"),
        database_schema=os.environ.get("DATABASE_SCHEMA", "habits"),
    )
