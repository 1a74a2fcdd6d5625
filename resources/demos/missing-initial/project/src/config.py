"""Settings from the environment."""
import os
from dataclasses import dataclass, field


@dataclass(frozen=True)
class DatabaseSettings:
    """Where the data is."""

    url: str = os.environ.get("DATABASE_URL", "postgresql+asyncpg://app@postgres:5432/tokens")


@dataclass(frozen=True)
class Settings:
    """All settings of the application."""

    app_name: str = "design-tokens"
    app_version: str = "0.1.0"
    database: DatabaseSettings = field(default_factory=DatabaseSettings)


settings = Settings()
