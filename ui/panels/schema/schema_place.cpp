// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/schema/schema_place.h"

#include "ui/text.h"

#include <QCoreApplication>

namespace sightglass {

namespace {

const QString revisionPrefix = QStringLiteral("revision:");

QString tr(const char* text)
{
    return QCoreApplication::translate("sightglass::SchemaPlace", text);
}

QString titleOf(const Revision& revision)
{
    const QString message = toQString(revision.message).section(QLatin1Char('\n'), 0, 0);
    return message.isEmpty() ? toQString(revision.id)
                             : QStringLiteral("%1  %2").arg(toQString(revision.id), message);
}

SchemaAtPlace without(const QString& problem)
{
    return {.replayed = {}, .title = {}, .problem = problem};
}

SchemaAtPlace atRevision(const Inspection& inspection, const QString& id)
{
    if (id.isEmpty())
        return without(tr("Select a revision to see the schema that it leaves."));
    const auto index = inspection.graph->find(toStd(id));
    if (!index)
        return without(tr("No file defines %1, so nothing is known of the schema there.").arg(id));
    if (inspection.history == nullptr)
        return without(tr("What the revisions do is being read. Press F5 if the reading was "
                          "stopped."));
    return {.replayed = inspection.history->after(*index),
            .title = titleOf(inspection.graph->revision(*index)),
            .problem = {}};
}

SchemaAtPlace atModels(const Inspection& inspection)
{
    if (inspection.models == nullptr)
        return without(tr("The models are being read. Press F5 if the reading was stopped."));
    if (!inspection.models->found)
        return without(tr("No models are known: %1").arg(toQString(inspection.models->whyNot)));
    return {.replayed = {.schema = inspection.models->schema, .doubts = inspection.models->doubts},
            .title = tr("Models"),
            .problem = {}};
}

} // namespace

std::vector<SchemaPlace> schemaPlaces(const Inspection& inspection, const QString& selected)
{
    const RevisionGraph& graph = *inspection.graph;
    const auto index = graph.find(toStd(selected));
    std::vector<SchemaPlace> places;
    places.push_back(
        {.key = QStringLiteral("selected"),
         .title = tr("Selected revision") +
                  (index ? QStringLiteral(": ") + titleOf(graph.revision(*index)) : QString())});
    places.push_back({.key = QStringLiteral("heads"),
                      .title = graph.heads().size() == 1
                                   ? tr("Head")
                                   : tr("All %1 heads").arg(graph.heads().size())});
    places.push_back({.key = QStringLiteral("models"), .title = tr("Models")});
    if (inspection.live != nullptr)
        places.push_back({.key = QStringLiteral("live"), .title = tr("Database, live")});
    for (const RevisionIndex each : graph.walkOrder())
        places.push_back({.key = revisionPrefix + toQString(graph.revision(each).id),
                          .title = titleOf(graph.revision(each))});
    return places;
}

SchemaAtPlace
schemaAt(const Inspection& inspection, const QString& key, const QString& selectedRevision)
{
    if (key == QStringLiteral("models"))
        return atModels(inspection);
    if (key == QStringLiteral("live")) {
        if (inspection.live == nullptr)
            return without(tr("No database is connected."));
        return {.replayed = {.schema = inspection.live->schema, .doubts = {}},
                .title = tr("Database, live"),
                .problem = {}};
    }
    if (key == QStringLiteral("heads")) {
        if (inspection.history == nullptr)
            return without(tr("What the revisions do is being read. Press F5 if the reading was "
                              "stopped."));
        const auto heads = inspection.graph->heads();
        return {.replayed = inspection.history->at({heads.begin(), heads.end()}),
                .title = tr("Heads"),
                .problem = {}};
    }
    return atRevision(inspection,
                      key.startsWith(revisionPrefix) ? key.mid(revisionPrefix.size())
                                                     : selectedRevision);
}

QString doubtText(const Doubt& doubt)
{
    QString about = toQString(toText(doubt.table));
    if (!doubt.column.empty())
        about += QLatin1Char('.') + toQString(doubt.column);
    return about.isEmpty() ? toQString(doubt.reason)
                           : QStringLiteral("%1: %2").arg(about, toQString(doubt.reason));
}

} // namespace sightglass
