// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

#include <string_view>

namespace sightglass::rules::missing_if_exists {

namespace {

/// What a statement that could be repeated lacks; empty: nothing, or it has no such form.
struct Missing
{
    std::string_view operator()(const change::CreateTable& c) const
    {
        return c.ifNotExists ? "" : "IF NOT EXISTS";
    }

    std::string_view operator()(const change::AddColumn& c) const
    {
        return c.ifNotExists ? "" : "IF NOT EXISTS";
    }

    /// One that is built concurrently may be left invalid: IF NOT EXISTS would hide that.
    std::string_view operator()(const change::CreateIndex& c) const
    {
        return c.ifNotExists || c.concurrently || c.index.name.empty() ? "" : "IF NOT EXISTS";
    }

    std::string_view operator()(const change::CreateSequence& c) const
    {
        return c.ifNotExists ? "" : "IF NOT EXISTS";
    }

    std::string_view operator()(const change::CreateSchema& c) const
    {
        return c.ifNotExists ? "" : "IF NOT EXISTS";
    }

    std::string_view operator()(const change::CreateExtension& c) const
    {
        return c.ifNotExists ? "" : "IF NOT EXISTS";
    }

    std::string_view operator()(const change::CreateView& c) const
    {
        if (c.materialized)
            return c.ifNotExists ? "" : "IF NOT EXISTS";
        return c.orReplace ? "" : "OR REPLACE";
    }

    std::string_view operator()(const change::DropTable& c) const { return drop(c.ifExists); }

    std::string_view operator()(const change::DropColumn& c) const { return drop(c.ifExists); }

    std::string_view operator()(const change::DropConstraint& c) const { return drop(c.ifExists); }

    std::string_view operator()(const change::DropIndex& c) const { return drop(c.ifExists); }

    std::string_view operator()(const change::DropType& c) const { return drop(c.ifExists); }

    std::string_view operator()(const change::DropSequence& c) const { return drop(c.ifExists); }

    std::string_view operator()(const change::DropSchema& c) const { return drop(c.ifExists); }

    std::string_view operator()(const change::DropExtension& c) const { return drop(c.ifExists); }

    std::string_view operator()(const change::DropView& c) const { return drop(c.ifExists); }

    std::string_view operator()(const change::DropFunction& c) const { return drop(c.ifExists); }

    std::string_view operator()(const change::DropTrigger& c) const { return drop(c.ifExists); }

    std::string_view operator()(const change::DropPolicy& c) const { return drop(c.ifExists); }

    template <typename T>
    std::string_view operator()(const T&) const
    {
        return "";
    }

    static std::string_view drop(bool ifExists) { return ifExists ? "" : "IF EXISTS"; }
};

void check(const Step& step, FindingReport& report)
{
    if (step.inTransaction())
        return; // a failure takes all of it back
    const std::string missing(std::visit(Missing(), step.operation().change));
    if (missing.empty())
        return;
    report.add(step,
               {.title = "Can't be repeated: " + missing + " is missing",
                .detail = summaryOf(step.operation().change) +
                          ". It commits on its own, so a failure behind it leaves it done and the "
                          "next run stops here. With " +
                          missing + " the revision can simply be run again."});
}

} // namespace

extern const Rule rule{.id = "missing-if-exists",
                       .category = RuleCategory::Hygiene,
                       .severity = Severity::Info,
                       .onByDefault = false,
                       .checkStep = check};

} // namespace sightglass::rules::missing_if_exists
