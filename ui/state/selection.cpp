// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/selection.h"

namespace sightglass {

namespace {
constexpr std::size_t longestHistory = 200;
}

void Selection::set(const QString& id, int line)
{
    m_revision = id;
    m_line = line;
    Q_EMIT changed();
}

void Selection::selectRevision(const QString& id, int line)
{
    if (id == m_revision && line == m_line)
        return;
    if (!id.isEmpty() && id != m_revision) {
        if (m_position + 1 < m_history.size())
            m_history.resize(m_position + 1);
        if (m_history.size() == longestHistory)
            m_history.erase(m_history.begin());
        m_history.push_back(id);
        m_position = m_history.size() - 1;
    }
    set(id, line);
}

void Selection::jumpToRevision(const QString& id, int line)
{
    selectRevision(id, line);
    Q_EMIT jumped();
}

void Selection::goBack()
{
    if (!canGoBack())
        return;
    set(m_history[--m_position], 0);
    Q_EMIT jumped();
}

void Selection::goForward()
{
    if (!canGoForward())
        return;
    set(m_history[++m_position], 0);
    Q_EMIT jumped();
}

void Selection::clear()
{
    m_history.clear();
    m_position = 0;
    set({}, 0);
}

} // namespace sightglass
