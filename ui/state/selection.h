// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <vector>

namespace sightglass {

/// What is selected: one truth for all panels. A revision is known by its id (a missing one too),
/// so a selection outlives a reload.
class Selection : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    QString revision() const { return m_revision; }

    /// Line of the revision's file to look at; 0 none.
    int line() const { return m_line; }

    bool canGoBack() const { return m_position > 0; }

    bool canGoForward() const { return m_position + 1 < m_history.size(); }

public Q_SLOTS:
    void selectRevision(const QString& id, int line = 0);
    /// The same, and every view brings it into sight and shows it once.
    void jumpToRevision(const QString& id, int line = 0);
    void goBack();
    void goForward();
    void clear();

Q_SIGNALS:
    void changed();
    void jumped();

private:
    void set(const QString& id, int line);

    QString m_revision;
    int m_line = 0;
    std::vector<QString> m_history;
    std::size_t m_position = 0;
};

} // namespace sightglass
