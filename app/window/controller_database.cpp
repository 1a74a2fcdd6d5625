// SPDX-License-Identifier: GPL-3.0-or-later
// Controller: which database is looked at, and when it is read.
#include "app/window/controller.h"
#include "app/window/controller_subjects.h"
#include "app/window/database_reading.h"
#include "app/window/logging.h"
#include "app/window/wizards.h"
#include "ui/state/environment.h"
#include "ui/text.h"

namespace sightglass {

void Controller::connectDatabase(const std::string& text, Environment environment)
{
    auto target = parseConnectionTarget(text);
    if (!target) {
        m_parts.session.update([&](SessionState& state) { state.startError = target.error(); });
        return;
    }
    m_parts.log.hide(target->value("password"));
    m_target = std::move(*target);
    m_live.reset();
    m_visit.reset();
    m_liveError.reset();
    m_refreshError.reset();
    m_parts.session.update([&](SessionState& state) {
        state.target = toQString(m_target->shown);
        state.environment = environment;
        state.databaseError.reset();
        state.startError.reset();
        state.notice.clear();
        if (!m_target->dropped.empty()) {
            QStringList keys;
            for (const std::string& key : m_target->dropped)
                keys.append(toQString(std::string_view(key)));
            state.notice =
                QStringLiteral("Left out of the address, because PostgreSQL does not know it: %1.")
                    .arg(keys.join(QStringLiteral(", ")));
        }
    });
    // What the version table is called stands in the files, so they come first.
    m_databaseWaits = m_parts.runner.isRunning(subjects::files);
    if (!m_databaseWaits)
        readDatabase();
}

void Controller::connectProjectDatabase()
{
    if (!m_scripts)
        return;
    const ReadFact& url = m_scripts->project.databaseUrl;
    if (!url.value.isKnown() || url.value.value().empty()) {
        const std::string reason =
            url.value.isKnown() ? "it is empty or a placeholder" : url.value.reason();
        m_parts.session.update([&](SessionState& state) {
            state.startError =
                Error{.code = ErrorCode::NotFound,
                      .message = "The project's sqlalchemy.url can't be used: " + reason + ".",
                      .nextStep = "Type the address under Connect."};
        });
        return;
    }
    const auto target = parseConnectionTarget(url.value.value());
    connectDatabase(url.value.value(), target ? guessEnvironment(*target) : Environment::Unknown);
}

void Controller::forgetDatabase()
{
    m_parts.runner.stop(subjects::database);
    m_databaseWaits = false;
    m_target.reset();
    m_live.reset();
    m_visit.reset();
    m_liveError.reset();
    m_refreshError.reset();
    m_parts.session.update([](SessionState& state) {
        state.target.clear();
        state.environment = Environment::Unknown;
        state.databaseError.reset();
        state.notice.clear();
    });
}

void Controller::disconnect()
{
    forgetDatabase();
    if (m_request.start.empty())
        closeProject();
    else if (m_scripts)
        assemble();
}

VersionTableHint Controller::versionTableHint() const
{
    if (!m_scripts)
        return {};
    const auto text = [](const ReadFact& fact) {
        return fact.value.isKnown() ? fact.value.value() : std::string();
    };
    return {.table = text(m_scripts->project.versionTable),
            .schema = text(m_scripts->project.versionTableSchema)};
}

void Controller::readDatabase()
{
    m_databaseWaits = false;
    m_hintRead = versionTableHint();
    m_parts.log.write(LogLevel::Info, "database", "Reading the catalog of " + m_target->shown);
    m_parts.runner.start(
        subjects::database,
        this,
        [target = *m_target, hint = m_hintRead](const RunContext& run) {
            return readDatabaseState(target, hint, run);
        },
        [this](Result<LiveState> result) { takeDatabase(std::move(result)); });
}

void Controller::takeDatabase(Result<LiveState> result)
{
    if (!result && isCancelled(result.error()))
        return;
    if (result) {
        m_parts.log.write(LogLevel::Info,
                          "database",
                          std::to_string(result->schema.tables.size()) + " tables read in " +
                              std::to_string(result->duration.count()) + " ms");
        m_live = std::make_shared<const LiveState>(std::move(*result));
        m_visit.reset();
        m_liveError.reset();
        m_refreshError.reset();
        m_parts.session.update([](SessionState& state) { state.databaseError.reset(); });
    } else {
        m_parts.log.write(LogLevel::Error, "database", toText(result.error()));
        // An older catalog stays in sight, with the error above it; without one the reason is data.
        (m_live ? m_refreshError : m_liveError) = result.error();
        m_parts.session.update([&](SessionState& state) {
            state.databaseError = result.error();
            state.databaseErrorRead = false;
        });
    }
    if (!m_scripts) {
        m_scripts = std::make_shared<const Scripts>();
        m_parts.session.update([](SessionState& state) {
            state.notice = QStringLiteral(
                "No migrations folder is open. Open one to compare it with this database.");
        });
    }
    assemble();
}

void Controller::startIncident(const QString& name)
{
    m_parts.log.write(LogLevel::Info, "demo", "Starting the demo " + toStd(name));
    m_parts.runner.start(
        subjects::demo,
        this,
        [wanted = toStd(name)](const RunContext& run) { return startDemo(wanted, run); },
        [this](Result<RunningDemo> result) { takeDemo(std::move(result)); });
}

void Controller::takeDemo(Result<RunningDemo> result)
{
    if (!result) {
        m_parts.log.write(LogLevel::Error, "demo", toText(result.error()));
        if (!isCancelled(result.error()))
            m_parts.session.update([&](SessionState& state) { state.startError = result.error(); });
        return;
    }
    const bool hasDatabase = !result->dsn.empty();
    const std::string dsn = result->dsn;
    const QString project = toQString(result->project);
    m_nextDemo = std::make_shared<RunningDemo>(std::move(*result));
    forgetDatabase();
    openProject({.path = project});
    if (hasDatabase)
        connectDatabase(dsn, Environment::Ephemeral);
}

void Controller::endDemo()
{
    if (!m_demo)
        return;
    // Stopping a server takes a moment; the window does not wait for it.
    m_parts.runner.start(
        QStringLiteral("end of demo"),
        this,
        [demo = std::move(m_demo)](const RunContext&) {
            demo->server.reset();
            return true;
        },
        [](bool) {});
    m_demo.reset();
}

WizardDesk Controller::desk() const
{
    const auto& inspection = m_parts.store.current();
    const bool isWhole = inspection != nullptr && inspection->live != nullptr &&
                         inspection->history != nullptr && m_target.has_value();
    return isWhole ? deskFor(inspection, *m_target) : WizardDesk();
}

QString Controller::conninfoWithoutPassword() const
{
    if (!m_target || m_demo)
        return {};
    ConnectionTarget shown = *m_target;
    for (const char* secret : {"password", "sslpassword", "sslkey"})
        shown.parameters.erase(secret);
    return toQString(std::string_view(toConninfo(shown)));
}

} // namespace sightglass
