// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/finding_report.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace sightglass::rules::branches_touch_same_object {

namespace {

/// What an operation changes. Two that change different parts of one table do not meet.
struct Touched
{
    std::string kind;   ///< "table", "type", "view", …
    QualifiedName name; ///< in schema public where none is written
    std::string part;   ///< "column a", "constraint c"; empty: the whole of it
    auto operator<=>(const Touched&) const = default;

    std::string words() const
    {
        return part.empty() ? kind + " " + toText(name) : part + " of " + kind + " " + toText(name);
    }
};

QualifiedName full(QualifiedName name)
{
    if (name.schema.empty())
        name.schema = "public";
    return name;
}

struct TouchedBy
{
    using Result = std::optional<Touched>;

    template <typename T>
    static Result whole(const T& name, std::string kind = "table")
    {
        return Touched{.kind = std::move(kind), .name = full(name), .part = {}};
    }

    static Result column(const QualifiedName& table, const std::string& name)
    {
        return Touched{.kind = "table", .name = full(table), .part = "column " + name};
    }

    static Result part(const QualifiedName& table, std::string_view kind, const std::string& name)
    {
        if (name.empty())
            return std::nullopt;
        return Touched{
            .kind = "table", .name = full(table), .part = std::string(kind) + " " + name};
    }

    Result operator()(const change::CreateTable& c) const { return whole(c.table); }

    Result operator()(const change::DropTable& c) const { return whole(c.table); }

    Result operator()(const change::RenameTable& c) const { return whole(c.table); }

    Result operator()(const change::SetTableSchema& c) const { return whole(c.table); }

    Result operator()(const change::AddColumn& c) const { return column(c.table, c.column.name); }

    Result operator()(const change::DropColumn& c) const { return column(c.table, c.column); }

    Result operator()(const change::RenameColumn& c) const { return column(c.table, c.column); }

    Result operator()(const change::SetColumnType& c) const { return column(c.table, c.column); }

    Result operator()(const change::SetNotNull& c) const { return column(c.table, c.column); }

    Result operator()(const change::DropNotNull& c) const { return column(c.table, c.column); }

    Result operator()(const change::SetDefault& c) const { return column(c.table, c.column); }

    Result operator()(const change::DropDefault& c) const { return column(c.table, c.column); }

    Result operator()(const change::AddIdentity& c) const { return column(c.table, c.column); }

    Result operator()(const change::SetIdentity& c) const { return column(c.table, c.column); }

    Result operator()(const change::DropIdentity& c) const { return column(c.table, c.column); }

    Result operator()(const change::DropGenerated& c) const { return column(c.table, c.column); }

    Result operator()(const change::AddConstraint& c) const
    {
        return part(c.table, "constraint", c.constraint.name);
    }

    Result operator()(const change::DropConstraint& c) const
    {
        return part(c.table, "constraint", c.name);
    }

    Result operator()(const change::RenameConstraint& c) const
    {
        return part(c.table, "constraint", c.name);
    }

    Result operator()(const change::AlterConstraint& c) const
    {
        return part(c.table, "constraint", c.name);
    }

    Result operator()(const change::CreateIndex& c) const
    {
        if (c.index.name.empty())
            return std::nullopt;
        return whole(QualifiedName{.schema = c.index.table.schema, .name = c.index.name}, "index");
    }

    Result operator()(const change::DropIndex& c) const { return whole(c.index, "index"); }

    Result operator()(const change::RenameIndex& c) const { return whole(c.index, "index"); }

    Result operator()(const change::CreateTrigger& c) const
    {
        return part(c.table, "trigger", c.trigger);
    }

    Result operator()(const change::DropTrigger& c) const
    {
        return part(c.table, "trigger", c.trigger);
    }

    Result operator()(const change::CreatePolicy& c) const
    {
        return part(c.table, "policy", c.policy.name);
    }

    Result operator()(const change::DropPolicy& c) const
    {
        return part(c.table, "policy", c.policy);
    }

    Result operator()(const change::CreateEnum& c) const { return whole(c.type, "type"); }

    Result operator()(const change::AddEnumLabel& c) const { return whole(c.type, "type"); }

    Result operator()(const change::RenameEnumLabel& c) const { return whole(c.type, "type"); }

    Result operator()(const change::CreateDomain& c) const { return whole(c.domain, "type"); }

    Result operator()(const change::CreateType& c) const { return whole(c.type, "type"); }

    Result operator()(const change::DropType& c) const { return whole(c.type, "type"); }

    Result operator()(const change::RenameType& c) const { return whole(c.type, "type"); }

    Result operator()(const change::CreateSequence& c) const
    {
        return whole(c.sequence, "sequence");
    }

    Result operator()(const change::AlterSequence& c) const
    {
        return whole(c.sequence, "sequence");
    }

    Result operator()(const change::DropSequence& c) const { return whole(c.sequence, "sequence"); }

    Result operator()(const change::CreateView& c) const { return whole(c.view, "view"); }

    Result operator()(const change::DropView& c) const { return whole(c.view, "view"); }

    Result operator()(const change::RenameView& c) const { return whole(c.view, "view"); }

    Result operator()(const change::CreateFunction& c) const
    {
        return whole(c.function, "function");
    }

    Result operator()(const change::DropFunction& c) const { return whole(c.function, "function"); }

    template <typename T>
    Result operator()(const T&) const
    {
        return std::nullopt;
    }
};

std::optional<Touched> touchedBy(const Operation& operation)
{
    // Nothing is left to order of what both only make sure of.
    if (const auto* const create = std::get_if<change::CreateEnum>(&operation.change);
        create != nullptr && create->unlessExists)
        return std::nullopt;
    return std::visit(TouchedBy(), operation.change);
}

struct OtherTouch
{
    std::string revision;
    SourceSpan span;
};

/// What the other branches touch: each object, and of each that has parts, the first touch.
struct OtherBranches
{
    std::map<Touched, OtherTouch> objects;
    std::map<std::pair<std::string, QualifiedName>, std::pair<Touched, OtherTouch>> parts;

    void take(const RevisionReview& revision)
    {
        std::set<QualifiedName> made;
        for (const Operation& operation : revision.operations()) {
            const auto touched = touchedBy(operation);
            if (!touched)
                continue;
            if (std::holds_alternative<change::CreateTable>(operation.change))
                made.insert(touched->name);
            else if (touched->kind == "table" && made.contains(touched->name))
                continue;
            const OtherTouch other{.revision = revision.id, .span = operation.span};
            objects.emplace(*touched, other);
            parts.emplace(std::pair{touched->kind, touched->name}, std::pair{*touched, other});
        }
    }

    /// The same object, or one of which the other is a part.
    const OtherTouch* meeting(const Touched& touched) const
    {
        if (const auto same = objects.find(touched); same != objects.end())
            return &same->second;
        if (touched.part.empty()) {
            const auto part = parts.find({touched.kind, touched.name});
            return part == parts.end() ? nullptr : &part->second.second;
        }
        Touched whole = touched;
        whole.part.clear();
        const auto found = objects.find(whole);
        return found == objects.end() ? nullptr : &found->second;
    }
};

void check(const RunReview& run, FindingReport& report)
{
    if (run.beside.empty())
        return;
    OtherBranches others;
    for (const RevisionReview& revision : run.beside)
        others.take(revision);
    for (const RevisionReview& revision : run.revisions) {
        if (!revision.reported)
            continue;
        std::set<Touched> said;
        for (const StepRecord& record : revision.steps) {
            const auto touched = touchedBy(*record.operation);
            const bool inside = record.target.isNew && touched && touched->kind == "table";
            if (!touched || inside || !said.insert(*touched).second)
                continue;
            const OtherTouch* const other = others.meeting(*touched);
            if (other == nullptr)
                continue;
            const std::string who =
                other->revision.empty() ? "Another branch" : "Revision " + other->revision;
            report.add(revision,
                       record,
                       *run.facts,
                       {.title = "Another branch also changes " + touched->words(),
                        .detail = who + " is not merged with this one and changes the same: what "
                                        "comes out depends on which of them runs first, or the "
                                        "second fails. Let one branch follow the other.",
                        .object = touched->words(),
                        .related = {other->span}});
        }
    }
}

} // namespace

extern const Rule rule{.id = "branches-touch-same-object",
                       .category = RuleCategory::Transaction,
                       .severity = Severity::Medium,
                       .checkRun = check};

} // namespace sightglass::rules::branches_touch_same_object
