// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/application.h"
#include "app/window/picture_run.h"
#include "ui/text.h"

#include <QApplication>

#include <csignal>
#include <cstdio>

namespace sightglass {

namespace {

/// Files, a demo's server, a database and a layout of any size that is worth a picture.
constexpr std::chrono::minutes pictureLimit{3};

bool hasDisplay()
{
    return !qEnvironmentVariableIsEmpty("DISPLAY") ||
           !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
}

void choosePlatform(const WindowOptions& options)
{
#ifdef Q_OS_LINUX
    if (options.isPictureRun() && !hasDisplay() && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
#endif
}

int runPicture(Application& application, const WindowOptions& options)
{
    PictureRun run(application, options, pictureLimit);
    QObject::connect(
        &run, &PictureRun::finished, &application, [](int status, const QString& sentence) {
            if (!sentence.isEmpty())
                std::fprintf(stderr, "sightglass: %s\n", toStd(sentence).c_str());
            QCoreApplication::exit(status);
        });
    return QApplication::exec();
}

} // namespace

int runWindow(int argc, char** argv)
{
    const auto parsed = parseWindowOptions({argv + 1, argv + argc});
    if (const auto* text = std::get_if<PrintAndLeave>(&parsed)) {
        std::fputs(text->text.c_str(), text->status == 0 ? stdout : stderr);
        return text->status;
    }
    const WindowOptions& options = std::get<WindowOptions>(parsed);
    choosePlatform(options);
    QApplication qt(argc, argv);
    QApplication::setApplicationName(QStringLiteral("sightglass"));
    QApplication::setApplicationDisplayName(QString());
    QApplication::setDesktopFileName(QStringLiteral("sightglass"));
    QApplication::setApplicationVersion(QStringLiteral(SIGHTGLASS_VERSION));
    const bool picture = options.isPictureRun();
    // A picture is the same whoever asks for it: nothing kept is read, nothing is kept.
    Application application(qt,
                            {.settingsFile = picture ? QString() : WindowSettings::defaultFile(),
                             .logFolder = picture ? QString() : Logging::defaultFolder()});
    application.start(options);
    return picture ? runPicture(application, options) : QApplication::exec();
}

} // namespace sightglass
