// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace sightglass {

/// A program to start.
struct EditorCommand
{
    QString program;
    QStringList arguments;

    friend bool operator==(const EditorCommand&, const EditorCommand&) = default;
};

/// What a person has set as their editor: VISUAL, else EDITOR; empty: nothing.
QString chosenEditor();

/// How `editor` ("code", "/usr/bin/kate -n") opens a file at a line. Nothing where it has no window
/// of its own, or is not known to take a line: the desktop opens the file then.
std::optional<EditorCommand> editorCommand(const QString& editor, const QString& file, int line);

} // namespace sightglass
