// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/directives/revision_reader.h"

#include <QString>
#include <QStringList>

#include <string>
#include <string_view>
#include <vector>

namespace sightglass::tests {

/// upgrade() with the body, its usual imports before it.
std::string revisionOf(std::string_view body);

/// What reading a file gives.
RevisionReading readText(const std::string& text, const Surroundings& surroundings = {});
RevisionReading
readText(const std::string& text, const Surroundings& surroundings, MigrationTarget& target);

/// A target with a schema that stays as it is.
class SchemaTarget final : public MigrationTarget
{
public:
    explicit SchemaTarget(Schema schema)
        : m_schema(std::move(schema))
    {}

    std::optional<Refusal> perform(const Operation&) override { return std::nullopt; }

    const Schema* schema() const override { return &m_schema; }

    const std::vector<std::string>& searchPath() const override { return m_path; }

    std::string doubtAbout(const QualifiedName&) const override { return {}; }

private:
    Schema m_schema;
    std::vector<std::string> m_path = {"public"};
};

/// The SQL of the reading's operations, white space evened out, and at the end what was raised.
QStringList statementsOf(const RevisionReading& reading);
/// SQL text taken apart at its semicolons, white space evened out.
QStringList statementsOf(std::string_view sql);

/// "resolved create_table t", with the reason where it is not resolved.
QStringList summariesOf(const RevisionReading& reading);

} // namespace sightglass::tests
