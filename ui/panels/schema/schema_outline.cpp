// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/schema/schema_outline.h"

#include "core/differences/differences.h"
#include "core/report/text_report.h"
#include "core/schema/definitions.h"
#include "ui/text.h"

#include <QCoreApplication>

#include <map>
#include <set>

namespace sightglass {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("sightglass::SchemaOutline", text);
}

/// Doubts by what they are about; remembers which were told.
class Doubts
{
public:
    explicit Doubts(const std::vector<Doubt>& doubts)
    {
        for (const Doubt& doubt : doubts)
            m_byObject[doubt.table].push_back(&doubt);
    }

    QString about(const QualifiedName& object, const std::string& column = {})
    {
        const auto found = m_byObject.find(object);
        if (found == m_byObject.end() || object.name.empty())
            return {};
        QStringList reasons;
        for (const Doubt* doubt : found->second) {
            if (doubt->column != column)
                continue;
            reasons << toQString(doubt->reason);
            m_told.insert(doubt);
        }
        reasons.removeDuplicates();
        return reasons.join(QStringLiteral("; "));
    }

    QStringList rest() const
    {
        QStringList texts;
        for (const auto& [name, doubts] : m_byObject) {
            for (const Doubt* doubt : doubts) {
                if (!m_told.contains(doubt))
                    texts << doubtText(*doubt);
            }
        }
        texts.removeDuplicates();
        return texts;
    }

private:
    std::map<QualifiedName, std::vector<const Doubt*>> m_byObject;
    std::set<const Doubt*> m_told;
};

SchemaPart partOf(const char* kind, const std::string& name, const std::string& definition)
{
    return {.kind = tr(kind),
            .name = toQString(name),
            .definition = toQString(definition),
            .doubt = {}};
}

void addConstraints(const Table& table, std::vector<SchemaPart>& parts)
{
    if (table.primaryKey)
        parts.push_back(
            partOf("primary key", table.primaryKey->name, primaryKeyDefinition(*table.primaryKey)));
    for (const KeyConstraint& key : table.uniques)
        parts.push_back(partOf("unique", key.name, uniqueDefinition(key)));
    for (const ForeignKey& key : table.foreignKeys)
        parts.push_back(partOf("foreign key", key.name, foreignKeyDefinition(key)));
    for (const CheckConstraint& check : table.checks)
        parts.push_back(partOf("check", check.name, checkDefinition(check)));
    for (const ExclusionConstraint& exclusion : table.exclusions)
        parts.push_back(partOf("exclusion", exclusion.name, exclusion.definition));
}

std::string shownDefinition(const QualifiedName& table, const Index& index)
{
    return index.definition.empty() ? indexDefinition(table, index) : index.definition;
}

SchemaObject objectOf(const Table& table, Doubts& doubts)
{
    SchemaObject object{.kind = toQString(toText(table.kind)),
                        .name = toQString(toText(table.name)),
                        .remark = table.comment.empty() ? QString() : toQString(table.comment),
                        .doubt = doubts.about(table.name)};
    for (const Column& column : table.columns) {
        object.parts.push_back(partOf("column", column.name, columnDefinition(column)));
        object.parts.back().doubt = doubts.about(table.name, column.name);
    }
    addConstraints(table, object.parts);
    for (const Index& index : table.indexes)
        object.parts.push_back(partOf("index", index.name, shownDefinition(table.name, index)));
    for (const Trigger& trigger : table.triggers)
        object.parts.push_back(partOf("trigger", trigger.name, trigger.definition));
    for (const Policy& policy : table.policies)
        object.parts.push_back(partOf("policy", policy.name, policy.command));
    Schema one;
    one.tables.insert_or_assign(table.name, std::make_shared<const Table>(table));
    object.definition = toQString(schemaText(one));
    return object;
}

SchemaObject objectOf(const View& view, Doubts& doubts)
{
    SchemaObject object{.kind = view.materialized ? tr("materialized view") : tr("view"),
                        .name = toQString(toText(view.name)),
                        .doubt = doubts.about(view.name),
                        .definition = toQString(view.definition)};
    for (const Column& column : view.columns)
        object.parts.push_back(partOf("column", column.name, columnDefinition(column)));
    for (const Index& index : view.indexes)
        object.parts.push_back(partOf("index", index.name, shownDefinition(view.name, index)));
    return object;
}

SchemaObject objectOf(const EnumType& type, Doubts& doubts)
{
    SchemaObject object{
        .kind = tr("enum"), .name = toQString(toText(type.name)), .doubt = doubts.about(type.name)};
    QStringList labels;
    for (const std::string& label : type.labels) {
        labels << toQString(label);
        object.parts.push_back(partOf("label", label, {}));
    }
    object.remark = labels.join(QStringLiteral(", "));
    object.definition = object.name + QLatin1Char('\n') + labels.join(QLatin1Char('\n'));
    return object;
}

SchemaObject objectOf(const Domain& domain, Doubts& doubts)
{
    SchemaObject object{.kind = tr("domain"),
                        .name = toQString(toText(domain.name)),
                        .remark = toQString(domain.type),
                        .doubt = doubts.about(domain.name),
                        .definition = toQString(domain.type)};
    for (const CheckConstraint& check : domain.checks)
        object.parts.push_back(partOf("check", check.name, checkDefinition(check)));
    return object;
}

SchemaObject objectOf(const Sequence& sequence, Doubts& doubts)
{
    QString remark = tr("%1, from %2 by %3")
                         .arg(toQString(sequence.type))
                         .arg(sequence.start)
                         .arg(sequence.increment);
    if (sequence.ownerTable)
        remark +=
            tr(", owned by %1.%2")
                .arg(toQString(toText(*sequence.ownerTable)), toQString(sequence.ownerColumn));
    return {.kind = tr("sequence"),
            .name = toQString(toText(sequence.name)),
            .remark = remark,
            .doubt = doubts.about(sequence.name),
            .definition = remark};
}

SchemaObject objectOf(const Function& function, Doubts& doubts)
{
    return {.kind = toQString(function.kind),
            .name = QStringLiteral("%1(%2)").arg(toQString(toText(function.name)),
                                                 toQString(function.arguments)),
            .remark =
                tr("returns %1, %2").arg(toQString(function.result), toQString(function.language)),
            .doubt = doubts.about(function.name),
            .definition = toQString(function.body)};
}

template <typename Objects>
void addSection(SchemaOutline& outline, const char* title, const Objects& objects, Doubts& doubts)
{
    SchemaSection section{.title = tr(title)};
    for (const auto& [name, object] : objects) {
        SchemaObject shown = objectOf(*object, doubts);
        shown.searched = shown.name;
        for (const SchemaPart& part : shown.parts)
            shown.searched += QLatin1Char('\n') + part.name;
        section.objects.push_back(std::move(shown));
    }
    if (!section.objects.empty())
        outline.sections.push_back(std::move(section));
}

void addExtensions(SchemaOutline& outline, const Schema& schema)
{
    SchemaSection section{.title = tr("Extensions")};
    for (const auto& [name, extension] : schema.extensions) {
        const QString remark =
            toQString(extension.version) +
            (extension.schema.empty() ? QString()
                                      : tr(" in schema %1").arg(toQString(extension.schema)));
        section.objects.push_back({.kind = tr("extension"),
                                   .name = toQString(name),
                                   .remark = remark.trimmed(),
                                   .definition = toQString(name) + QLatin1Char(' ') + remark,
                                   .searched = toQString(name)});
    }
    if (!section.objects.empty())
        outline.sections.push_back(std::move(section));
}

} // namespace

SchemaOutline outlineOf(const SchemaAtPlace& place)
{
    SchemaOutline outline{.title = place.title, .problem = place.problem};
    if (!place.problem.isEmpty())
        return outline;
    const Schema& schema = place.replayed.schema;
    Doubts doubts(place.replayed.doubts);
    addSection(outline, "Tables", schema.tables, doubts);
    addSection(outline, "Views", schema.views, doubts);
    addSection(outline, "Enums", schema.enums, doubts);
    addSection(outline, "Domains", schema.domains, doubts);
    addSection(outline, "Sequences", schema.sequences, doubts);
    addSection(outline, "Functions", schema.functions, doubts);
    addExtensions(outline, schema);
    outline.doubts = doubts.rest();
    return outline;
}

} // namespace sightglass
