// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/draw_picture.h"

#include "ui/graph/export.h"

#include <QApplication>
#include <QString>

#include <memory>

namespace sightglass {

namespace {

/// Widgets' style and fonts belong to the painting, so a whole application is needed; no display
/// is.
std::unique_ptr<QApplication> applicationIfNone()
{
    if (QCoreApplication::instance() != nullptr)
        return nullptr;
    // Remarks on desktop settings that are missing mean nothing here, and stderr is for our
    // sentences.
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    static int count = 1;
    static char name[] = "sightglass-cli";
    static char* arguments[] = {name, nullptr};
    return std::make_unique<QApplication>(count, arguments);
}

} // namespace

Result<void> drawPicture(const Inspection& inspection, const std::string& file, bool dark)
{
    const auto application = applicationIfNone();
    const ColorScheme scheme = dark ? ColorScheme::Dark : ColorScheme::Light;
    if (drawGraph(inspection, QString::fromStdString(file), scheme))
        return {};
    return failure(ErrorCode::NotReadable,
                   "Can't write " + printable(file) + ".",
                   "Name a folder that exists and that you may write to.");
}

} // namespace sightglass
