// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/run_context.h"
#include "core/live/connection_target.h"
#include "ui/jobs/job_runner.h"
#include "ui/state/requests.h"

#include <QDialog>

#include <array>
#include <functional>
#include <map>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace sightglass {

class EnvironmentBadge;

/// What a test of a connection showed.
struct ServerAnswer
{
    std::string version;
    std::string database;
    std::string user;
};

/// Opens a read-only session, asks who is there, and closes it. Runs on a thread of its own.
using ConnectionTest =
    std::function<Result<ServerAnswer>(const ConnectionTarget&, const RunContext&)>;

/// The desktop's keychain, as far as there is one.
struct PasswordMemory
{
    bool available = false;
    QString reason; ///< why it is not available
    /// Answers later, on the window thread; an empty text means nothing is kept.
    std::function<void(const QString& key, QObject* receiver, std::function<void(const QString&)>)>
        read;
    /// Answers with an empty text when the password was kept, else with a sentence.
    std::function<void(const QString& key,
                       const QString& password,
                       QObject* receiver,
                       std::function<void(const QString&)>)>
        write;
};

/// What the dialog starts with.
struct ConnectionQuestion
{
    QString target; ///< without a password
    Environment environment = Environment::Unknown;
    bool environmentIsKnown = false; ///< else it is guessed while typing
    QString projectTarget; ///< what the project's own setting names, safe to show; empty: none
    QString projectReason; ///< why the project's own setting can't be used
};

/// Where the database is. One address in any form and single fields that follow each other; a test
/// that says who answers; the environment.
class ConnectDialog : public QDialog
{
    Q_OBJECT

public:
    ConnectDialog(const ConnectionQuestion& question,
                  ConnectionTest test,
                  PasswordMemory memory,
                  JobRunner& runner,
                  QWidget* parent = nullptr);

Q_SIGNALS:
    void chosen(const sightglass::Request& request);

private:
    enum Field
    {
        Host,
        Port,
        Database,
        User,
        Password,
        Service,
        FieldCount
    };

    void createLayout(const ConnectionQuestion& question);
    void createFields(QFormLayout& form);
    void createEnvironment(QFormLayout& form);
    QWidget* createTestRow();
    QWidget* createButtons();
    void connectSignals();

    void followAddress();
    void followFields();
    void followEnvironment();
    void fillPasswordFromMemory();
    Result<ConnectionTarget> target() const;
    void showAddressProblem(const QString& sentence);
    void runTest();
    void showAnswer(const Result<ServerAnswer>& answer);
    void connectNow();
    void ask(const Request& request);
    QString passwordKey() const;

    ConnectionTest m_test;
    PasswordMemory m_memory;
    JobRunner& m_runner;
    bool m_environmentChosen = false;
    QString m_projectTarget;
    QString m_projectReason;
    std::map<std::string, std::string>
        m_otherParameters; ///< sslmode and the like, which have no field
    QLineEdit* m_address;
    QLabel* m_addressProblem;
    std::array<QLineEdit*, FieldCount> m_fields{};
    QComboBox* m_environment;
    EnvironmentBadge* m_badge;
    QCheckBox* m_remember;
    QLabel* m_memoryNote;
    QPushButton* m_testButton;
    QLabel* m_answer;
    QPushButton* m_useProject;
    QPushButton* m_connect;
};

} // namespace sightglass
