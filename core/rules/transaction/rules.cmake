# SPDX-License-Identifier: GPL-3.0-or-later
# The rules of this folder: one file each, in the order of its page.
list(APPEND rules
    transaction/one_transaction_for_all_revisions
    transaction/enum_value_used_in_transaction
    transaction/enum_add_value_in_transaction_pre12
    transaction/autocommit_partial_failure
    transaction/concurrent_index_if_not_exists
    transaction/invalid_index_exists
    transaction/unsupported_on_partitioned
    transaction/cic_corruption_pg14
    transaction/not_owner
    transaction/multiple_heads
    transaction/branches_touch_same_object
    transaction/enum_type_missing
    transaction/concurrently_in_transaction
    transaction/non_transactional_statement
    transaction/explicit_transaction_control
    transaction/unclosed_transaction
    transaction/raw_sql_no_transaction
    transaction/dml_with_ddl_in_transaction
    transaction/pending_trigger_events
    transaction/search_path_change
    transaction/session_setting_leak
    transaction/opaque_sql
    transaction/parse_error
    transaction/unsupported_on_version
    transaction/online_only_migration
)
