# SPDX-License-Identifier: GPL-3.0-or-later
# libpg_query, PostgreSQL's own parser; it brings neither a CMake nor a pkg-config file.
find_path(PG_QUERY_INCLUDE_DIR pg_query.h REQUIRED)
find_library(PG_QUERY_LIBRARY NAMES pg_query REQUIRED)
add_library(pg_query INTERFACE)
target_include_directories(pg_query SYSTEM INTERFACE "${PG_QUERY_INCLUDE_DIR}")
target_link_libraries(pg_query INTERFACE "${PG_QUERY_LIBRARY}")
