// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/alembic_version.h"
#include "core/rules/finding_report.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace sightglass::rules::alembic_arg_ignored {

namespace {

/// Since which release a directive knows the argument.
struct Argument
{
    std::string_view directive;
    std::string_view name;
    std::string_view since;
};

constexpr std::array arguments{Argument{"create_index", "if_not_exists", "1.11.2"},
                               Argument{"drop_index", "if_exists", "1.11.2"},
                               Argument{"create_table", "if_not_exists", "1.13.3"},
                               Argument{"drop_table", "if_exists", "1.13.3"},
                               Argument{"add_column", "if_not_exists", "1.16"},
                               Argument{"drop_column", "if_exists", "1.16"},
                               Argument{"drop_constraint", "if_exists", "1.16"}};

struct IsGiven
{
    bool operator()(const change::CreateIndex& c) const { return c.ifNotExists; }

    bool operator()(const change::DropIndex& c) const { return c.ifExists; }

    bool operator()(const change::CreateTable& c) const { return c.ifNotExists; }

    bool operator()(const change::DropTable& c) const { return c.ifExists; }

    bool operator()(const change::AddColumn& c) const { return c.ifNotExists; }

    bool operator()(const change::DropColumn& c) const { return c.ifExists; }

    bool operator()(const change::DropConstraint& c) const { return c.ifExists; }

    template <typename T>
    bool operator()(const T&) const
    {
        return false;
    }
};

void check(const Step& step, FindingReport& report)
{
    const Operation& operation = step.operation();
    if (!step.run.alembicVersion || operation.origin != Origin::Directive ||
        !std::visit(IsGiven(), operation.change))
        return;
    std::string_view directive = operation.directive;
    if (const auto dot = directive.rfind('.'); dot != std::string_view::npos)
        directive.remove_prefix(dot + 1);
    const auto argument = std::ranges::find(arguments, directive, &Argument::directive);
    if (argument == arguments.end() || isAtLeast(*step.run.alembicVersion, argument->since))
        return;
    const std::string name(argument->name);
    report.add(step,
               {.title = "Alembic " + *step.run.alembicVersion + " ignores " + name + " of " +
                         std::string(directive),
                .detail = "It was added in " + std::string(argument->since) +
                          ", and older versions drop it without a word: the statement runs "
                          "without it and fails where it was meant to pass. Require that version, "
                          "or write the statement with op.execute.",
                .instead = "alembic>=" + std::string(argument->since)});
}

} // namespace

extern const Rule rule{.id = "alembic-arg-ignored",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::Low,
                       .checkStep = check};

} // namespace sightglass::rules::alembic_arg_ignored
