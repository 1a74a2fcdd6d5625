# SPDX-License-Identifier: GPL-3.0-or-later
# The rules of this folder: one file each, in the order of its page.
list(APPEND rules
    rewrite/add_column_volatile_default
    rewrite/add_column_default_rewrite_pg10
    rewrite/add_column_serial
    rewrite/add_column_identity
    rewrite/add_column_stored_generated
    rewrite/add_column_constrained_domain
    rewrite/alter_type_rewrite
    rewrite/alter_type_index_rebuild
    rewrite/set_logged_rewrite
    rewrite/set_tablespace
    rewrite/set_access_method
    rewrite/set_expression_rewrite
)
