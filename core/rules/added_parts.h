// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/step.h"

#include <string>
#include <vector>

namespace sightglass {

/// Columns that a statement defines: those of CREATE TABLE, the one of ADD COLUMN.
std::vector<const ColumnDefinition*> definedColumns(const Change& change);

/// A constraint that a statement adds, wherever it is written.
struct AddedConstraint
{
    const ConstraintDefinition* definition = nullptr;
    QualifiedName table;              ///< as written
    std::vector<std::string> columns; ///< one that is written at a column is about that column
    const ColumnDefinition* column = nullptr; ///< where it is written at one
};

std::vector<AddedConstraint> addedConstraints(const Change& change);

/// IF NOT EXISTS of something that surely is there: the statement does nothing.
bool findsItThere(const Step& step);

/// A column to which a statement gives a type.
struct TypedColumn
{
    QualifiedName table; ///< full
    std::string column;
    std::string type; ///< as format_type spells it: "character varying(50)[]"

    /// The type without modifier and brackets: "character varying".
    std::string base() const;
    bool hasModifier() const; ///< a length or a precision
};

/// Of CREATE TABLE, ADD COLUMN and ALTER COLUMN … TYPE; types that can't be read are left out.
std::vector<TypedColumn> typedColumns(const Step& step);

/// A type as format_type spells it; as written, in lower case, where that is not known; empty where
/// it can't be read.
std::string typeSpelling(const SqlText& type, const Moment& moment);
/// SERIAL and its kin.
bool isSerialType(const SqlText& type);
/// "timestamp(3) without time zone[]" is timestamp without time zone.
std::string withoutModifier(const std::string& type);

} // namespace sightglass
