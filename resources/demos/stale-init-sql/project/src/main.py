"""Says which characters there are; the bot itself is not part of this demo."""
import asyncio
import os

import asyncpg


async def main() -> None:
    """Lists the active characters."""
    connection = await asyncpg.connect(os.environ["DATABASE_URL"].replace("+asyncpg", ""))
    for row in await connection.fetch("SELECT name FROM characters WHERE is_active ORDER BY name"):
        print(row["name"])
    await connection.close()


if __name__ == "__main__":
    asyncio.run(main())
