// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/private_server.h"
#include "tests/ui/window/fixture.h"
#include "ui/text.h"
#include "ui/wizard/wizard.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTest>

namespace sightglass {

namespace {

constexpr int patience = 60'000;
/// Its name says that it has to be confirmed by a phrase.
const char* const database = "shop_prod";

QString writeShop(const WindowFixture& fixture)
{
    const QString project = fixture.writeProject(QStringLiteral("shop"), 0);
    const std::array<const char*, 2> bodies{
        "op.create_table('orders', sa.Column('id', sa.Integer(), nullable=False))",
        "op.add_column('orders', sa.Column('note', sa.Text()))"};
    for (int number = 0; number < 2; ++number) {
        const QString id = WindowFixture::revisionId(number);
        const QString down =
            number == 0 ? QStringLiteral("None")
                        : QStringLiteral("'%1'").arg(WindowFixture::revisionId(number - 1));
        WindowFixture::writeFile(
            QStringLiteral("%1/migrations/versions/%2_step.py").arg(project, id),
            QStringLiteral("\"\"\"step\"\"\"\nfrom alembic import op\nimport sqlalchemy as sa\n\n"
                           "revision = '%1'\ndown_revision = %2\n\n\ndef upgrade():\n    %3\n\n\n"
                           "def downgrade():\n    pass\n")
                .arg(id, down, QLatin1String(bodies[static_cast<std::size_t>(number)]))
                .toUtf8());
    }
    return project;
}

bool isComplete(Application& application)
{
    const auto& inspection = application.store().current();
    return inspection && inspection->live && inspection->history &&
           application.controller().isIdle();
}

/// The version rows as the window read them last.
QString rowsOf(Application& application)
{
    QStringList rows;
    for (const VersionTable& table : application.store().current()->live->versionTables) {
        for (const std::string& row : table.rows)
            rows << toQString(row);
    }
    return rows.join(QLatin1Char(' '));
}

Wizard* wizardOf(Application& application)
{
    return application.window().findChild<Wizard*>();
}

QPushButton* nextOf(Application& application)
{
    return findIn<QPushButton>(*wizardOf(application), "wizardNext");
}

void press(QAbstractButton* button)
{
    QTest::mouseClick(button, Qt::LeftButton);
}

} // namespace

/// The stamp wizard with real events on a real server: the schema is ahead of the version row.
class StampWizardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init()
    {
        qputenv("SIGHTGLASS_DATA", m_fixture.path(QStringLiteral("data")).toUtf8());
        auto server = PrivateServer::start({});
        QVERIFY2(server.has_value(), server ? "" : toText(server.error()).c_str());
        m_server = std::move(*server);
        const std::string sql =
            "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL CONSTRAINT "
            "alembic_version_pkc PRIMARY KEY); INSERT INTO alembic_version VALUES ('r00000');"
            "CREATE TABLE orders (id integer NOT NULL, note text);";
        QVERIFY(m_server->createDatabase(database, {}).has_value());
        QVERIFY(m_server->runSql(database, sql, {}).has_value());
        m_application = m_fixture.open(
            {.project = toStd(writeShop(m_fixture)), .dsn = m_server->uri(database)});
        QTRY_VERIFY_WITH_TIMEOUT(isComplete(*m_application), patience);
    }

    void cleanup()
    {
        m_application.reset();
        m_server.reset();
    }

    void stampsAfterThePhraseAndTakesItBack()
    {
        openWizard();
        goTo("chooseRevision");
        QTRY_VERIFY_WITH_TIMEOUT(candidateChecked() != nullptr, patience);
        QVERIFY2(candidateChecked()->text().contains(QStringLiteral("r00001")),
                 qPrintable(candidateChecked()->text()));
        goTo("backUpPage");
        QVERIFY(findIn<QLabel>(*wizard(), "lastBackup")
                    ->text()
                    .contains(QStringLiteral("no verified")));
        goTo("planPage");
        confirm();
        QVERIFY(planText().contains(
            QStringLiteral("UPDATE public.alembic_version SET version_num = 'r00001'")));
        press(findIn<QPushButton>(*wizard(), "wizardCopy"));
        QVERIFY(QGuiApplication::clipboard()->text().contains(
            QStringLiteral("sightglass-cli stamp 'r00001'")));
        press(next());
        QTRY_VERIFY_WITH_TIMEOUT(next()->text() == QStringLiteral("Close"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(next()->isEnabled(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf(*m_application), QStringLiteral("r00001"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_application->store().current()->diagnosis.state == DatabaseState::Healthy, patience);
        press(findIn<QPushButton>(*wizard(), "runUndo"));
        confirm();
        press(next());
        QTRY_COMPARE_WITH_TIMEOUT(rowsOf(*m_application), QStringLiteral("r00000"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(next()->isEnabled(), patience);
        press(next());
        QTRY_VERIFY(wizardOf(*m_application) == nullptr);
    }

    void cancelChangesNothing()
    {
        openWizard();
        goTo("chooseRevision");
        QTest::keyClicks(findIn<QLineEdit>(*wizard(), "revisionField"), QStringLiteral("base"));
        goTo("backUpPage");
        goTo("planPage");
        QTRY_VERIFY_WITH_TIMEOUT(phrase() != nullptr, patience);
        press(findIn<QPushButton>(*wizard(), "wizardCancel"));
        QTRY_VERIFY(wizardOf(*m_application) == nullptr);
        QCOMPARE(rowsOf(*m_application), QStringLiteral("r00000"));
    }

    void aRevisionThatIsNotThereHasNoPlan()
    {
        openWizard();
        goTo("chooseRevision");
        QTest::keyClicks(findIn<QLineEdit>(*wizard(), "revisionField"), QStringLiteral("nowhere"));
        goTo("backUpPage");
        press(next());
        QTRY_VERIFY_WITH_TIMEOUT(findIn<QLabel>(*wizard(), "planProblem") != nullptr, patience);
        QVERIFY(!next()->isEnabled());
        press(findIn<QPushButton>(*wizard(), "wizardBack"));
        QVERIFY(next()->isEnabled());
    }

    void backsUpFirst()
    {
        openWizard();
        goTo("chooseRevision");
        QTest::keyClicks(findIn<QLineEdit>(*wizard(), "revisionField"), QStringLiteral("head"));
        goTo("backUpPage");
        press(findIn<QPushButton>(*wizard(), "backUpNow"));
        QTRY_VERIFY_WITH_TIMEOUT(next()->isEnabled(), patience);
        QVERIFY2(next()->text() == QStringLiteral("Continue"),
                 qPrintable(findIn<QLabel>(*wizard(), "lastBackup")->text()));
        goTo("planPage");
        QTRY_VERIFY_WITH_TIMEOUT(phrase() != nullptr, patience);
    }

private:
    Wizard* wizard() const { return wizardOf(*m_application); }

    QPushButton* next() const { return nextOf(*m_application); }

    QLineEdit* phrase() const { return findIn<QLineEdit>(*wizard(), "planPhrase"); }

    void openWizard()
    {
        QTest::keyClick(
            &m_application->window(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(wizardOf(*m_application) != nullptr);
        QTRY_VERIFY(wizard()->isVisible());
    }

    void goTo(const char* name)
    {
        QVERIFY(next()->isEnabled());
        press(next());
        QVERIFY(findIn<QWidget>(*wizard(), name)->isVisible());
    }

    QRadioButton* candidateChecked() const
    {
        for (QRadioButton* button :
             wizard()->findChildren<QRadioButton*>(QStringLiteral("candidate"))) {
            if (button->isChecked())
                return button;
        }
        return nullptr;
    }

    /// Nothing runs before the phrase is whole.
    void confirm()
    {
        QTRY_VERIFY_WITH_TIMEOUT(phrase() != nullptr, patience);
        QVERIFY(!next()->isEnabled());
        const QString shown = findIn<QWidget>(*wizard(), "planPage")
                                  ->findChild<QLabel*>(QStringLiteral("phraseWords"))
                                  ->text();
        const QString words =
            shown.section(QStringLiteral("<b>"), 1).section(QStringLiteral("</b>"), 0, 0);
        QTest::keyClicks(phrase(), words.left(words.size() - 1));
        QVERIFY(!next()->isEnabled());
        QTest::keyClicks(phrase(), words.right(1));
        QVERIFY(next()->isEnabled());
    }

    QString planText() const
    {
        QString text;
        for (const QLabel* label : wizard()->findChildren<QLabel*>(QStringLiteral("command")))
            text += label->text() + QLatin1Char('\n');
        return text;
    }

    WindowFixture m_fixture;
    std::unique_ptr<PrivateServer> m_server;
    std::unique_ptr<Application> m_application;
};

} // namespace sightglass

int stamp_wizard_test(int argc, char** argv)
{
    sightglass::StampWizardTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "stamp_wizard_test.moc"
