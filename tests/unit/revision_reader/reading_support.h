// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/directives/revision_reader.h"

#include <QString>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sightglass::tests {

/// A target with a schema that does not change, and with refusals for named objects.
class FixedTarget final : public MigrationTarget
{
public:
    std::optional<Refusal> perform(const Operation& operation) override;

    const Schema* schema() const override { return hasSchema ? &held : nullptr; }

    const std::vector<std::string>& searchPath() const override { return path; }

    std::string doubtAbout(const QualifiedName& table) const override;

    Table& addTable(std::string name);

    Schema held;
    bool hasSchema = true;
    std::vector<std::string> path = {"public"};
    std::map<std::string, Refusal> refusals; ///< by summaryOf() of the operation
    std::map<std::string, std::string> doubts;
};

/// A revision that is read, its modules given as text.
struct Source
{
    std::string text;
    std::vector<std::pair<std::string, std::string>> modules; ///< path below the root, text
    Surroundings surroundings;
    Direction direction = Direction::Upgrade;
    std::string path = "/project/versions/a1.py";
};

RevisionReading read(const Source& source, MigrationTarget& target);
RevisionReading read(std::string_view text);
RevisionReading read(std::string_view text, MigrationTarget& target);

/// upgrade() with a body; what stands before it imports op, context, sa.
std::string upgradeOf(std::string_view body);

/// One line an operation: "resolved create_table jobs", with its reason when it is not resolved.
QString linesOf(const RevisionReading& reading);
/// The SQL of every operation, one a line.
QString sqlOf(const RevisionReading& reading);
/// What of the file an operation's span covers.
std::string covered(const std::string& text, const Operation& operation);

} // namespace sightglass::tests
