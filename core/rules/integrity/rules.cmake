# SPDX-License-Identifier: GPL-3.0-or-later
# The rules of this folder: one file each, in the order of its page.
list(APPEND rules
    integrity/drop_constraint
    integrity/drop_primary_key
    integrity/drop_unique_index
    integrity/drop_index_of_constraint
    integrity/index_gap
    integrity/drop_trigger
    integrity/disable_trigger
    integrity/disable_rls
    integrity/unique_on_existing_data
    integrity/constraint_violated_by_live_data
    integrity/fk_without_index
    integrity/fk_type_mismatch
    integrity/constraint_left_not_valid
    integrity/int_primary_key
    integrity/table_without_primary_key
    integrity/published_table_change
    integrity/redundant_index
    integrity/unknown_object
    integrity/if_not_exists_mismatch
    integrity/if_exists_noop
    integrity/schema_drift
    integrity/pk_not_emitted
    integrity/alembic_arg_ignored
    integrity/session_replication_role
    integrity/default_frozen_timestamp
    integrity/sequence_not_advanced
    integrity/identifier_too_long
    integrity/duplicate_column
    integrity/not_enforced_constraint
    integrity/model_import_in_migration
)
