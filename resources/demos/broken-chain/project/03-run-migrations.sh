#!/bin/sh
# Runs all revisions against DATABASE_URL; the last step before the service is deployed.
set -eu

cd "$(dirname "$0")"
: "${DATABASE_URL:?set it to the database to migrate}"

echo "habits_service: upgrading to head"
exec poetry run alembic upgrade head
