"""The application."""
from contextlib import asynccontextmanager

from fastapi import FastAPI

from src.config import settings
from src.database.base import close_db, init_db


@asynccontextmanager
async def lifespan(app: FastAPI):
    """Start and end of the process."""
    print(f"Starting {settings.app_name} v{settings.app_version}")
    await init_db()
    yield
    await close_db()


app = FastAPI(title=settings.app_name, lifespan=lifespan)
