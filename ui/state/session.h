// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "ui/theme.h"

#include <QObject>
#include <QString>

#include <optional>
#include <utility>

namespace sightglass {

/// What the window shows beside the inspection: where it came from, and what went wrong on the way.
struct SessionState
{
    QString projectName; ///< empty: no project open
    QString projectPath; ///< folder or file as asked for; the key of what is kept per project
    QString section;     ///< alembic's -n
    QString demoTitle;   ///< empty: not a demo
    Environment environment = Environment::Unknown;
    QString target;                  ///< safe to show; empty: no database asked for
    bool hasProjectDatabase = false; ///< the project names a database of its own
    QString notice;                  ///< something to know that is no error; empty: nothing

    std::optional<Error> startError;    ///< opening something failed and nothing was changed
    std::optional<Error> filesError;    ///< the last reading of the files; what is shown is older
    std::optional<Error> databaseError; ///< the last reading of the database
    bool filesErrorRead = false;        ///< a person has put its bar away; what is shown stays stale
    bool databaseErrorRead = false;

    bool isOpen() const { return !projectName.isEmpty() || !target.isEmpty(); }

    friend bool operator==(const SessionState&, const SessionState&) = default;
};

/// The one SessionState of a window. The controller changes it, views look.
class Session : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    const SessionState& state() const { return m_state; }

    /// `edit` changes the state in place; changed() follows when anything differs.
    template <typename Edit>
    void update(Edit edit)
    {
        SessionState next = m_state;
        edit(next);
        if (next == m_state)
            return;
        m_state = std::move(next);
        Q_EMIT changed();
    }

Q_SIGNALS:
    void changed();

private:
    SessionState m_state;
};

} // namespace sightglass
