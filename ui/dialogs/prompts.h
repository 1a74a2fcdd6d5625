// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>

class QWidget;

namespace sightglass {

struct FolderQuestion
{
    QString title;
    QString startAt; ///< empty: the home folder
};

struct Confirmation
{
    QString title; ///< what will happen: "Close with 2 jobs running"
    QString text;
    QStringList details;                     ///< one line each: what is concerned
    QString button;                          ///< verb and noun: "Stop and close"
    QString keep = QStringLiteral("Cancel"); ///< the default
};

struct Notice
{
    QString title;
    QString text; ///< shown in a fixed font, selectable
};

/// How the window asks. Every answer comes later, on the window thread, to a receiver that still
/// lives; a question that is closed answers with an empty text or false. Scripted in tests.
class Prompts
{
public:
    virtual ~Prompts() = default;

    virtual void chooseFolder(const FolderQuestion& question,
                              QObject* receiver,
                              std::function<void(const QString& folder)> answered) = 0;
    virtual void confirm(const Confirmation& question,
                         QObject* receiver,
                         std::function<void(bool agreed)> answered) = 0;
    /// Nothing is asked: text to read and to copy.
    virtual void show(const Notice& notice) = 0;
};

/// Questions as dialogs over `window`.
class DialogPrompts final : public Prompts
{
public:
    explicit DialogPrompts(QWidget* window);

    void chooseFolder(const FolderQuestion& question,
                      QObject* receiver,
                      std::function<void(const QString& folder)> answered) override;
    void confirm(const Confirmation& question,
                 QObject* receiver,
                 std::function<void(bool agreed)> answered) override;
    void show(const Notice& notice) override;

private:
    QWidget* m_window; ///< not owned; outlives this
};

} // namespace sightglass
