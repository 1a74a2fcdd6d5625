// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTest>

#include <string>

namespace sightglass::tests {

/// Another session, of psql, that holds ACCESS EXCLUSIVE on a table while this object lives.
class LockHolder
{
public:
    LockHolder(const std::string& conninfo, const std::string& table)
    {
        m_psql.start(QStringLiteral("psql"),
                     {QStringLiteral("-XqAtd"), QString::fromStdString(conninfo)});
        m_psql.write(QByteArray::fromStdString("BEGIN; LOCK TABLE " + table +
                                               " IN ACCESS EXCLUSIVE MODE; SELECT 'held';\n"));
        constexpr int patience = 20'000;
        while (!m_said.contains("held") && m_psql.waitForReadyRead(patience))
            m_said += m_psql.readAllStandardOutput();
    }

    ~LockHolder()
    {
        m_psql.closeWriteChannel();
        m_psql.waitForFinished();
    }

    LockHolder(const LockHolder&) = delete;
    LockHolder& operator=(const LockHolder&) = delete;

    bool isHeld() const { return m_said.contains("held"); }

    std::string error() const { return "psql said: " + m_said.toStdString(); }

private:
    QProcess m_psql;
    QByteArray m_said;
};

} // namespace sightglass::tests
