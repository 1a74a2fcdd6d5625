// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspection/inspection.h"

#include <QAbstractListModel>
#include <QString>

#include <memory>
#include <vector>

class QAction;

namespace sightglass {

class Actions;

/// One thing that can be gone to.
struct Destination
{
    enum class Kind
    {
        Revision,
        Table,
        Problem,
        Rule,
        Action
    };
    Kind kind = Kind::Revision;
    QString key; ///< stable: what "recent" remembers; a revision id, a table, an action's name
    QString title;
    QString detail;
    QString shortcut;
    QString disabledReason; ///< empty: it can be gone to
    QString revision;
    QString rule;
    int line = 0;
    QAction* action = nullptr;
    QString searched; ///< folded text that is matched
};

QString shownText(Destination::Kind kind);

/// Destinations that fit what is typed, best first; recent ones before that while nothing is typed.
class GoToModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    /// cost  linear in revisions, tables, findings; once an inspection.
    void setSources(const std::shared_ptr<const Inspection>& inspection, const Actions& actions);
    void setPattern(const QString& pattern);
    void remember(const Destination& destination);
    const Destination* at(int row) const;

    std::size_t destinationCount() const { return m_all.size(); }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    void addRevisions(const Inspection& inspection);
    void addTables(const Inspection& inspection);
    void addProblems(const Inspection& inspection);
    void addRules();
    void addActions(const Actions& actions);
    void add(Destination destination);
    void filter();

    std::vector<Destination> m_all;
    std::vector<std::size_t> m_shown;
    std::vector<QString> m_recent; ///< keys, newest first
    QString m_pattern;
};

} // namespace sightglass
