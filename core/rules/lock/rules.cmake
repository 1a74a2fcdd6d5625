# SPDX-License-Identifier: GPL-3.0-or-later
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
    lock/create_index_not_concurrently
    lock/drop_index_not_concurrently
    lock/reindex_not_concurrently
    lock/add_unique_constraint
    lock/add_primary_key
    lock/add_pk_using_nullable_index
    lock/add_exclusion_constraint
    lock/fk_without_not_valid
    lock/add_column_inline_fk
    lock/check_without_not_valid
    lock/add_column_check_scan
    lock/set_not_null_scan
    lock/set_not_null_helper_dropped
    lock/validate_in_same_transaction
    lock/validate_in_same_run
    lock/attach_partition_scan
    lock/attach_partition_default_scan
    lock/detach_partition_not_concurrently
    lock/create_partition_locks_parent
    lock/create_trigger
    lock/refresh_matview_not_concurrently
    lock/vacuum_full
    lock/cluster
    lock/drop_fk_locks_referenced
    lock/alter_domain_constraint
    lock/unbatched_dml
)
