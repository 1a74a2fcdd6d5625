// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QObject>
#include <QString>

#include <memory>
#include <string>
#include <string_view>

namespace sightglass {

enum class LogLevel
{
    Debug,
    Info,
    Warn,
    Error
};

/// The program's log: a rotating file and whoever listens. Passwords in URLs and keyword strings
/// are replaced at the sink, and so is every text that hide() was told. Thread safe.
class Logging : public QObject
{
    Q_OBJECT

public:
    /// `folder` is made when it is missing; empty means no file.
    explicit Logging(const QString& folder, QObject* parent = nullptr);
    ~Logging() override;

    /// <state folder>/sightglass, or $SIGHTGLASS_LOGS where it is set.
    static QString defaultFolder();

    /// `logger` is the module's name.
    void write(LogLevel level, std::string_view logger, std::string_view text);
    /// From now on this text never reaches a sink; short texts below four bytes are refused, they
    /// would blacken every line.
    void hide(const std::string& secret);
    /// Writes what is buffered to the file.
    void flush();
    /// Why there is no file; empty when there is one, or none was asked for.
    QString fileProblem() const;

Q_SIGNALS:
    /// On the thread of this object, in order.
    void
    logged(const QDateTime& time, const QString& level, const QString& logger, const QString& text);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace sightglass
