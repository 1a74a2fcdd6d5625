"""The API. The schema is made by the revisions; nothing here creates tables."""
from fastapi import FastAPI

app = FastAPI(title="Dashtam")


@app.get("/health")
def health() -> dict[str, str]:
    """Says that the process runs; it does not look at the database."""
    return {"status": "ok"}
