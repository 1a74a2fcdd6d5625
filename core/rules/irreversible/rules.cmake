# SPDX-License-Identifier: GPL-3.0-or-later
# The rules of this folder: one file each, in the order of its page.
list(APPEND rules
    irreversible/no_downgrade
    irreversible/downgrade_not_mirror
    irreversible/downgrade_destroys_live_data
    irreversible/enum_type_left_behind
    irreversible/unnamed_constraint
)
