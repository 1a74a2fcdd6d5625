# SPDX-License-Identifier: GPL-3.0-or-later
# The rules of this folder: one file each, in the order of its page.
list(APPEND rules
    data_loss/drop_table
    data_loss/protected_table
    data_loss/drop_column
    data_loss/drop_column_side_effects
    data_loss/drop_cascade
    data_loss/drop_schema
    data_loss/drop_type
    data_loss/drop_extension
    data_loss/drop_materialized_view
    data_loss/drop_sequence
    data_loss/alter_type_narrowing
    data_loss/unlogged_table
    data_loss/metadata_drop_all
    data_loss/batch_recreate
    data_loss/unmanaged_table_drop
    data_loss/drop_database
    data_loss/drop_owned
    data_loss/truncate
    data_loss/truncate_cascade
    data_loss/delete_without_where
    data_loss/update_without_where
)
