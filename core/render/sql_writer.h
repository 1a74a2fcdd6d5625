// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/definitions.h"
#include "core/render/sql_names.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sightglass {

/// Puts a statement together; the first unknown part makes the whole unknown.
class SqlWriter
{
public:
    /// Words; a space is put before them where text stands before.
    SqlWriter& words(std::string_view text);
    /// Text as it is, without a space.
    SqlWriter& glue(std::string_view text);

    SqlWriter& name(std::string_view name) { return words(sqlName(name)); }

    SqlWriter& name(const QualifiedName& name) { return words(sqlName(name)); }

    SqlWriter& literal(std::string_view text) { return words(sqlLiteral(text)); }

    SqlWriter& text(const SqlText& text);
    /// Within parentheses.
    SqlWriter& group(const SqlText& text);
    SqlWriter& names(const std::vector<std::string>& names);
    SqlWriter& when(bool condition, std::string_view text);
    /// `text` for the whole statement; what is here already is kept as reason's context.
    SqlWriter& fail(std::string reason);

    SqlText result() const;

private:
    std::string m_text;
    std::optional<Unknown> m_unknown;
};

/// name, type, default, generation, identity, NOT NULL, constraints: in SQLAlchemy's order.
SqlText columnText(const ColumnDefinition& column);
/// With its CONSTRAINT name.
SqlText constraintText(const ConstraintDefinition& constraint);
/// One element of an index or of an exclusion constraint.
SqlText elementText(const IndexElement& element);
/// INCREMENT BY … CYCLE, without OWNED BY and AS.
std::string sequenceOptionsText(const SequenceOptions& options);
std::string identityText(const IdentityDefinition& identity);
/// Elements joined with commas.
SqlText joined(const std::vector<SqlText>& parts, std::string_view separator = ", ");
/// A collation as a name: "C", pg_catalog."C".
std::string collationText(std::string_view collation);

} // namespace sightglass
