# SPDX-License-Identifier: GPL-3.0-or-later
# What rules about locks stand on.
target_sources(sightglass_rules PRIVATE
    footprint/builder.cpp
    footprint/columns.cpp
    footprint/constraints.cpp
    footprint/data.cpp
    footprint/indexes.cpp
    footprint/objects.cpp
    footprint/other.cpp
    footprint/table_options.cpp
    footprint/tables.cpp
    footprint/types.cpp
    partition_proof.cpp
    table_locks.cpp
)

# The rules of this folder: one file each, in the order of its page.
list(APPEND rules
    lock/lock_table
    lock/multiple_tables_locked
    lock/slow_statement_under_exclusive_lock
    lock/missing_lock_timeout
    lock/missing_statement_timeout
    lock/lock_timeout_ineffective
    lock/blocked_by_long_transaction
    lock/partitioned_parent_fanout
)
