// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/go_to/go_to_model.h"

#include "core/rules/rule.h"
#include "ui/go_to/fuzzy.h"
#include "ui/main_window/actions.h"
#include "ui/panels/findings/finding_words.h"
#include "ui/text.h"

#include <QRegularExpression>

#include <algorithm>

namespace sightglass {

namespace {
constexpr std::size_t mostShown = 200;
constexpr std::size_t mostRecent = 20;
constexpr int forRecent = 30;
} // namespace

QString shownText(Destination::Kind kind)
{
    switch (kind) {
    case Destination::Kind::Revision:
        return QStringLiteral("revision");
    case Destination::Kind::Table:
        return QStringLiteral("table");
    case Destination::Kind::Problem:
        return QStringLiteral("problem");
    case Destination::Kind::Rule:
        return QStringLiteral("rule");
    case Destination::Kind::Action:
        return QStringLiteral("action");
    }
    return {};
}

void GoToModel::add(Destination destination)
{
    destination.searched = (destination.title + QLatin1Char(' ') + destination.detail).toLower();
    m_all.push_back(std::move(destination));
}

void GoToModel::setSources(const std::shared_ptr<const Inspection>& inspection,
                           const Actions& actions)
{
    m_all.clear();
    addActions(actions);
    if (inspection) {
        addRevisions(*inspection);
        addTables(*inspection);
        addProblems(*inspection);
    }
    addRules();
    filter();
}

void GoToModel::addRevisions(const Inspection& inspection)
{
    for (const RevisionIndex index : inspection.graph->walkOrder()) {
        const Revision& revision = inspection.graph->revision(index);
        add({.kind = Destination::Kind::Revision,
             .key = QStringLiteral("revision:") + toQString(revision.id),
             .title = toQString(revision.message.empty() ? revision.id : revision.message),
             .detail = toQString(revision.id),
             .revision = toQString(revision.id)});
    }
    for (const MissingRevision& missing : inspection.graph->missing()) {
        add({.kind = Destination::Kind::Revision,
             .key = QStringLiteral("revision:") + toQString(missing.id),
             .title = QStringLiteral("missing revision"),
             .detail = toQString(missing.id),
             .revision = toQString(missing.id)});
    }
}

void GoToModel::addTables(const Inspection& inspection)
{
    if (!inspection.live)
        return;
    for (const auto& [name, table] : inspection.live->schema.tables) {
        const QString text = toQString(toText(name));
        add({.kind = Destination::Kind::Table,
             .key = QStringLiteral("table:") + text,
             .title = text,
             .detail = QStringLiteral("%1 columns").arg(table->columns.size())});
    }
}

void GoToModel::addProblems(const Inspection& inspection)
{
    std::size_t number = 0;
    for (const Finding& finding : inspection.findings) {
        add({.kind = Destination::Kind::Problem,
             .key = QStringLiteral("problem:%1:%2").arg(toQString(finding.rule)).arg(number++),
             .title = toQString(finding.title),
             .detail =
                 toQString(toText(finding.severity)) + QLatin1Char(' ') + toQString(finding.rule),
             .revision = toQString(finding.revision),
             .line = finding.span.line});
    }
}

void GoToModel::addRules()
{
    for (const Rule* const rule : ruleTable()) {
        const QString id = toQString(rule->id);
        add({.kind = Destination::Kind::Rule,
             .key = QStringLiteral("rule:") + id,
             .title = ruleTitle(std::string(rule->id)),
             .detail = id,
             .rule = id});
    }
}

void GoToModel::addActions(const Actions& actions)
{
    for (const Actions::Entry& entry : actions.all()) {
        if (entry.action->objectName() == QStringLiteral("goToAnything"))
            continue;
        QString title = entry.action->text();
        title.remove(QLatin1Char('&'));
        add({.kind = Destination::Kind::Action,
             .key = QStringLiteral("action:") + entry.action->objectName(),
             .title = title,
             .detail = shownText(entry.group),
             .shortcut = entry.action->shortcut().toString(QKeySequence::NativeText),
             .disabledReason = entry.action->isEnabled() ? QString() : entry.action->toolTip(),
             .action = entry.action});
    }
}

void GoToModel::setPattern(const QString& pattern)
{
    m_pattern = pattern.trimmed().toLower();
    filter();
}

void GoToModel::remember(const Destination& destination)
{
    const QString key = destination.key;
    std::erase(m_recent, key);
    m_recent.insert(m_recent.begin(), key);
    if (m_recent.size() > mostRecent)
        m_recent.pop_back();
}

void GoToModel::filter()
{
    struct Match
    {
        int score;
        std::size_t number;
    };

    std::vector<Match> matches;
    for (std::size_t i = 0; i < m_all.size(); ++i) {
        const auto score = fuzzyScore(m_pattern, m_all[i].searched);
        if (score)
            matches.push_back({.score = *score, .number = i});
    }
    for (Match& match : matches) {
        const auto recent = std::find(m_recent.begin(), m_recent.end(), m_all[match.number].key);
        if (recent != m_recent.end())
            match.score += forRecent + static_cast<int>(m_recent.end() - recent);
    }
    const auto better = [](const Match& left, const Match& right) {
        return left.score != right.score ? left.score > right.score : left.number < right.number;
    };
    const std::size_t count = std::min(matches.size(), mostShown);
    std::partial_sort(matches.begin(),
                      matches.begin() + static_cast<std::ptrdiff_t>(count),
                      matches.end(),
                      better);
    beginResetModel();
    m_shown.clear();
    for (std::size_t i = 0; i < count; ++i)
        m_shown.push_back(matches[i].number);
    endResetModel();
}

const Destination* GoToModel::at(int row) const
{
    const auto position = static_cast<std::size_t>(row);
    return row >= 0 && position < m_shown.size() ? &m_all[m_shown[position]] : nullptr;
}

int GoToModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant GoToModel::data(const QModelIndex& index, int role) const
{
    const Destination* destination = at(index.row());
    if (destination == nullptr)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return destination->title;
    case Qt::ToolTipRole:
        return destination->disabledReason;
    case Qt::AccessibleTextRole:
        return QStringList{shownText(destination->kind),
                           destination->title,
                           destination->detail,
                           destination->shortcut,
                           destination->disabledReason}
            .filter(QRegularExpression(QStringLiteral(".")))
            .join(QStringLiteral(", "));
    default:
        return {};
    }
}

} // namespace sightglass
