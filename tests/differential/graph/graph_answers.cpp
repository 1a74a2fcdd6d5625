// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/differential/graph/graph_answers.h"

#include "core/revisions/revision_range.h"

#include <QJsonDocument>

#include <algorithm>

namespace sightglass::tests {

namespace {

QJsonArray ids(const RevisionGraph& graph, std::span<const RevisionIndex> indexes)
{
    QJsonArray array;
    for (const RevisionIndex index : indexes)
        array.append(toQString(graph.revision(index).id));
    return array;
}

QJsonArray sortedIds(const RevisionGraph& graph, std::span<const RevisionIndex> indexes)
{
    std::vector<RevisionIndex> sorted(indexes.begin(), indexes.end());
    std::ranges::sort(
        sorted, {}, [&](RevisionIndex i) -> const std::string& { return graph.revision(i).id; });
    return ids(graph, sorted);
}

QJsonArray texts(std::span<const std::string> values)
{
    QJsonArray array;
    for (const std::string& value : values)
        array.append(toQString(value));
    return array;
}

QJsonArray references(const std::vector<RevisionReference>& values)
{
    QJsonArray array;
    for (const RevisionReference& value : values)
        array.append(toQString(value.id));
    return array;
}

QJsonObject refusal(const std::string& classAndWords, const std::string& command)
{
    const auto colon = classAndWords.find(": ");
    return {{QStringLiteral("class"), toQString(classAndWords.substr(0, colon))},
            {QStringLiteral("words"), toQString(classAndWords.substr(colon + 2))},
            {QStringLiteral("command"), toQString(command)}};
}

std::string firstWords(const RevisionGraph& graph)
{
    for (const GraphProblem& problem : graph.problems()) {
        if (!problem.alembic.empty())
            return problem.alembic;
    }
    return {};
}

QJsonObject describeRevision(const RevisionGraph& graph, RevisionIndex index)
{
    std::vector<RevisionIndex> all(graph.next(index).begin(), graph.next(index).end());
    for (const RevisionIndex dependent : graph.dependents(index)) {
        if (std::ranges::find(all, dependent) == all.end())
            all.push_back(dependent);
    }
    return {{QStringLiteral("labels"), texts(graph.labels(index))},
            {QStringLiteral("next"), sortedIds(graph, graph.next(index))},
            {QStringLiteral("all_next"), sortedIds(graph, all)},
            {QStringLiteral("dependencies"), ids(graph, graph.dependencies(index))},
            {QStringLiteral("normalized"), ids(graph, graph.normalizedDependencies(index))},
            {QStringLiteral("branch_point"), graph.isBranchPoint(index)},
            {QStringLiteral("merge_point"), graph.isMergePoint(index)}};
}

std::vector<RevisionIndex> liveWalk(const RevisionGraph& graph)
{
    std::vector<RevisionIndex> walk(graph.walkOrder().begin(), graph.walkOrder().end());
    std::erase_if(walk, [&](RevisionIndex i) { return graph.isReplaced(i); });
    return walk;
}

bool hasCycle(const RevisionGraph& graph)
{
    return std::ranges::any_of(graph.problems(), [](const GraphProblem& problem) {
        return problem.kind == GraphProblem::Kind::Cycle;
    });
}

QString line(const QString& what, const QJsonValue& ours, const QJsonValue& theirs)
{
    const auto text = [](const QJsonValue& value) {
        return QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact));
    };
    return QStringLiteral("  %1\n    ours    %2\n    alembic %3\n")
        .arg(what, text(ours), text(theirs));
}

/// A refusal without what depends on the order of a Python set of objects.
QJsonObject comparable(QJsonObject error)
{
    const QString marker = QStringLiteral(" overlaps with other requested revisions ");
    for (const QString& key : {QStringLiteral("words"), QStringLiteral("command")}) {
        const QString text = error[key].toString();
        const auto at = text.indexOf(marker);
        if (at < 0)
            continue;
        QStringList names = text.mid(at + marker.size()).split(QStringLiteral(", "));
        names.sort();
        error[key] = text.left(at + marker.size()) + names.join(QStringLiteral(", "));
    }
    return error;
}

/// In a cycle each of two revisions counts as the other's ancestor, and Alembic drops the
/// dependency that both have from both; we keep one.
QJsonValue withoutNormalized(const QJsonValue& revisions)
{
    QJsonObject result = revisions.toObject();
    for (auto it = result.begin(); it != result.end(); ++it) {
        QJsonObject revision = it.value().toObject();
        revision.remove(QStringLiteral("normalized"));
        it.value() = revision;
    }
    return result;
}

template <typename T>
QJsonObject refused(const Result<T>& result)
{
    const std::string words =
        result.error().context.empty() ? "None: " : result.error().context.front();
    return {{QStringLiteral("error"), refusal(words, result.error().message)}};
}

QJsonObject answered(const RevisionGraph& graph, const Result<std::vector<RevisionIndex>>& result)
{
    if (!result)
        return refused(result);
    return {{QStringLiteral("ids"), ids(graph, *result)}};
}

/// Alembic's places as our interface gives them: each revision once, base as nothing, None as an
/// error.
QJsonObject asPlaces(const QJsonObject& theirs, bool isOne)
{
    if (!theirs.contains(QStringLiteral("ids")))
        return theirs;
    QJsonArray result;
    for (const QJsonValue& place : theirs[QStringLiteral("ids")].toArray()) {
        if (place.isNull() && !isOne)
            return {{QStringLiteral("error"), refusal("None: ", "")}};
        const bool isNothing = place.isNull() || place == QJsonValue(QStringLiteral("base"));
        if (!isNothing && !result.contains(place))
            result.append(place);
    }
    return {{QStringLiteral("ids"), result}};
}

} // namespace

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QJsonArray toJson(const std::vector<Revision>& revisions)
{
    QJsonArray array;
    for (const Revision& revision : revisions) {
        array.append(QJsonObject{{QStringLiteral("id"), toQString(revision.id)},
                                 {QStringLiteral("down"), references(revision.down)},
                                 {QStringLiteral("depends_on"), references(revision.dependsOn)},
                                 {QStringLiteral("labels"), references(revision.labels)}});
    }
    return array;
}

QJsonObject describe(const RevisionGraph& graph)
{
    QJsonObject revisions;
    for (RevisionIndex i = 0; i < graph.size(); ++i) {
        if (!graph.isReplaced(i))
            revisions[toQString(graph.revision(i).id)] = describeRevision(graph, i);
    }
    QJsonObject result{{QStringLiteral("heads"), ids(graph, graph.heads())},
                       {QStringLiteral("effective_heads"), ids(graph, graph.effectiveHeads())},
                       {QStringLiteral("bases"), ids(graph, graph.bases())},
                       {QStringLiteral("revisions"), revisions}};
    const std::string words = firstWords(graph);
    if (!words.empty())
        result[QStringLiteral("walk")] = QJsonObject{{QStringLiteral("error"), refusal(words, {})}};
    else if (!hasCycle(graph))
        result[QStringLiteral("walk")] =
            QJsonObject{{QStringLiteral("ids"), ids(graph, liveWalk(graph))}};
    return result;
}

QString differences(const RevisionGraph& graph, const QJsonObject& theirs)
{
    const QString error = QStringLiteral("error");
    const auto withoutCommand = [](QJsonObject object) {
        object.remove(QStringLiteral("command"));
        return comparable(object);
    };
    if (theirs.isEmpty())
        return QStringLiteral("  no answer\n");
    if (theirs.contains(error)) {
        const QJsonObject said = withoutCommand(theirs[error].toObject());
        const std::string full = firstWords(graph);
        const QJsonObject mine = full.empty() ? QJsonObject() : withoutCommand(refusal(full, {}));
        return mine == said ? QString() : line(QStringLiteral("loading"), mine, said);
    }
    const QJsonObject ours = describe(graph);
    QString result;
    for (auto it = ours.begin(); it != ours.end(); ++it) {
        QJsonValue other = theirs[it.key()];
        if (it.key() == QStringLiteral("walk")) {
            QJsonObject mine = it.value().toObject();
            QJsonObject said = other.toObject();
            if (mine.contains(error))
                mine[error] = withoutCommand(mine[error].toObject());
            if (said.contains(error))
                said[error] = withoutCommand(said[error].toObject());
            if (mine != said)
                result += line(it.key(), mine, said);
        } else if (hasCycle(graph) && it.key() == QStringLiteral("revisions")) {
            const QJsonValue mine = withoutNormalized(it.value());
            other = withoutNormalized(other);
            if (mine != other)
                result += line(it.key(), mine, other);
        } else if (it.value() != other) {
            result += line(it.key(), it.value(), other);
        }
    }
    return result;
}

QJsonObject Query::toJson() const
{
    return {{QStringLiteral("kind"), toQString(kind)},
            {QStringLiteral("text"), toQString(text)},
            {QStringLiteral("rows"), texts(rows)}};
}

QString Query::toText() const
{
    QStringList list;
    for (const std::string& row : rows)
        list.append(toQString(row));
    return QStringLiteral("%1 \"%2\" from [%3]")
        .arg(toQString(kind), toQString(text), list.join(QStringLiteral(", ")));
}

QJsonObject answerTo(const RevisionGraph& graph, const Query& query)
{
    if (query.kind == "upgrade")
        return answered(graph, upgradePath(graph, query.rows, query.text));
    if (query.kind == "downgrade")
        return answered(graph, downgradePath(graph, query.rows, query.text));
    if (query.kind == "range")
        return answered(graph, resolveRange(graph, query.text));
    if (query.kind != "revision")
        return answered(graph, resolveRevisions(graph, query.text));
    const auto result = resolveRevision(graph, query.text);
    if (!result)
        return refused(result);
    QJsonArray one;
    if (*result)
        one.append(toQString(graph.revision(**result).id));
    return {{QStringLiteral("ids"), one}};
}

QString difference(const RevisionGraph& graph, const Query& query, const QJsonObject& theirs)
{
    const QString error = QStringLiteral("error");
    const bool isPath =
        query.kind == "upgrade" || query.kind == "downgrade" || query.kind == "range";
    QJsonObject mine = answerTo(graph, query);
    QJsonObject said = isPath ? theirs : asPlaces(theirs, query.kind == "revision");
    if (mine.contains(error) && said.contains(error)) {
        QJsonObject ours = comparable(mine[error].toObject());
        QJsonObject other = comparable(said[error].toObject());
        // Where Alembic has no sentence of its own (an assertion), ours stands.
        if (other[QStringLiteral("command")].toString().isEmpty())
            ours[QStringLiteral("command")] = QString();
        mine[error] = ours;
        said[error] = other;
    }
    return mine == said ? QString() : line(query.toText(), mine, said);
}

} // namespace sightglass::tests
