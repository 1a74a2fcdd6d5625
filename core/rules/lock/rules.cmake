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
)

# The rules of this folder: one file each, in the order of its page.
list(APPEND rules
)
