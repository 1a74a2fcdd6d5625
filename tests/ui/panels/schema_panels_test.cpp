// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/panels/panel_fixture.h"
#include "tests/ui/panels/read_project.h"
#include "tests/ui/panels/sample_inspections.h"
#include "ui/panels/compare/compare_panel.h"
#include "ui/panels/schema/schema_panel.h"
#include "ui/panels/schema/schema_picker.h"
#include "ui/panels/tables/tables_panel.h"
#include "ui/widgets/copy_button.h"
#include "ui/widgets/row_table.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QTextBrowser>
#include <QToolButton>
#include <QTreeWidget>

using namespace sightglass;
using namespace sightglass::tests;

class SchemaPanelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        m_inspection = smallHistory(m_project);
        QVERIFY(m_inspection != nullptr);
    }

    void init()
    {
        m_fixture = std::make_unique<PanelFixture>();
        m_jobs = std::make_unique<JobRunner>();
    }

    void cleanup() { m_jobs.reset(); }

    void theSchemaFollowsTheSelectedRevision()
    {
        const auto panel = shown<SchemaPanel>("aa01");
        QTRY_VERIFY(table(*panel, "jobs") != nullptr);
        table(*panel, "jobs")->setExpanded(true);
        QCOMPARE(partNames(*panel, "jobs"),
                 QStringList({QStringLiteral("id"),
                              QStringLiteral("title"),
                              QStringLiteral("primary key jobs_pkey"),
                              QStringLiteral("index ix_jobs_title")}));
        m_fixture->selection.selectRevision(QStringLiteral("bb02"));
        QTRY_VERIFY(table(*panel, "jobs") != nullptr && expanded(*panel, "jobs").size() > 4);
        QVERIFY(partNames(*panel, "jobs").contains(QStringLiteral("state")));
    }

    void whatIsNotCertainIsMarkedAndSaysWhy()
    {
        const auto panel = shown<SchemaPanel>("bb02");
        QTRY_VERIFY(table(*panel, "jobs") != nullptr);
        const QStringList names = expanded(*panel, "jobs");
        QVERIFY2(names.contains(QStringLiteral("\u25C6 owner")),
                 qPrintable(names.join(QLatin1Char(' '))));
    }

    void definitionsAreShownAndCopied()
    {
        const auto panel = shown<SchemaPanel>("aa01");
        QTRY_VERIFY(table(*panel, "jobs") != nullptr);
        auto* tree = panel->findChild<QTreeWidget*>();
        tree->setCurrentItem(table(*panel, "jobs"));
        const auto* details = panel->findChild<QPlainTextEdit*>();
        QVERIFY(details->toPlainText().contains(QStringLiteral("character varying(80)")));
        QTest::mouseClick(panel->findChild<CopyButton*>(QStringLiteral("copyDefinition")),
                          Qt::LeftButton);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("ix_jobs_title")));
    }

    void theFilterHidesWhatDoesNotMatch()
    {
        const auto panel = shown<SchemaPanel>("aa01");
        QTRY_VERIFY(table(*panel, "jobs") != nullptr);
        auto* field = panel->findChild<QLineEdit*>(QStringLiteral("schemaFilter"));
        QTest::keyClicks(field, QStringLiteral("TITLE"));
        QVERIFY(table(*panel, "jobs") != nullptr);
        QTest::keyClicks(field, QStringLiteral("zzz"));
        QVERIFY(table(*panel, "jobs") == nullptr);
        QCOMPARE(words(*panel), QStringLiteral("Nothing in this schema matches the filter."));
        field->clear();
        QVERIFY(table(*panel, "jobs") != nullptr);
        QCOMPARE(words(*panel), QString());
    }

    void aSchemaThatIsNotThereSaysWhy()
    {
        const auto panel = shown<SchemaPanel>("aa01");
        auto* picker = panel->findChild<SchemaPicker*>();
        picker->choose(QStringLiteral("models"));
        QTRY_VERIFY(words(*panel).startsWith(QStringLiteral("No models are known")));
        QCOMPARE(panel->findChild<QTreeWidget*>()->topLevelItemCount(), 0);
        m_fixture->open(nullptr);
        QCOMPARE(words(*panel), QStringLiteral("No project is open."));
    }

    void anyRevisionCanBeChosenByKeyboard()
    {
        const auto panel = shown<SchemaPanel>("cc03");
        auto* picker = panel->findChild<SchemaPicker*>();
        QVERIFY(picker->findData(QStringLiteral("revision:aa01")) > 0);
        QTest::keyClick(picker, Qt::Key_End);
        QVERIFY(picker->key().startsWith(QStringLiteral("revision:")));
        QTRY_VERIFY(table(*panel, "jobs") != nullptr);
    }

    void comparingSaysWhatIsOnlyOnOneSide()
    {
        const auto panel = shown<ComparePanel>("aa01");
        QTRY_VERIFY(
            differences(*panel).contains(QStringLiteral("Only on the right: column state")));
        QTest::mouseClick(panel->findChild<QToolButton*>(QStringLiteral("compareSwap")),
                          Qt::LeftButton);
        QTRY_VERIFY(differences(*panel).contains(QStringLiteral("Only on the left: column state")));
        QTest::mouseClick(panel->findChild<CopyButton*>(QStringLiteral("copyDifferences")),
                          Qt::LeftButton);
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY2(copied.contains(QStringLiteral("jobs.state")), qPrintable(copied));
        QVERIFY(copied.contains(QStringLiteral("< column ")));
    }

    void differencesAreFiltered()
    {
        const auto panel = shown<ComparePanel>("aa01");
        QTRY_VERIFY(differences(*panel).contains(QStringLiteral("column state")));
        auto* field = panel->findChild<QLineEdit*>(QStringLiteral("compareFilter"));
        QTest::keyClicks(field, QStringLiteral("owner"));
        QVERIFY(!differences(*panel).contains(QStringLiteral("column state")));
        QTest::keyClicks(field, QStringLiteral("zzz"));
        QVERIFY(differences(*panel).contains(QStringLiteral("No difference matches the filter.")));
    }

    void aSchemaComparedWithItselfHasNoDifference()
    {
        const auto panel = shown<ComparePanel>("cc03");
        QTRY_VERIFY(differences(*panel).contains(QStringLiteral("No difference between")));
    }

    void tablesSayWhereTheyAre()
    {
        const auto panel = shown<TablesPanel>("aa01");
        auto* list = panel->findChild<RowTable*>();
        QTRY_VERIFY(list->model()->rowCount() > 0);
        int row = -1;
        for (int i = 0; i < list->model()->rowCount(); ++i) {
            if (list->model()->index(i, 0).data().toString().contains(QStringLiteral("jobs")))
                row = i;
        }
        QVERIFY(row >= 0);
        const auto cell = [&](TableColumn column) {
            return list->model()->index(row, static_cast<int>(column)).data().toString();
        };
        QCOMPARE(cell(TableColumn::Live), QStringLiteral("unknown"));
        QCOMPARE(cell(TableColumn::Models), QStringLiteral("unknown"));
        list->setCurrentIndex(list->model()->index(row, 0));
        list->setFocus();
        QTest::keySequence(list, QKeySequence::Copy);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("jobs")));
    }

    void tablesAreFilteredAndSaySoWhenNoneIsLeft()
    {
        const auto panel = shown<TablesPanel>("aa01");
        auto* list = panel->findChild<RowTable*>();
        QTRY_VERIFY(list->model()->rowCount() > 0);
        QTest::keyClicks(panel->findChild<QLineEdit*>(), QStringLiteral("zzz"));
        QCOMPARE(list->model()->rowCount(), 0);
        QCOMPARE(list->emptyText(), QStringLiteral("No table matches the filter."));
        m_fixture->open(nullptr);
        QCOMPARE(list->emptyText(), QStringLiteral("No project is open."));
    }

    void aTableThatIsAskedForIsSelectedAlsoBehindAFilter()
    {
        const auto panel = shown<TablesPanel>("aa01");
        auto* list = panel->findChild<RowTable*>();
        panel->selectTable(QStringLiteral("public.jobs.state")); // while the rows are being read
        QTRY_VERIFY(list->currentIndex().isValid());
        const QString name = list->currentIndex().siblingAtColumn(0).data().toString();
        QVERIFY2(name == QStringLiteral("public.jobs") || name == QStringLiteral("jobs"),
                 qPrintable(name));
        auto* field = panel->findChild<QLineEdit*>();
        QTest::keyClicks(field, QStringLiteral("zzz"));
        QCOMPARE(list->model()->rowCount(), 0);
        panel->selectTable(name);
        QVERIFY(field->text().isEmpty());
        QCOMPARE(list->currentIndex().siblingAtColumn(0).data().toString(), name);
    }

    void aTableSaysWhatIsKnownWhereTheModelsAreNot()
    {
        const auto panel = shown<TablesPanel>("aa01");
        auto* list = panel->findChild<RowTable*>();
        QTRY_VERIFY(list->model()->rowCount() > 0);
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            const QModelIndex verdict =
                list->model()->index(row, static_cast<int>(TableColumn::Verdict));
            QCOMPARE(verdict.data().toString(),
                     QStringLiteral("in the chain; the models and the database not known"));
        }
    }

    void whatIsNotKnownIsNoAlarm()
    {
        TableRow row{.name = {"public", "letters"},
                     .models = TablePresence::Lacks,
                     .chain = TablePresence::Lacks,
                     .live = TablePresence::Has,
                     .forecast = "drop"};
        QCOMPARE(verdictPill(row).tone, Tone::Danger);
        QCOMPARE(forecastSentence(row), QStringLiteral("Autogenerate would drop the table"));
        row.models = TablePresence::Unknown;
        row.forecast = "unknown";
        QCOMPARE(verdictPill(row).tone, Tone::Warning);
        row.chain = TablePresence::Has;
        QCOMPARE(verdictPill(row).tone, Tone::Neutral);
        row.models = TablePresence::Has;
        row.forecast = "nothing";
        QCOMPARE(verdictPill(row).tone, Tone::Good);
        QCOMPARE(forecastSentence(row), QString());
        row.live = TablePresence::Lacks;
        QCOMPARE(verdictPill(row).tone, Tone::Danger);
    }

    void onlyDifferencesLeavesThoseThatAreAlikeOut()
    {
        auto panel = std::make_unique<TablesPanel>(m_fixture->context(), *m_jobs);
        m_fixture->open(differingTables());
        panel->resize(1200, 400);
        panel->show();
        auto* list = panel->findChild<RowTable*>();
        QTRY_COMPARE(list->model()->rowCount(), 3);
        auto* only = panel->findChild<QPushButton*>(QStringLiteral("onlyDifferences"));
        QTest::mouseClick(only, Qt::LeftButton);
        QCOMPARE(list->model()->rowCount(), 1);
        QCOMPARE(list->model()->index(0, 0).data().toString(), QStringLiteral("public.jobs"));
        QCOMPARE(panel->findChild<TextLabel*>(QStringLiteral("tableCount"))->text(),
                 QStringLiteral("1 of 3 tables shown"));
        panel->selectTable(QStringLiteral("public.letters")); // takes the filter away
        QVERIFY(!only->isChecked());
        QCOMPARE(list->currentIndex().siblingAtColumn(0).data().toString(),
                 QStringLiteral("public.letters"));
    }

    void numbersStandAtTheRight()
    {
        auto panel = std::make_unique<TablesPanel>(m_fixture->context(), *m_jobs);
        m_fixture->open(differingTables());
        panel->resize(1300, 400);
        panel->show();
        auto* list = panel->findChild<RowTable*>();
        QTRY_COMPARE(list->model()->rowCount(), 3);
        const QModelIndex size = list->model()->index(0, static_cast<int>(TableColumn::Size));
        QCOMPARE(size.data().toString(), QStringLiteral("16 kB"));
        const QRect cell = list->visualRect(size);
        const QImage image = list->viewport()->grab(cell).toImage();
        const auto inked = [&](int from, int to) {
            const QRgb ground = image.pixel(2, 2);
            for (int x = from; x < to; ++x) {
                for (int y = 2; y < image.height() - 3; ++y) {
                    if (image.pixel(x, y) != ground)
                        return true;
                }
            }
            return false;
        };
        QVERIFY(inked(image.width() - 24, image.width()));
        QVERIFY(!inked(0, 12));
        const auto alignment = list->model()->headerData(
            static_cast<int>(TableColumn::Size), Qt::Horizontal, Qt::TextAlignmentRole);
        QVERIFY(alignment.value<Qt::Alignment>().testFlag(Qt::AlignRight));
    }

    void everyPresenceHasASignOfItsOwn()
    {
        QStringList signs;
        for (const TablePresence presence : {TablePresence::Has,
                                             TablePresence::Differs,
                                             TablePresence::Lacks,
                                             TablePresence::Unknown})
            signs << presencePill(presence).text.left(1);
        QCOMPARE(signs.removeDuplicates(), 0);
    }

private:
    /// What the chain makes, one table with a column less, and a table more of which it is not
    /// known whether the chain makes it.
    std::shared_ptr<const Inspection> differingTables() const
    {
        auto inspection = std::make_shared<Inspection>(*m_inspection);
        auto live = std::make_shared<LiveState>();
        const auto heads = inspection->graph->effectiveHeads();
        live->schema = inspection->history->at({heads.begin(), heads.end()}).schema;
        Table letters;
        letters.name = {"public", "letters"};
        live->schema.tables.insert_or_assign(letters.name, std::make_shared<const Table>(letters));
        const auto tables = live->schema.tables;
        for (const auto& [name, table] : tables) {
            auto sized = std::make_shared<Table>(*table);
            sized->bytes = 16'384;
            if (name.name == "jobs")
                sized->columns.pop_back();
            live->schema.tables.insert_or_assign(name, sized);
        }
        inspection->live = live;
        return inspection;
    }

    template <typename PanelType>
    std::unique_ptr<PanelType> shown(const char* id)
    {
        auto panel = std::make_unique<PanelType>(m_fixture->context(), *m_jobs);
        m_fixture->open(m_inspection);
        m_fixture->selection.selectRevision(QString::fromLatin1(id));
        panel->resize(1200, 300);
        panel->show();
        return panel;
    }

    static QTreeWidgetItem* table(const SchemaPanel& panel, const char* name)
    {
        const auto* tree = panel.findChild<QTreeWidget*>();
        const auto found =
            tree->findItems(QString::fromLatin1(name), Qt::MatchContains | Qt::MatchRecursive, 0);
        return found.isEmpty() ? nullptr : found.front();
    }

    static QStringList partNames(const SchemaPanel& panel, const char* name)
    {
        const QTreeWidgetItem* const item = table(panel, name);
        QStringList names;
        for (int i = 0; i < item->childCount(); ++i)
            names << item->child(i)->text(0);
        return names;
    }

    static QStringList expanded(const SchemaPanel& panel, const char* name)
    {
        table(panel, name)->setExpanded(true);
        return partNames(panel, name);
    }

    static QString words(const SchemaPanel& panel)
    {
        return panel.findChild<TextLabel*>(QStringLiteral("schemaWords"))->text();
    }

    static QString differences(const ComparePanel& panel)
    {
        return panel.findChild<QTextBrowser*>(QStringLiteral("differences"))->toPlainText();
    }

    ReadProject m_project;
    std::shared_ptr<const Inspection> m_inspection;
    std::unique_ptr<PanelFixture> m_fixture;
    std::unique_ptr<JobRunner> m_jobs;
};

int schema_panels_test(int argc, char** argv)
{
    SchemaPanelsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "schema_panels_test.moc"
