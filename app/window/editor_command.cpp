// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/editor_command.h"

#include <QFileInfo>
#include <QProcess>

#include <array>
#include <string_view>

namespace sightglass {

namespace {

/// How editors with a window take a line; %1 is the file, %2 the line.
struct EditorForm
{
    std::string_view program;
    std::array<std::string_view, 3> arguments;
};

constexpr std::array forms{EditorForm{"code", {"-g", "%1:%2"}},
                           EditorForm{"code-oss", {"-g", "%1:%2"}},
                           EditorForm{"codium", {"-g", "%1:%2"}},
                           EditorForm{"cursor", {"-g", "%1:%2"}},
                           EditorForm{"subl", {"%1:%2"}},
                           EditorForm{"zed", {"%1:%2"}},
                           EditorForm{"kate", {"-l", "%2", "%1"}},
                           EditorForm{"kwrite", {"-l", "%2", "%1"}},
                           EditorForm{"gedit", {"+%2", "%1"}},
                           EditorForm{"gnome-text-editor", {"+%2", "%1"}},
                           EditorForm{"gvim", {"+%2", "%1"}},
                           EditorForm{"emacs", {"+%2", "%1"}},
                           EditorForm{"pycharm", {"--line", "%2", "%1"}},
                           EditorForm{"idea", {"--line", "%2", "%1"}}};

QString filled(std::string_view form, const QString& file, int line)
{
    QString text;
    for (std::size_t i = 0; i < form.size(); ++i) {
        const bool place = form[i] == '%' && i + 1 < form.size();
        if (!place)
            text += QLatin1Char(form[i]);
        else
            text += form[++i] == '1' ? file : QString::number(line);
    }
    return text;
}

} // namespace

QString chosenEditor()
{
    const QString visual = qEnvironmentVariable("VISUAL");
    return visual.isEmpty() ? qEnvironmentVariable("EDITOR") : visual;
}

std::optional<EditorCommand> editorCommand(const QString& editor, const QString& file, int line)
{
    QStringList words = QProcess::splitCommand(editor);
    if (words.isEmpty() || line <= 0)
        return std::nullopt;
    const QString program = words.takeFirst();
    const std::string name = QFileInfo(program).fileName().toStdString();
    for (const EditorForm& form : forms) {
        if (form.program != name)
            continue;
        for (const std::string_view argument : form.arguments) {
            if (!argument.empty())
                words << filled(argument, file, line);
        }
        return EditorCommand{.program = program, .arguments = words};
    }
    return std::nullopt;
}

} // namespace sightglass
