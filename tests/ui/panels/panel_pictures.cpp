// SPDX-License-Identifier: GPL-3.0-or-later
// Saves a picture of every panel into the folder named on the command line, light and dark, for
// people to look at. The scale is QT_SCALE_FACTOR's.
#include "tests/ui/panels/panel_fixture.h"
#include "tests/ui/panels/sample_inspections.h"
#include "ui/panels/diagnosis/diagnosis_banner.h"
#include "ui/panels/diagnosis/diagnosis_panel.h"
#include "ui/panels/inspector/inspector_panel.h"
#include "ui/panels/log/log_panel.h"
#include "ui/panels/problems/problems_panel.h"
#include "ui/panels/revisions/revisions_panel.h"
#include "ui/widgets/chip_button.h"

#include <QApplication>
#include <QDir>
#include <QTest>

#include <cstdio>

using namespace sightglass;
using namespace sightglass::tests;

namespace {

class Studio
{
public:
    Studio(QString folder, ColorScheme scheme)
        : m_folder(std::move(folder))
        , m_suffix(scheme == ColorScheme::Light ? QStringLiteral("light") : QStringLiteral("dark"))
        , m_fixture(scheme)
    {
        useApplicationLook(m_fixture.theme);
    }

    void take(QWidget& panel, const QString& name, const QSize& size)
    {
        panel.resize(size);
        panel.show();
        QTest::qWait(120); // the source is read by a worker
        const QString file = QStringLiteral("%1/%2-%3-%4x.png")
                                 .arg(m_folder, name, m_suffix)
                                 .arg(panel.devicePixelRatioF());
        if (!panel.grab().save(file))
            std::fprintf(stderr, "can't write %s\n", qPrintable(file));
        panel.hide();
    }

    void takeRevisions()
    {
        RevisionsPanel panel(m_fixture.context());
        m_fixture.open(brokenChain());
        m_fixture.selection.selectRevision(QStringLiteral("3b7a1d2e4f56"));
        take(panel, QStringLiteral("revisions"), {300, 540});
        take(panel, QStringLiteral("revisions-wide"), {900, 420});
        m_fixture.open(inspectionOf(
            "a; b <- a; c <- a; d <- b, c; e <- d; f <- d; g <- e +f; h <- f [web]; i <- g, h; "
            "j <- a; k <- j; l <- j; m <- k, l"));
        take(panel, QStringLiteral("revisions-branched"), {300, 440});
        m_fixture.open(unknownRow());
        take(panel, QStringLiteral("revisions-unknown"), {300, 240});
    }

    void takeInspector()
    {
        JobRunner jobs;
        InspectorPanel panel(m_fixture.context(), jobs, [](const std::string&) {
            return Result<std::string>(sampleSource());
        });
        m_fixture.open(brokenChain());
        m_fixture.selection.selectRevision(QStringLiteral("3b7a1d2e4f56"));
        take(panel, QStringLiteral("inspector-overview"), {430, 640});
        panel.setPage(InspectorPanel::Page::Source);
        m_fixture.selection.selectRevision(QStringLiteral("3b7a1d2e4f56"), 31);
        take(panel, QStringLiteral("inspector-source"), {560, 700});
        panel.setPage(InspectorPanel::Page::Findings);
        m_fixture.selection.selectRevision(QStringLiteral("2a3f4c9d1cde"));
        take(panel, QStringLiteral("inspector-findings"), {430, 540});
        panel.setPage(InspectorPanel::Page::Overview);
        m_fixture.selection.selectRevision(QStringLiteral("189b1231afd4"));
        take(panel, QStringLiteral("inspector-ghost"), {430, 540});
    }

    void takeTheRest()
    {
        m_fixture.open(brokenChain());
        ProblemsPanel problems(m_fixture.context());
        take(problems, QStringLiteral("problems"), {1440, 230});
        problems.selectNext();
        problems.findChild<ChipButton*>(QStringLiteral("problemDetailsButton"))->setChecked(true);
        take(problems, QStringLiteral("problems-details"), {1200, 260});
        QWidget frame;
        DiagnosisBanner banner(m_fixture.context());
        m_fixture.open(brokenChain());
        take(banner, QStringLiteral("banner"), {1440, 52});
        take(banner, QStringLiteral("banner-narrow"), {700, banner.heightForWidth(700)});
        DiagnosisPanel diagnosis(m_fixture.context());
        diagnosis.show();
        diagnosis.completeNow();
        take(diagnosis, QStringLiteral("diagnosis"), {1440, 760});
        take(diagnosis, QStringLiteral("diagnosis-narrow"), {640, 900});
        m_fixture.open(inspectionOf("a; b <- a"));
        diagnosis.completeNow();
        take(diagnosis, QStringLiteral("diagnosis-files"), {900, 400});
        take(banner, QStringLiteral("banner-quiet"), {1440, 52});
        LogPanel log(m_fixture.theme);
        for (const QString& level :
             {QStringLiteral("info"), QStringLiteral("warning"), QStringLiteral("error")})
            log.append({QDateTime::currentDateTime(),
                        level,
                        QStringLiteral("scripts"),
                        QStringLiteral("14 files read in 6 ms")});
        take(log, QStringLiteral("log"), {900, 200});
    }

private:
    QString m_folder;
    QString m_suffix;
    PanelFixture m_fixture;
};

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    if (argc != 2) {
        std::fprintf(stderr, "usage: panel_pictures FOLDER\n");
        return 2;
    }
    const QString folder = QString::fromLocal8Bit(argv[1]);
    QDir().mkpath(folder);
    for (const ColorScheme scheme : {ColorScheme::Light, ColorScheme::Dark}) {
        Studio studio(folder, scheme);
        studio.takeRevisions();
        studio.takeInspector();
        studio.takeTheRest();
    }
    return 0;
}
