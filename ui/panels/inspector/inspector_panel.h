// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/jobs/job_runner.h"
#include "ui/panels/panel.h"
#include "ui/panels/revision_facts.h"

#include <functional>
#include <string>

class QLabel;
class QStackedWidget;
class QTextBrowser;
class QUrl;

namespace sightglass {

class FindingList;
class FlatTabBar;
class InspectorHeader;
class SourceView;
class SqlPage;
class TextLabel;
struct SchemaChange;

/// Reads a file's bytes, on a worker thread.
using SourceReader = std::function<Result<std::string>(const std::string& file)>;

/// Everything that is known of the selected revision: facts, operations, source, SQL, what becomes
/// of the schema, findings.
class InspectorPanel : public Panel
{
    Q_OBJECT

public:
    enum class Page
    {
        Overview,
        Operations,
        Source,
        Sql,
        Schema,
        Findings
    };

    /// Larger files are not shown; the words say so.
    static constexpr std::size_t mostSourceBytes = 5'000'000;

    InspectorPanel(const PanelContext& context,
                   JobRunner& jobs,
                   SourceReader readSource,
                   QWidget* parent = nullptr);

    Page page() const;

public Q_SLOTS:
    void setPage(sightglass::InspectorPanel::Page page);

Q_SIGNALS:
    /// The page that was opened, so that the window can keep it.
    void pageChanged(sightglass::InspectorPanel::Page page);
    /// The whole schema at the selected revision is wanted.
    void schemaAsked();

protected:
    void showInspection(const std::shared_ptr<const Inspection>& inspection) override;
    void showEvent(QShowEvent* event) override;

private:
    struct Source
    {
        QString text;
        QString problem; ///< what is said in place of the text
    };

    void createLayout();
    QWidget* createSourcePage();
    void connectSignals();
    void followSelection();
    void showRevision();
    void showPage();
    void showFindings();
    QString noFindingsWords() const;
    void showOperations();
    void showSql();
    void showSchemaChange();
    QTextBrowser* createHtmlPage(const QString& name, const QString& accessibleName);
    /// Whether operations were read; else the sentence that stands in place of the page.
    QString whyNoOperations() const;
    QString wordsPage(const QString& words) const;
    void showSource();
    void takeSource(const QString& file, const Source& source);
    void saySource(const QString& words);
    void goToSelectedLine();
    void openLink(const QUrl& url);
    void openPlace(const QString& file, int line);
    const Revision* selectedRevision() const;
    static Source readLimited(const SourceReader& read, const std::string& file);

    JobRunner& m_jobs;
    SourceReader m_readSource;
    std::shared_ptr<const Inspection> m_inspection;
    FindingsByRevision m_findings;
    QString m_sourceFile; ///< what the source page shows or waits for; empty: has to be read
    bool m_sourceShown = false;
    bool m_selectionStale = false; ///< it changed while nobody looked

    QStackedWidget* m_whole = nullptr; ///< words when nothing is selected, else the revision
    TextLabel* m_words = nullptr;
    InspectorHeader* m_header = nullptr;
    FlatTabBar* m_tabs = nullptr;
    QStackedWidget* m_pages = nullptr;
    QTextBrowser* m_overview = nullptr;
    QTextBrowser* m_operations = nullptr;
    QTextBrowser* m_schemaChange = nullptr;
    SqlPage* m_sql = nullptr;
    QStackedWidget* m_sourcePage = nullptr;
    TextLabel* m_sourceWords = nullptr;
    SourceView* m_source = nullptr;
    FindingList* m_findingList = nullptr;
};

} // namespace sightglass
