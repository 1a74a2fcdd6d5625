// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/alembic_oracle.h"

#include <QJsonDocument>
#include <QProcessEnvironment>

namespace sightglass::tests {

namespace {

constexpr int answerLimitMs = 120'000;

} // namespace

AlembicOracle::~AlembicOracle()
{
    m_process.closeWriteChannel();
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(5'000)) {
        m_process.kill();
        m_process.waitForFinished(5'000);
    }
}

bool AlembicOracle::start(const QString& script)
{
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PYTHONHASHSEED"), QStringLiteral("0"));
    environment.insert(QStringLiteral("PYTHONDONTWRITEBYTECODE"), QStringLiteral("1"));
    m_process.setProcessEnvironment(environment);
    m_process.start(QStringLiteral("/usr/bin/python3"),
                    {QStringLiteral(SIGHTGLASS_SOURCE_DIR "/tests/") + script});
    return m_process.waitForStarted(10'000) &&
           !ask({{QStringLiteral("ask"), QStringLiteral("version")}})
                .contains(QStringLiteral("error"));
}

QJsonObject AlembicOracle::ask(const QJsonObject& request)
{
    m_process.write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(answerLimitMs)) {
            // An answer that comes too late would be taken for that of the next question.
            m_process.kill();
            m_process.waitForFinished();
            return {{QStringLiteral("error"), QStringLiteral("Timeout")},
                    {QStringLiteral("message"), QStringLiteral("the oracle did not answer")}};
        }
    }
    return QJsonDocument::fromJson(m_process.readLine()).object();
}

} // namespace sightglass::tests
