"""The API gateway."""
from fastapi import FastAPI

app = FastAPI(title="akleao")


@app.get("/health")
def health() -> dict[str, str]:
    """Says that the process runs; it does not look at the database."""
    return {"status": "ok"}
