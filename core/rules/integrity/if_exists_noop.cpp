// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/existing_object.h"
#include "core/rules/finding_report.h"

#include <algorithm>

namespace sightglass::rules::if_exists_noop {

namespace {

bool isNamed(const auto& parts, const std::string& name)
{
    return std::ranges::any_of(parts, [&](const auto& each) { return each.name == name; });
}

bool hasConstraint(const Table& table, const std::string& name)
{
    return (table.primaryKey && table.primaryKey->name == name) || isNamed(table.uniques, name) ||
           isNamed(table.foreignKeys, name) || isNamed(table.checks, name) ||
           isNamed(table.exclusions, name);
}

/// What a statement with IF EXISTS names that surely is not there, in words; empty: it may be.
class Absent
{
public:
    explicit Absent(const Step& step)
        : m_step(step)
        , m_moment(step.moment)
        , m_table(step.target().table.get())
    {}

    std::string operator()(const change::DropTable& c) const { return relation(c.ifExists); }

    std::string operator()(const change::RenameTable& c) const { return relation(c.ifExists); }

    std::string operator()(const change::SetTableSchema& c) const { return relation(c.ifExists); }

    /// Reading found that there is no such table.
    std::string operator()(const change::Other& c) const
    {
        if (c.statement != "ALTER TABLE IF EXISTS")
            return {};
        return "table " + toText(m_moment.fullName(c.object));
    }

    std::string operator()(const change::DropView& c) const
    {
        return c.ifExists ? named("view", c.view) : std::string();
    }

    std::string operator()(const change::AddColumn& c) const { return relation(c.ifTableExists); }

    std::string operator()(const change::DropColumn& c) const
    {
        const bool absent = m_table != nullptr && m_table->column(c.column) == nullptr;
        return c.ifExists && absent ? part("column", "." + c.column) : std::string();
    }

    std::string operator()(const change::DropConstraint& c) const
    {
        // PostgreSQL 18 gives NOT NULL names too, and those are not kept here.
        const bool mayBeNotNull =
            m_moment.serverVersion() >= 180000 && c.name.find("null") != std::string::npos;
        const bool absent = m_table != nullptr && !hasConstraint(*m_table, c.name) && !mayBeNotNull;
        return c.ifExists && absent ? "constraint " + c.name + of() : std::string();
    }

    std::string operator()(const change::DropIndex& c) const
    {
        // What a build that failed may have left behind is removed before the next try.
        const bool rebuilt =
            m_step.laterChange<change::CreateIndex>([&](const change::CreateIndex& create) {
                return create.index.name == c.index.name && create.concurrently;
            }) != nullptr;
        return c.ifExists && !rebuilt ? named("index", c.index) : std::string();
    }

    std::string operator()(const change::RenameIndex& c) const
    {
        return c.ifExists ? named("index", c.index) : std::string();
    }

    std::string operator()(const change::DropSequence& c) const
    {
        return c.ifExists ? named("sequence", c.sequence) : std::string();
    }

    std::string operator()(const change::AlterSequence& c) const
    {
        return c.ifExists ? named("sequence", c.sequence) : std::string();
    }

    std::string operator()(const change::DropType& c) const
    {
        if (!c.ifExists || !m_moment.isWhole() || m_moment.replay().findType(c.type))
            return {};
        const QualifiedName name = m_moment.fullTypeName(c.type);
        return isDoubtful(m_moment, name) ? std::string() : "type " + toText(name);
    }

    std::string operator()(const change::DropSchema& c) const
    {
        const bool absent = m_moment.isWhole() && c.schema != "public" &&
                            !m_moment.schema().namespaces.contains(c.schema);
        return c.ifExists && absent ? "schema " + c.schema : std::string();
    }

    std::string operator()(const change::DropExtension& c) const
    {
        const bool absent = m_moment.isWhole() && c.extension != "plpgsql" &&
                            !m_moment.schema().extensions.contains(c.extension);
        return c.ifExists && absent ? "extension " + c.extension : std::string();
    }

    std::string operator()(const change::DropFunction& c) const
    {
        if (!c.ifExists || !m_moment.isWhole() || isDoubtful(m_moment, c.function))
            return {};
        const bool there = std::ranges::any_of(m_moment.schema().functions, [&](const auto& each) {
            const QualifiedName& name = each.first.first;
            return name.name == c.function.name &&
                   (c.function.schema.empty() || c.function.schema == name.schema);
        });
        return there ? std::string() : "function " + toText(c.function);
    }

    std::string operator()(const change::DropTrigger& c) const
    {
        const bool absent = m_table != nullptr && !isNamed(m_table->triggers, c.trigger);
        return c.ifExists && absent ? "trigger " + c.trigger + of() : relation(c.ifExists);
    }

    std::string operator()(const change::DropPolicy& c) const
    {
        const bool absent = m_table != nullptr && !isNamed(m_table->policies, c.policy);
        return c.ifExists && absent ? "policy " + c.policy + of() : relation(c.ifExists);
    }

    template <typename T>
    std::string operator()(const T&) const
    {
        return {};
    }

private:
    std::string relation(bool ifExists) const
    {
        const Found& target = m_step.target();
        const bool absent = ifExists && target.absent && !isDoubtful(m_moment, target.name);
        return absent ? "table " + toText(target.name) : std::string();
    }

    std::string named(std::string_view kind, const QualifiedName& written) const
    {
        if (!m_moment.isWhole() || m_moment.replay().findRelation(written))
            return {};
        const QualifiedName name = m_moment.fullName(written);
        return isDoubtful(m_moment, name) ? std::string() : std::string(kind) + " " + toText(name);
    }

    std::string part(std::string_view kind, const std::string& name) const
    {
        return std::string(kind) + " " + toText(m_step.target().name) + name;
    }

    std::string of() const { return " of table " + toText(m_step.target().name); }

    const Step& m_step;
    const Moment& m_moment;
    const Table* m_table = nullptr;
};

/// What a statement with IF NOT EXISTS would make and is there just so; empty: it may not be.
std::string presentAsWanted(const Step& step)
{
    const Moment& moment = step.moment;
    const ExistingObject existing = existingObject(step);
    if (existing.state == ExistingObject::State::Same) {
        const auto* const create = step.as<change::CreateIndex>();
        const QualifiedName name{.schema = step.target().name.schema,
                                 .name = create == nullptr ? "" : create->index.name};
        const IndexFacts* const facts = moment.facts().index(name);
        const FoundIndex found = moment.index(name);
        const bool invalid = (facts != nullptr && facts->valid == false) ||
                             (found.index != nullptr && !found.index->valid);
        return create != nullptr && invalid ? std::string() : existing.words;
    }
    if (const auto* const create = step.as<change::CreateSchema>())
        return create->ifNotExists && moment.schema().namespaces.contains(create->schema)
                   ? "schema " + create->schema
                   : std::string();
    if (const auto* const create = step.as<change::CreateExtension>())
        return create->ifNotExists && moment.schema().extensions.contains(create->extension)
                   ? "extension " + create->extension
                   : std::string();
    if (const auto* const add = step.as<change::AddEnumLabel>()) {
        const EnumType* const type = moment.enumType(add->type);
        const bool there =
            type != nullptr && std::ranges::find(type->labels, add->label) != type->labels.end();
        return add->ifNotExists && there ? "label " + add->label + " of type " + toText(type->name)
                                         : std::string();
    }
    return {};
}

void check(const Step& step, FindingReport& report)
{
    if (step.operation().alternative)
        return;
    const std::string absent = std::visit(Absent(step), step.operation().change);
    const std::string present = absent.empty() ? presentAsWanted(step) : std::string();
    if (absent.empty() && present.empty())
        return;
    const bool exists = absent.empty();
    report.add(step,
               {.title = exists ? "Does nothing: " + present + " is there already"
                                : "Does nothing: there is no " + absent,
                .detail = exists ? "IF NOT EXISTS passes over it without a word. Remove the "
                                   "statement, or correct the name if another was meant."
                                 : "IF EXISTS passes over it without a word, and so a misspelt "
                                   "name would not be noticed. Remove the statement, or correct "
                                   "the name.",
                .object = exists ? present : absent});
}

} // namespace

extern const Rule rule{.id = "if-exists-noop",
                       .category = RuleCategory::Integrity,
                       .severity = Severity::Low,
                       .exclusive = true,
                       .checkStep = check};

} // namespace sightglass::rules::if_exists_noop
