# SPDX-License-Identifier: GPL-3.0-or-later
# The rules of this folder: one file each, in the order of its page.
list(APPEND rules
    compatibility/rename_table
    compatibility/rename_column
    compatibility/rename_schema
    compatibility/rename_enum_value
    compatibility/rename_type
    compatibility/set_schema
    compatibility/add_column_not_null_no_default
    compatibility/required_by_check
    compatibility/drop_default
    compatibility/drop_not_null
    compatibility/json_column
    compatibility/drop_view
    compatibility/drop_routine
    compatibility/drop_used_index
    compatibility/drop_object_in_use
    compatibility/enable_rls_without_policy
    compatibility/drop_identity
    compatibility/drop_generated_expression
    compatibility/unmanaged_table_change
    compatibility/has_dependents
)
