// SPDX-License-Identifier: GPL-3.0-or-later
// Compiled where QtKeychain exists; secret_store_none.cpp else.
#include "app/window/secret_store.h"

#include <QPointer>
#include <qt6keychain/keychain.h>

namespace sightglass {

namespace {

const QString service = QStringLiteral("sightglass");

void readPassword(const QString& key,
                  QObject* receiver,
                  std::function<void(const QString&)> answered)
{
    auto* job = new QKeychain::ReadPasswordJob(service);
    job->setInsecureFallback(false);
    job->setKey(key);
    QObject::connect(job, &QKeychain::Job::finished, receiver, [job, answered](QKeychain::Job*) {
        answered(job->error() == QKeychain::NoError ? job->textData() : QString());
    });
    job->start();
}

void writePassword(const QString& key,
                   const QString& password,
                   QObject* receiver,
                   std::function<void(const QString&)> answered)
{
    auto* job = new QKeychain::WritePasswordJob(service);
    job->setInsecureFallback(false);
    job->setKey(key);
    job->setTextData(password);
    QObject::connect(job, &QKeychain::Job::finished, receiver, [job, answered](QKeychain::Job*) {
        answered(job->error() == QKeychain::NoError ? QString()
                                                    : job->errorString() + QLatin1Char('.'));
    });
    job->start();
}

} // namespace

PasswordMemory keychainMemory()
{
    // A keychain of a desktop is reached over the session bus; without one every job would wait for
    // it.
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
        return {.available = false,
                .reason = QStringLiteral(
                    "no keychain runs in this session. Use a password file (~/.pgpass) instead.")};
    return {.available = true, .read = readPassword, .write = writePassword};
}

} // namespace sightglass
