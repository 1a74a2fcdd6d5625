# SPDX-License-Identifier: GPL-3.0-or-later
# The rules of this folder: one file each, in the order of its page.
list(APPEND rules
    hygiene/prefer_timestamptz
    hygiene/prefer_text
    hygiene/char_type
    hygiene/money_type
    hygiene/prefer_bigint
    hygiene/prefer_identity
    hygiene/missing_if_exists
    hygiene/unqualified_name
    hygiene/enum_created
    hygiene/enum_value_position
    hygiene/combine_alter_table
    hygiene/wide_index
    hygiene/missing_analyze
    hygiene/grant_to_public
    hygiene/create_domain_constraint
    hygiene/fk_on_delete_cascade
)
