// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/step.h"

#include <string>

namespace sightglass {

/// The column that a step adds to a table that was there before the revision; null: it adds none,
/// or one that is surely there already.
const change::AddColumn* columnAddedToOldTable(const Step& step);

/// A constraint that a step adds to a table that was there before the revision, by itself or with
/// a column.
struct ConstraintOnOldTable
{
    const ConstraintDefinition* constraint = nullptr; ///< null: it adds none of the kind
    const ColumnDefinition* column = nullptr;         ///< that comes with it; null: none does
    QualifiedName table;                              ///< as written

    explicit operator bool() const { return constraint != nullptr; }

    /// The name, or the one that PostgreSQL gives.
    std::string name() const;
    /// "constraint orders_user_fk", "a UNIQUE constraint".
    std::string words(std::string_view unnamed) const;
    std::vector<std::string> columns() const;
};

ConstraintOnOldTable constraintAddedToOldTable(const Step& step, ConstraintDefinition::Kind kind);

/// Whether rows that are there get a value in a column that is added: a default that is not NULL,
/// a sequence, a computed value.
bool givesValues(const ColumnDefinition& column);

/// serial, bigserial and their kin.
bool isSerial(const ColumnDefinition& column);

/// ADD COLUMN without its default, then SET DEFAULT, which does not touch the rows that are there;
/// empty: a part of it is not known.
std::string columnThenDefault(const change::AddColumn& add);

/// What live facts make of `base` when a step works on another relation than the one it names, or
/// keeps others out by a lock that an earlier one took. Absent: nothing to report.
std::optional<Severity> severityOn(const Step& step,
                                   Severity base,
                                   const QualifiedName& relation,
                                   std::optional<LockMode> held = std::nullopt);

} // namespace sightglass
