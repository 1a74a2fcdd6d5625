// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/connect_dialog.h"
#include "ui/main_window/marks.h"
#include "ui/text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace sightglass {

namespace {

/// A dialog whose server answers what the test says.
struct DialogFixture
{
    JobRunner runner;
    Result<ServerAnswer> answer =
        ServerAnswer{.version = "15.20", .database = "shop", .user = "clerk"};
    PasswordMemory memory{.available = false, .reason = QStringLiteral("there is none here")};
    std::optional<Request> asked;

    std::unique_ptr<ConnectDialog> open(const ConnectionQuestion& question = {})
    {
        auto dialog = std::make_unique<ConnectDialog>(
            question,
            [this](const ConnectionTarget&, const RunContext&) { return answer; },
            memory,
            runner);
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        QObject::connect(dialog.get(),
                         &ConnectDialog::chosen,
                         dialog.get(),
                         [this](const Request& request) { asked = request; });
        dialog->show();
        return dialog;
    }
};

QLineEdit* field(ConnectDialog& dialog, const char* name)
{
    return dialog.findChild<QLineEdit*>(QLatin1String(name));
}

QLabel* label(ConnectDialog& dialog, const char* name)
{
    return dialog.findChild<QLabel*>(QLatin1String(name));
}

QPushButton* button(ConnectDialog& dialog, const char* name)
{
    return dialog.findChild<QPushButton*>(QLatin1String(name));
}

} // namespace

class ConnectDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void fillsTheFieldsFromASqlalchemyUrl()
    {
        DialogFixture fixture;
        const auto dialog = fixture.open();
        QTest::keyClicks(field(*dialog, "address"),
                         QStringLiteral("postgresql+asyncpg://clerk:p%40ss@db1:5433/shop"));
        QCOMPARE(field(*dialog, "host")->text(), QStringLiteral("db1"));
        QCOMPARE(field(*dialog, "port")->text(), QStringLiteral("5433"));
        QCOMPARE(field(*dialog, "dbname")->text(), QStringLiteral("shop"));
        QCOMPARE(field(*dialog, "user")->text(), QStringLiteral("clerk"));
        QCOMPARE(field(*dialog, "password")->text(), QStringLiteral("p@ss"));
        QCOMPARE(field(*dialog, "password")->echoMode(), QLineEdit::Password);
    }

    void writesTheAddressFromTheFieldsWithoutThePassword()
    {
        DialogFixture fixture;
        const auto dialog = fixture.open();
        QTest::keyClicks(field(*dialog, "host"), QStringLiteral("db1"));
        QTest::keyClicks(field(*dialog, "dbname"), QStringLiteral("shop"));
        QTest::keyClicks(field(*dialog, "password"), QStringLiteral("planted"));
        const QString address = field(*dialog, "address")->text();
        QVERIFY2(address.contains(QStringLiteral("db1")) &&
                     address.contains(QStringLiteral("shop")),
                 qPrintable(address));
        QVERIFY(!address.contains(QStringLiteral("planted")));
        QTest::mouseClick(button(*dialog, "connectButton"), Qt::LeftButton);
        QVERIFY(fixture.asked.has_value());
        const auto& request = std::get<ConnectDatabase>(*fixture.asked);
        const auto target = parseConnectionTarget(toStd(request.target));
        QVERIFY(target.has_value());
        QCOMPARE(target->value("host"), std::string("db1"));
        QCOMPARE(target->value("password"), std::string("planted"));
    }

    void saysWhatIsWrongWithAnAddressAndDoesNotConnect()
    {
        DialogFixture fixture;
        const auto dialog = fixture.open();
        QTest::keyClicks(field(*dialog, "address"), QStringLiteral("mysql://root@db1/shop"));
        QVERIFY(label(*dialog, "addressProblem")->isVisible());
        QVERIFY(!label(*dialog, "addressProblem")->text().isEmpty());
        QVERIFY(!button(*dialog, "connectButton")->isEnabled());
        QVERIFY(!fixture.asked.has_value());
    }

    void guessesTheEnvironmentUntilAPersonChooses()
    {
        DialogFixture fixture;
        const auto dialog = fixture.open();
        auto* badge = dialog->findChild<EnvironmentBadge*>();
        QTest::keyClicks(field(*dialog, "address"), QStringLiteral("postgresql://localhost/shop"));
        QCOMPARE(badge->text(), QStringLiteral("DEV"));
        field(*dialog, "address")->clear();
        QTest::keyClicks(field(*dialog, "address"),
                         QStringLiteral("postgresql://localhost/shop_prod"));
        QCOMPARE(badge->text(), QStringLiteral("PRODUCTION"));
        field(*dialog, "address")->clear();
        QTest::keyClicks(field(*dialog, "address"),
                         QStringLiteral("postgresql://db7.example.org/shop"));
        QCOMPARE(badge->text(), QStringLiteral("UNKNOWN"));
        auto* environment = dialog->findChild<QComboBox*>(QStringLiteral("environment"));
        QTest::keyClick(environment, Qt::Key_Home);
        Q_EMIT environment->activated(environment->currentIndex());
        field(*dialog, "address")->clear();
        QTest::keyClicks(field(*dialog, "address"),
                         QStringLiteral("postgresql://localhost/shop_prod"));
        QCOMPARE(badge->text(), QStringLiteral("DEV"));
    }

    void showsWhoAnswersATest()
    {
        DialogFixture fixture;
        const auto dialog = fixture.open();
        QTest::keyClicks(field(*dialog, "host"), QStringLiteral("db1"));
        QTest::mouseClick(button(*dialog, "testButton"), Qt::LeftButton);
        QTRY_COMPARE(label(*dialog, "testAnswer")->text(),
                     QStringLiteral("PostgreSQL 15.20 answers: database shop, user clerk."));
    }

    void showsTheSentenceOfATestThatFails()
    {
        DialogFixture fixture;
        fixture.answer = failure(
            ErrorCode::NotPermitted, "The password for clerk was refused.", "Type it again.");
        const auto dialog = fixture.open();
        QTest::keyClicks(field(*dialog, "host"), QStringLiteral("db1"));
        QTest::mouseClick(button(*dialog, "testButton"), Qt::LeftButton);
        QTRY_COMPARE(label(*dialog, "testAnswer")->text(),
                     QStringLiteral("The password for clerk was refused. Type it again."));
        QVERIFY(dialog->isVisible());
    }

    void saysThatPasswordsCantBeKeptWithoutAKeychain()
    {
        DialogFixture fixture;
        const auto dialog = fixture.open();
        QVERIFY(!dialog->findChild<QCheckBox*>(QStringLiteral("rememberPassword"))->isEnabled());
        QVERIFY(
            label(*dialog, "memoryNote")->text().contains(QStringLiteral("there is none here")));
    }

    void keepsAPasswordOnlyWhenAsked()
    {
        DialogFixture fixture;
        QStringList written;
        fixture.memory = {
            .available = true,
            .read = [](const QString&,
                       QObject*,
                       std::function<void(const QString&)> answered) { answered({}); },
            .write =
                [&written](const QString&,
                           const QString& password,
                           QObject*,
                           std::function<void(const QString&)> answered) {
                    written.append(password);
                    answered({});
                }};
        auto dialog = fixture.open();
        QTest::keyClicks(field(*dialog, "host"), QStringLiteral("db1"));
        QTest::keyClicks(field(*dialog, "password"), QStringLiteral("planted"));
        QTest::mouseClick(button(*dialog, "connectButton"), Qt::LeftButton);
        QVERIFY(written.isEmpty());
        dialog = fixture.open();
        QTest::keyClicks(field(*dialog, "host"), QStringLiteral("db1"));
        QTest::keyClicks(field(*dialog, "password"), QStringLiteral("planted"));
        dialog->findChild<QCheckBox*>(QStringLiteral("rememberPassword"))->setChecked(true);
        QTest::mouseClick(button(*dialog, "connectButton"), Qt::LeftButton);
        QCOMPARE(written, QStringList{QStringLiteral("planted")});
        QVERIFY(fixture.asked.has_value());
    }

    void offersTheProjectsOwnSettingOnlyWhereThereIsOne()
    {
        DialogFixture fixture;
        auto dialog = fixture.open({.projectReason = QStringLiteral("No project is open.")});
        QVERIFY(!button(*dialog, "useProjectSetting")->isEnabled());
        QCOMPARE(button(*dialog, "useProjectSetting")->toolTip(),
                 QStringLiteral("No project is open."));
        dialog = fixture.open({.projectTarget = QStringLiteral("shop on db1")});
        QTest::mouseClick(button(*dialog, "useProjectSetting"), Qt::LeftButton);
        QVERIFY(fixture.asked.has_value() &&
                std::holds_alternative<ConnectProjectDatabase>(*fixture.asked));
    }
};

} // namespace sightglass

int connect_dialog_test(int argc, char** argv)
{
    sightglass::ConnectDialogTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "connect_dialog_test.moc"
