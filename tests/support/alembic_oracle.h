// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QProcess>

namespace sightglass::tests {

/// One Python process with real Alembic that answers JSON with JSON, a line each.
class AlembicOracle
{
public:
    ~AlembicOracle();

    /// Starts a script of this repository's tests that answers lines:
    /// "differential/graph/oracle.py". False where Debian's Python has no Alembic; error() says
    /// what it said.
    bool start(const QString& script);
    /// "error" and "message" when no answer came within the limit; from then on always.
    QJsonObject ask(const QJsonObject& request);

    QString error() { return QString::fromUtf8(m_process.readAllStandardError()); }

private:
    QProcess m_process;
};

} // namespace sightglass::tests
