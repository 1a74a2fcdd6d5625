// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/logging.h"

#include "core/base/error.h"
#include "core/live/connection_target.h"
#include "ui/text.h"

#include <QDir>
#include <QMetaObject>

#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>

#include <mutex>
#include <vector>

namespace sightglass {

namespace {

constexpr std::size_t largestFile = 2 * 1024 * 1024;
constexpr std::size_t filesKept = 3;
constexpr std::size_t shortestSecret = 4;

spdlog::level::level_enum toSpdlog(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug:
        return spdlog::level::debug;
    case LogLevel::Info:
        return spdlog::level::info;
    case LogLevel::Warn:
        return spdlog::level::warn;
    case LogLevel::Error:
        return spdlog::level::err;
    }
    return spdlog::level::info;
}

void replaceAll(std::string& text, const std::string& what)
{
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 3))
        text.replace(at, what.size(), "***");
}

QString wordOf(spdlog::level::level_enum level)
{
    switch (level) {
    case spdlog::level::debug:
        return QStringLiteral("debug");
    case spdlog::level::warn:
        return QStringLiteral("warn");
    case spdlog::level::err:
        return QStringLiteral("error");
    default:
        return QStringLiteral("info");
    }
}

/// The only sink that loggers know: takes the secrets out, then hands on to the file and to the
/// window.
class RedactingSink final : public spdlog::sinks::base_sink<std::mutex>
{
public:
    RedactingSink(Logging& target, std::shared_ptr<spdlog::sinks::sink> file)
        : m_target(target)
        , m_file(std::move(file))
    {}

    void hide(const std::string& secret)
    {
        const std::lock_guard lock(mutex_);
        m_secrets.push_back(secret);
    }

protected:
    void sink_it_(const spdlog::details::log_msg& message) override
    {
        std::string text(message.payload.data(), message.payload.size());
        for (const std::string& secret : m_secrets)
            replaceAll(text, secret);
        text = printable(withoutSecrets(text));
        const std::string logger(message.logger_name.data(), message.logger_name.size());
        if (m_file)
            m_file->log(spdlog::details::log_msg(message.time, {}, logger, message.level, text));
        const auto milliseconds =
            std::chrono::duration_cast<std::chrono::milliseconds>(message.time.time_since_epoch());
        QMetaObject::invokeMethod(
            &m_target,
            [target = &m_target,
             at = static_cast<qint64>(milliseconds.count()),
             level = wordOf(message.level),
             name = toQString(std::string_view(logger)),
             shown = toQString(std::string_view(text))] {
                Q_EMIT target->logged(QDateTime::fromMSecsSinceEpoch(at), level, name, shown);
            },
            Qt::QueuedConnection);
    }

    void flush_() override
    {
        if (m_file)
            m_file->flush();
    }

private:
    Logging& m_target;
    std::shared_ptr<spdlog::sinks::sink> m_file;
    std::vector<std::string> m_secrets;
};

} // namespace

struct Logging::State
{
    std::shared_ptr<RedactingSink> sink;
    QString fileProblem;
};

Logging::Logging(const QString& folder, QObject* parent)
    : QObject(parent)
    , m_state(std::make_unique<State>())
{
    std::shared_ptr<spdlog::sinks::sink> file;
    if (!folder.isEmpty()) {
        QDir().mkpath(folder);
        // spdlog throws where a file can't be opened; the program goes on without one.
        try {
            file = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
                toStd(folder) + "/sightglass.log", largestFile, filesKept);
            file->set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %n: %v");
        } catch (const spdlog::spdlog_ex& problem) {
            m_state->fileProblem = toQString(std::string_view(problem.what()));
        }
    }
    m_state->sink = std::make_shared<RedactingSink>(*this, std::move(file));
}

Logging::~Logging()
{
    flush();
}

QString Logging::defaultFolder()
{
    const QString given = qEnvironmentVariable("SIGHTGLASS_LOGS");
    if (!given.isEmpty())
        return given;
    // Qt 6.4 does not know the state folder of the XDG directories yet.
    const QString state = qEnvironmentVariable("XDG_STATE_HOME");
    return (state.isEmpty() ? QDir::homePath() + QStringLiteral("/.local/state") : state) +
           QStringLiteral("/sightglass");
}

void Logging::write(LogLevel level, std::string_view logger, std::string_view text)
{
    const std::string name(logger);
    m_state->sink->log(spdlog::details::log_msg(
        name, toSpdlog(level), spdlog::string_view_t(text.data(), text.size())));
    if (level == LogLevel::Error || level == LogLevel::Warn)
        m_state->sink->flush();
}

void Logging::hide(const std::string& secret)
{
    if (secret.size() >= shortestSecret)
        m_state->sink->hide(secret);
}

void Logging::flush()
{
    m_state->sink->flush();
}

QString Logging::fileProblem() const
{
    return m_state->fileProblem;
}

} // namespace sightglass
