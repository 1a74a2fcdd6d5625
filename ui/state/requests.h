// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QObject>
#include <QString>

#include <variant>

namespace sightglass {

struct OpenProject
{
    QString path;
    QString section;
};

struct ConnectDatabase
{
    QString target; ///< as typed: URI, keyword string, SQLAlchemy URL
    Environment environment = Environment::Unknown;
};

struct ConnectProjectDatabase
{}; ///< the project's own sqlalchemy.url

struct Disconnect
{};

struct ReloadFiles
{};

struct ReloadDatabase
{};

struct StartDemoIncident
{
    QString name;
};

struct CloseProject
{}; ///< back to the start page

struct OpenInEditor
{
    QString file;
    int line = 0;
};

struct StopWork
{};

struct RememberDatabase
{}; ///< the database is the one that was meant; what was noticed of it is put aside

struct ShowConnectDialog
{}; ///< a panel offers to connect; the window asks for the target

struct ShowStampWizard
{
    QString revisions; ///< offered first; empty: none
    bool purge = false;
};

struct ShowRule
{
    QString rule; ///< id; its page is shown
};

struct ReviewBranch
{
    QString reference; ///< of git; what was added since the branch parted from it is reviewed
};

struct CloseReview
{}; ///< back from the review of a branch

using Request = std::variant<OpenProject,
                             ConnectDatabase,
                             ConnectProjectDatabase,
                             Disconnect,
                             ReloadFiles,
                             ReloadDatabase,
                             StartDemoIncident,
                             CloseProject,
                             OpenInEditor,
                             StopWork,
                             RememberDatabase,
                             ShowConnectDialog,
                             ShowStampWizard,
                             ShowRule,
                             ReviewBranch,
                             CloseReview>;

/// Where views put what they ask for; the application listens.
class Requests : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    void ask(const Request& request) { Q_EMIT asked(request); }

Q_SIGNALS:
    void asked(const sightglass::Request& request);
};

} // namespace sightglass
