# SPDX-License-Identifier: GPL-3.0-or-later
# The rules of this folder: one file each, in the order of its page.
list(APPEND rules
    data_loss/drop_table
    data_loss/protected_table
)
