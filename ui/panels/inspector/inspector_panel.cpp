// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/inspector/inspector_panel.h"

#include "ui/panels/findings/finding_list.h"
#include "ui/panels/inspector/inspector_header.h"
#include "ui/panels/inspector/operations_html.h"
#include "ui/panels/inspector/overview_html.h"
#include "ui/panels/inspector/schema_change_html.h"
#include "ui/panels/inspector/source_view.h"
#include "ui/panels/inspector/sql_page.h"
#include "ui/text.h"
#include "ui/widgets/flat_tab_bar.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <algorithm>

namespace sightglass {

namespace {
const QString sourceSubject()
{
    return QStringLiteral("source");
}

const QString sqlSubject()
{
    return QStringLiteral("revision SQL");
}

const QString schemaChangeSubject()
{
    return QStringLiteral("schema change");
}
} // namespace

InspectorPanel::InspectorPanel(const PanelContext& panelContext,
                               JobRunner& jobs,
                               SourceReader readSource,
                               QWidget* parent)
    : Panel(panelContext, parent)
    , m_jobs(jobs)
    , m_readSource(std::move(readSource))
{
    setObjectName(QStringLiteral("inspectorPanel"));
    setAccessibleName(tr("Inspector"));
    createLayout();
    connectSignals();
    showRevision();
}

void InspectorPanel::createLayout()
{
    const Theme& theme = context().theme;
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_words = new TextLabel(theme, {.dim = true});
    m_words->setObjectName(QStringLiteral("inspectorWords"));
    m_words->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_words->setContentsMargins(16, 24, 16, 16);
    m_header = new InspectorHeader(theme);
    m_tabs = new FlatTabBar(theme);
    m_tabs->setObjectName(QStringLiteral("inspectorTabs"));
    m_tabs->setAccessibleName(tr("Pages of the inspector"));
    m_tabs->addTab(tr("Overview"));
    m_tabs->addTab(tr("Operations"));
    m_tabs->addTab(tr("Source"));
    m_tabs->addTab(tr("SQL"));
    m_tabs->addTab(tr("Schema"));
    m_tabs->setTabToolTip(static_cast<int>(Page::Schema), tr("Schema change"));
    m_tabs->addTab(tr("Findings"));
    m_overview = createHtmlPage(QStringLiteral("overview"), tr("Facts of the revision"));
    m_operations = createHtmlPage(QStringLiteral("operations"), tr("Operations of the revision"));
    m_schemaChange =
        createHtmlPage(QStringLiteral("schemaChange"), tr("What the revision makes of the schema"));
    m_sql = new SqlPage(theme);
    m_findingList = new FindingList(
        {.theme = theme,
         .requests = context().requests,
         .shownPath =
             [this](const std::string& file) { return pathInProject(*m_inspection, file); },
         .open = [this](const SourceSpan& span) { openPlace(toQString(span.file), span.line); }});
    m_pages = new QStackedWidget;
    m_pages->addWidget(m_overview);
    m_pages->addWidget(m_operations);
    m_pages->addWidget(createSourcePage());
    m_pages->addWidget(m_sql);
    m_pages->addWidget(m_schemaChange);
    m_pages->addWidget(m_findingList);

    auto* tabRow = new QHBoxLayout;
    tabRow->setContentsMargins(16, 0, 0, 0);
    tabRow->addWidget(m_tabs, 1);
    auto* revision = new QWidget;
    auto* layout = new QVBoxLayout(revision);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addLayout(tabRow);
    layout->addWidget(m_pages, 1);
    m_whole = new QStackedWidget;
    m_whole->addWidget(m_words);
    m_whole->addWidget(revision);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_whole);
}

QTextBrowser* InspectorPanel::createHtmlPage(const QString& name, const QString& accessibleName)
{
    auto* page = new QTextBrowser;
    page->setObjectName(name);
    page->setAccessibleName(accessibleName);
    page->setOpenLinks(false);
    page->setFrameShape(QFrame::NoFrame);
    page->document()->setDocumentMargin(16);
    return page;
}

QWidget* InspectorPanel::createSourcePage()
{
    m_sourceWords = new TextLabel(context().theme, {.dim = true});
    m_sourceWords->setObjectName(QStringLiteral("sourceWords"));
    m_sourceWords->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_sourceWords->setContentsMargins(16, 16, 16, 16);
    m_source = new SourceView(context().theme);
    m_sourcePage = new QStackedWidget;
    m_sourcePage->addWidget(m_sourceWords);
    m_sourcePage->addWidget(m_source);
    return m_sourcePage;
}

void InspectorPanel::connectSignals()
{
    connect(&context().selection, &Selection::changed, this, &InspectorPanel::followSelection);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        m_pages->setCurrentIndex(index);
        showPage();
        Q_EMIT pageChanged(page());
    });
    for (QTextBrowser* page : {m_overview, m_operations, m_schemaChange})
        connect(page, &QTextBrowser::anchorClicked, this, &InspectorPanel::openLink);
    connect(m_header, &InspectorHeader::openInEditorRequested, this, [this] {
        if (const Revision* const revision = selectedRevision())
            context().requests.ask(
                OpenInEditor{.file = toQString(revision->span.file), .line = revision->span.line});
    });
    // The overview carries colours in its markup: a new theme needs a new page.
    connect(&context().theme, &Theme::changed, this, &InspectorPanel::showRevision);
}

InspectorPanel::Page InspectorPanel::page() const
{
    return static_cast<Page>(m_tabs->currentIndex());
}

void InspectorPanel::setPage(Page page)
{
    m_tabs->setCurrentIndex(static_cast<int>(page));
}

void InspectorPanel::showInspection(const std::shared_ptr<const Inspection>& inspection)
{
    m_inspection = inspection;
    m_findings = FindingsByRevision(inspection);
    m_sourceFile.clear(); // the file may have changed: that is why there is a new inspection
    showRevision();
}

void InspectorPanel::followSelection()
{
    m_selectionStale = !isVisible();
    if (m_selectionStale)
        return;
    showRevision();
    // A line was asked for: it is in the source.
    if (context().selection.line() > 0 && selectedRevision() != nullptr)
        setPage(Page::Source);
}

void InspectorPanel::showEvent(QShowEvent* event)
{
    Panel::showEvent(event);
    if (m_selectionStale)
        followSelection();
}

const Revision* InspectorPanel::selectedRevision() const
{
    if (m_inspection == nullptr)
        return nullptr;
    const auto index = m_inspection->graph->find(toStd(context().selection.revision()));
    return index ? &m_inspection->graph->revision(*index) : nullptr;
}

void InspectorPanel::showRevision()
{
    const QString id = context().selection.revision();
    if (m_inspection == nullptr || id.isEmpty()) {
        m_words->setText(m_inspection == nullptr
                             ? tr("No project is open.")
                             : tr("Select a revision to see what its file says."));
        m_whole->setCurrentIndex(0);
        return;
    }
    m_whole->setCurrentIndex(1);
    m_header->show(*m_inspection, m_findings, id);
    const auto count = m_findings.of(toStd(id)).size();
    m_tabs->setTabText(static_cast<int>(Page::Findings),
                       count == 0 ? tr("Findings") : tr("Findings %1").arg(count));
    showPage();
}

void InspectorPanel::showPage()
{
    if (m_inspection == nullptr || context().selection.revision().isEmpty())
        return;
    switch (page()) {
    case Page::Overview:
        m_overview->setHtml(
            overviewHtml(*m_inspection, context().selection.revision(), context().theme));
        break;
    case Page::Operations:
        showOperations();
        break;
    case Page::Source:
        showSource();
        break;
    case Page::Sql:
        showSql();
        break;
    case Page::Schema:
        showSchemaChange();
        break;
    case Page::Findings:
        showFindings();
        break;
    }
}

void InspectorPanel::showFindings()
{
    std::vector<Finding> findings;
    for (const std::uint32_t number : m_findings.of(toStd(context().selection.revision())))
        findings.push_back(m_inspection->findings[number]);
    m_findingList->showFindings(std::move(findings), noFindingsWords());
}

/// Nothing found is said only where everything was looked at.
QString InspectorPanel::noFindingsWords() const
{
    if (m_inspection->review == nullptr)
        return tr("Nothing was found in how this revision hangs in the chain. What it does is not "
                  "reviewed yet.");
    const auto& reviewed = m_inspection->review->revisions;
    const auto found =
        std::ranges::find(reviewed, toStd(context().selection.revision()), &ReviewedRevision::id);
    if (found == reviewed.end())
        return tr("Nothing was found in how this revision hangs in the chain. What it does was not "
                  "reviewed.");
    if (found->notAnalysed.empty())
        return tr("No finding in this revision.");
    QStringList reasons;
    for (const std::string& reason : found->notAnalysed)
        reasons << toQString(reason);
    return tr("No finding, but the revision is not fully analysed: %1.")
        .arg(reasons.join(QStringLiteral("; ")));
}

QString InspectorPanel::whyNoOperations() const
{
    if (selectedRevision() == nullptr)
        return tr("No file defines this revision, so nothing is known of what it does.");
    return m_inspection->history == nullptr ? notReadYet() : QString();
}

QString InspectorPanel::wordsPage(const QString& words) const
{
    return QStringLiteral("<p style=\"color:%1\">%2</p>")
        .arg(context().theme.colors().dim.name(), words.toHtmlEscaped());
}

void InspectorPanel::showOperations()
{
    const QString why = whyNoOperations();
    if (!why.isEmpty()) {
        m_operations->setHtml(wordsPage(why));
        return;
    }
    const auto index = m_inspection->graph->find(selectedRevision()->id);
    m_operations->setHtml(operationsHtml(*m_inspection, *index, context().theme));
}

void InspectorPanel::showSql()
{
    const QString why = whyNoOperations();
    m_jobs.stop(sqlSubject());
    if (!why.isEmpty()) {
        m_sql->showWords(why);
        return;
    }
    const auto index = m_inspection->graph->find(selectedRevision()->id);
    m_sql->showWords(tr("Writing the statements…"));
    m_jobs.start(
        sqlSubject(),
        this,
        [history = m_inspection->history, revision = *index](const RunContext&) {
            const RevisionSteps& steps = history->steps(revision);
            return std::pair(sqlOf(steps.upgrade), sqlOf(steps.downgrade));
        },
        [this](const std::pair<QString, QString>& sql) {
            m_sql->showStatements(sql.first, sql.second);
        });
}

void InspectorPanel::showSchemaChange()
{
    const QString why = whyNoOperations();
    m_jobs.stop(schemaChangeSubject());
    if (!why.isEmpty()) {
        m_schemaChange->setHtml(wordsPage(why));
        return;
    }
    const auto index = m_inspection->graph->find(selectedRevision()->id);
    m_schemaChange->setHtml(wordsPage(tr("Comparing the schema before and after…")));
    m_jobs.start(
        schemaChangeSubject(),
        this,
        [history = m_inspection->history, revision = *index](const RunContext&) {
            return schemaChangeOf(*history, revision);
        },
        [this](const SchemaChange& change) {
            m_schemaChange->setHtml(schemaChangeHtml(change, context().theme));
        });
}

void InspectorPanel::showSource()
{
    const Revision* const revision = selectedRevision();
    if (revision == nullptr) {
        m_sourceFile.clear();
        saySource(tr("No file defines this revision, so there is no source to show."));
        return;
    }
    const QString file = toQString(revision->span.file);
    if (file == m_sourceFile) {
        goToSelectedLine();
        return;
    }
    m_sourceFile = file;
    saySource(tr("Reading %1…").arg(fileName(revision->span.file)));
    m_jobs.start(
        sourceSubject(),
        this,
        [read = m_readSource, path = revision->span.file](const RunContext&) {
            return readLimited(read, path);
        },
        [this, file](const Source& source) { takeSource(file, source); });
}

InspectorPanel::Source InspectorPanel::readLimited(const SourceReader& read,
                                                   const std::string& file)
{
    const Result<std::string> bytes = read(file);
    if (!bytes)
        return {.problem = toQString(toText(bytes.error()))};
    if (bytes->size() > mostSourceBytes)
        return {.problem =
                    tr("%1 is too large to be shown (%2). Open it in your editor.")
                        .arg(fileName(file),
                             QLocale().formattedDataSize(static_cast<qint64>(bytes->size())))};
    return {.text = toQString(*bytes)};
}

void InspectorPanel::takeSource(const QString& file, const Source& source)
{
    if (file != m_sourceFile || m_inspection == nullptr)
        return;
    if (!source.problem.isEmpty()) {
        saySource(source.problem);
        return;
    }
    m_source->showSource(source.text);
    m_sourceShown = true;
    m_source->showRemarks(remarksIn(toStd(file), m_inspection->findings));
    m_sourcePage->setCurrentWidget(m_source);
    goToSelectedLine();
}

void InspectorPanel::saySource(const QString& words)
{
    m_sourceShown = false;
    m_sourceWords->setText(words);
    m_sourcePage->setCurrentWidget(m_sourceWords);
}

void InspectorPanel::goToSelectedLine()
{
    if (m_sourceShown)
        m_source->goToLine(context().selection.line());
}

void InspectorPanel::openLink(const QUrl& url)
{
    if (url.scheme() == QStringLiteral("schema")) {
        Q_EMIT schemaAsked();
        return;
    }
    if (url.scheme() == QStringLiteral("findings")) {
        setPage(Page::Findings);
        return;
    }
    const OverviewLink link = overviewLink(url);
    if (!link.revision.isEmpty())
        context().selection.jumpToRevision(link.revision);
    else if (!link.file.isEmpty())
        openPlace(link.file, link.line);
}

void InspectorPanel::openPlace(const QString& file, int line)
{
    const Revision* const selected = selectedRevision();
    if (selected != nullptr && toQString(selected->span.file) == file) {
        context().selection.selectRevision(toQString(selected->id), line);
        setPage(Page::Source);
        return;
    }
    // A place in another revision's file is shown by selecting that revision.
    for (const Revision& revision : m_inspection->graph->revisions()) {
        if (toQString(revision.span.file) != file)
            continue;
        const auto shown = m_inspection->graph->find(revision.id);
        if (shown && &m_inspection->graph->revision(*shown) == &revision) {
            context().selection.jumpToRevision(toQString(revision.id), line);
            return;
        }
    }
    context().requests.ask(OpenInEditor{.file = file, .line = line});
}

} // namespace sightglass
