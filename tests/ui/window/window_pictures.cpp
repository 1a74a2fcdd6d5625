// SPDX-License-Identifier: GPL-3.0-or-later
// Saves pictures of the dialogs and of what lies over the window into the folder named on the
// command line, light and dark, for people to look at. The scale is QT_SCALE_FACTOR's.
#include "tests/ui/window/fixture.h"
#include "ui/dialogs/connect_dialog.h"
#include "ui/dialogs/shortcut_sheet.h"
#include "ui/go_to/go_to_palette.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QTest>

#include <cstdio>

namespace sightglass {

namespace {

constexpr int patience = 10000;

class WindowStudio
{
public:
    WindowStudio(QString folder, ThemeChoice theme)
        : m_folder(std::move(folder))
        , m_suffix(theme == ThemeChoice::Light ? QStringLiteral("light") : QStringLiteral("dark"))
    {
        WindowOptions options;
        options.project = m_fixture.writeProject(QStringLiteral("shop"), 12).toStdString();
        options.theme = theme;
        m_application = m_fixture.open(options);
        m_read = QTest::qWaitFor([this] { return m_application->store().current() != nullptr; },
                                 patience);
    }

    /// False when the project could not be read.
    bool takeAll()
    {
        if (!m_read)
            return false;
        MainWindow& window = m_application->window();
        window.resize(1200, 760);
        QTest::qWait(200);
        QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
        QTest::qWait(50);
        if (auto* palette = window.findChild<GoToPalette*>()) {
            QTest::keyClicks(palette->findChild<QLineEdit*>(), QStringLiteral("r0000"));
            QTest::qWait(100);
        }
        take(window, QStringLiteral("go-to"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        takeDialog("connect");
        takeDialog("shortcuts");
        takeQuestion();
        return true;
    }

private:
    void takeDialog(const char* action)
    {
        m_application->window().actions().find(QString::fromLatin1(action))->trigger();
        QTest::qWait(200);
        for (QWidget* each : QApplication::topLevelWidgets()) {
            auto* dialog = qobject_cast<QDialog*>(each);
            if (dialog == nullptr || !dialog->isVisible())
                continue;
            take(*dialog, QString::fromLatin1(action));
            dialog->reject();
        }
        QTest::qWait(50);
    }

    void takeQuestion()
    {
        DialogPrompts prompts(&m_application->window());
        prompts.confirm({.title = QStringLiteral("Close with 2 jobs running"),
                         .text = QStringLiteral("They stop where they are; nothing is half done."),
                         .details = {QStringLiteral("Reading the operations of 161 files"),
                                     QStringLiteral("Reading the database shop")},
                         .button = QStringLiteral("Stop and close")},
                        &m_application->window(),
                        [](bool) {});
        QTest::qWait(200);
        for (QWidget* each : QApplication::topLevelWidgets()) {
            if (auto* dialog = qobject_cast<QDialog*>(each); dialog && dialog->isVisible()) {
                take(*dialog, QStringLiteral("question"));
                dialog->reject();
            }
        }
    }

    void take(QWidget& widget, const QString& name)
    {
        const QString file = QStringLiteral("%1/%2-%3-%4x.png")
                                 .arg(m_folder, name, m_suffix)
                                 .arg(widget.devicePixelRatioF());
        if (!widget.grab().save(file))
            std::fprintf(stderr, "can't write %s\n", qPrintable(file));
    }

    QString m_folder;
    QString m_suffix;
    WindowFixture m_fixture;
    std::unique_ptr<Application> m_application;
    bool m_read = false;
};

} // namespace

} // namespace sightglass

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    if (argc != 2) {
        std::fprintf(stderr, "usage: window_pictures FOLDER\n");
        return 2;
    }
    const QString folder = QString::fromLocal8Bit(argv[1]);
    QDir().mkpath(folder);
    using sightglass::ThemeChoice;
    for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
        if (!sightglass::WindowStudio(folder, theme).takeAll()) {
            std::fprintf(stderr, "the project could not be read\n");
            return 1;
        }
    }
    return 0;
}
