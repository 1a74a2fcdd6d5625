// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/review_page.h"

#include "core/report/review_words.h"
#include "ui/jobs/job_runner.h"
#include "ui/main_window/message_bar.h"
#include "ui/panels/findings/finding_list.h"
#include "ui/panels/inspector/source_view.h"
#include "ui/panels/loss_words.h"
#include "ui/panels/revision_facts.h"
#include "ui/text.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>

namespace sightglass {

namespace {
constexpr int headHeight = 48;
constexpr std::size_t mostSourceBytes = 5'000'000;

const QString sourceSubject()
{
    return QStringLiteral("review source");
}

QPushButton* headButton(const char* name, const QString& text, const QString& accessibleName)
{
    auto* button = new QPushButton(text);
    button->setObjectName(QLatin1String(name));
    button->setAccessibleName(accessibleName);
    return button;
}
} // namespace

ReviewPage::ReviewPage(const PanelContext& context,
                       const BranchReviewStore& store,
                       JobRunner& runner,
                       SourceReader source,
                       QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_store(store)
    , m_runner(runner)
    , m_read(std::move(source))
{
    setObjectName(QStringLiteral("reviewPage"));
    setAccessibleName(tr("Review of a branch"));
    m_words = new TextLabel(context.theme, {.dim = true});
    m_words->setObjectName(QStringLiteral("reviewWords"));
    m_words->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_words->setContentsMargins(24, 48, 24, 24);
    m_pages = new QStackedWidget;
    m_pages->addWidget(m_words);
    m_pages->addWidget(createBody());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(createHead());
    layout->addWidget(m_pages, 1);
    auto* leave = new QShortcut(Qt::Key_Escape, this);
    connect(leave, &QShortcut::activated, this, [this] { m_context.requests.ask(CloseReview{}); });
    connect(&store, &BranchReviewStore::changed, this, &ReviewPage::refresh);
    connect(&context.store, &InspectionStore::changed, this, &ReviewPage::followChecks);
    connect(&context.theme, &Theme::changed, this, [this] {
        m_list->viewport()->update();
        update();
    });
    refresh();
}

QWidget* ReviewPage::createHead()
{
    const Theme& theme = m_context.theme;
    auto* head = new QWidget;
    head->setMinimumHeight(headHeight);
    auto* title = new ElidedLine(theme, {.size = TextSize::Title}, Qt::ElideRight);
    title->setText(tr("Review"));
    title->setMinimumWidth(title->sizeHint().width());
    m_sentence = new ElidedLine(theme, {.dim = true}, Qt::ElideRight);
    m_sentence->setObjectName(QStringLiteral("reviewSentence"));
    m_counts = new QHBoxLayout;
    m_counts->setSpacing(8);
    m_copy = headButton("copyMarkdown",
                        tr("Copy as Markdown"),
                        tr("Copy the review as Markdown, for a pull request"));
    QPushButton* const another =
        headButton("reviewAnother", tr("Compare with…"), tr("Compare with another branch"));
    QPushButton* const close = headButton("closeReview", tr("Close"), tr("Back to the project"));
    close->setToolTip(tr("Back to the project (Esc)"));
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(14, 8, 14, 8);
    layout->setSpacing(10);
    layout->addWidget(title);
    layout->addWidget(m_sentence, 1);
    layout->addLayout(m_counts);
    for (QPushButton* const button : {m_copy, another, close})
        layout->addWidget(button);
    connect(m_copy, &QPushButton::clicked, this, &ReviewPage::copyMarkdown);
    connect(another, &QPushButton::clicked, this, &ReviewPage::anotherAsked);
    connect(close, &QPushButton::clicked, this, [this] { m_context.requests.ask(CloseReview{}); });
    return head;
}

void ReviewPage::createOutline()
{
    m_list = new QListView;
    m_list->setObjectName(QStringLiteral("reviewOutline"));
    m_list->setAccessibleName(tr("Findings by revision, worst first"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setUniformItemSizes(true);
    m_list->setModel(&m_outline);
    m_list->setItemDelegate(new OutlineDelegate(m_outline, m_context.theme, this));
    connect(m_list->selectionModel(),
            &QItemSelectionModel::currentChanged,
            this,
            [this](const QModelIndex& now) {
                if (now.isValid())
                    showRow(now.row());
            });
}

QWidget* ReviewPage::createSource()
{
    const Theme& theme = m_context.theme;
    m_sourceName = new ElidedLine(theme, {.size = TextSize::Code, .dim = true}, Qt::ElideMiddle);
    m_sourceName->setObjectName(QStringLiteral("reviewFile"));
    m_sourceWords = new TextLabel(theme, {.dim = true});
    m_sourceWords->setObjectName(QStringLiteral("reviewSourceWords"));
    m_sourceWords->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_sourceWords->setContentsMargins(16, 12, 16, 12);
    m_source = new SourceView(theme);
    connect(m_source, &SourceView::lineChanged, this, &ReviewPage::followLine);
    m_sourcePages = new QStackedWidget;
    m_sourcePages->addWidget(m_sourceWords);
    m_sourcePages->addWidget(m_source);
    auto* whole = new QWidget;
    whole->setAutoFillBackground(true);
    whole->setBackgroundRole(QPalette::Base);
    auto* name = new QHBoxLayout;
    name->setContentsMargins(16, 8, 16, 6);
    name->addWidget(m_sourceName, 1);
    auto* layout = new QVBoxLayout(whole);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(name);
    layout->addWidget(m_sourcePages, 1);
    return whole;
}

QWidget* ReviewPage::createBody()
{
    createOutline();
    m_findings =
        new FindingList({.theme = m_context.theme,
                         .requests = m_context.requests,
                         .shownPath =
                             [this](const std::string& file) {
                                 return m_review == nullptr
                                            ? toQString(file)
                                            : toQString(shownFile(m_review->report.root, file));
                             },
                         .open = [this](const SourceSpan& span) { openPlace(span); }});
    m_findings->setObjectName(QStringLiteral("reviewFindings"));
    m_findings->setAutoFillBackground(true);
    m_findings->setBackgroundRole(QPalette::Base);
    auto* columns = new QSplitter(Qt::Horizontal);
    columns->addWidget(m_list);
    columns->addWidget(createSource());
    columns->addWidget(m_findings);
    columns->setStretchFactor(1, 1);
    columns->setChildrenCollapsible(false);
    columns->setHandleWidth(1);
    columns->setSizes({330, 760, 350});
    m_list->setMinimumWidth(200);
    m_findings->setMinimumWidth(280);
    return columns;
}

void ReviewPage::sayWords(const QString& words)
{
    m_words->setText(words);
    m_pages->setCurrentIndex(0);
}

/// The checklist is of the database, and comes after the review of the branch as often as before.
void ReviewPage::followChecks()
{
    const auto& inspection = m_context.store.current();
    std::vector<ChecklistItem> checks;
    if (inspection != nullptr)
        checks = inspection->beforeUpgrade;
    if (checks == m_checks)
        return;
    m_checks = std::move(checks);
    refresh();
}

void ReviewPage::refresh()
{
    const int old = m_list->currentIndex().row();
    m_review = m_store.current();
    m_outline.setReview(m_review, m_checks);
    m_file.clear();
    refreshHead();
    if (!m_store.isOpen())
        return;
    if (m_review == nullptr) {
        sayWords(tr("Reviewing what is added to %1…").arg(m_store.reference()));
        return;
    }
    if (m_review->error) {
        sayWords(shownText(*m_review->error));
        return;
    }
    if (m_review->report.result.revisions.empty()) {
        sayWords(tr("Nothing is added to %1: no revision file differs from the commit where both "
                    "part.")
                     .arg(m_store.reference()));
        return;
    }
    m_pages->setCurrentIndex(1);
    const bool kept = old >= 0 && old < m_outline.rowCount();
    m_list->setCurrentIndex(m_outline.index(kept ? old : m_outline.firstRow()));
    m_list->setFocus();
}

void ReviewPage::refreshHead()
{
    const bool finished = m_review != nullptr && !m_review->error;
    m_sentence->setText(finished ? reviewSentence(*m_review, m_store.reference())
                                 : m_store.reference());
    m_copy->setEnabled(finished);
    refreshCounts();
}

void ReviewPage::refreshCounts()
{
    while (QLayoutItem* const item = m_counts->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    if (m_review == nullptr || m_review->error)
        return;
    const auto add = [this](const QString& text, Tone tone) {
        auto* pill = new PillLabel(m_context.theme);
        pill->setPill({.text = text, .tone = tone});
        m_counts->addWidget(pill);
    };
    const SeverityCounts counts = countedSeverities(m_review->report);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const auto severity = static_cast<Severity>(i);
        if (counts[i] > 0)
            add(QStringLiteral("%1 %2").arg(counts[i]).arg(toQString(toText(severity))),
                Theme::toneOf(severity));
    }
    const auto& revisions = m_review->report.result.revisions;
    const auto open = std::ranges::count_if(
        revisions, [](const ReviewedRevision& each) { return !each.notAnalysed.empty(); });
    if (open > 0)
        add(tr("%1 not fully analysed").arg(open), Tone::Warning);
    else if (m_counts->count() == 0 && !revisions.empty())
        add(tr("no findings"), Tone::Good);
    addCheckCount();
}

/// How much of what should hold before an upgrade of the connected database does hold.
void ReviewPage::addCheckCount()
{
    if (m_checks.empty())
        return;
    const bool all = std::ranges::all_of(
        m_checks, [](const ChecklistItem& each) { return each.ok.value_or(false); });
    auto* pill = new PillLabel(m_context.theme);
    pill->setObjectName(QStringLiteral("reviewChecks"));
    pill->setPill({.text = tr("checklist %1").arg(checksMet(m_checks)),
                   .tone = all ? Tone::Good : Tone::Warning});
    m_counts->addWidget(pill);
}

void ReviewPage::showRow(int number)
{
    const OutlineRow& row = m_outline.row(number);
    std::vector<Finding> findings;
    for (const Finding* const finding : row.findings)
        findings.push_back(*finding);
    const int line = findings.empty() ? row.line : findings.front().span.line;
    m_findings->showFindings(std::move(findings),
                             row.kind == OutlineRow::Kind::Words ||
                                     row.kind == OutlineRow::Kind::Check
                                 ? row.title + QStringLiteral(": ") + row.detail
                                 : QString());
    showFile(row.revision, line);
}

void ReviewPage::showFile(const ReviewedRevision* revision, int line)
{
    if (revision == nullptr || revision->file.empty()) {
        m_file.clear();
        m_sourceName->setText(QString());
        m_sourceWords->setText(tr("This is about the revisions together; no file is to be shown."));
        m_sourcePages->setCurrentIndex(0);
        return;
    }
    m_line = line;
    if (revision->file == m_file) {
        if (m_sourcePages->currentIndex() == 1 && m_follows)
            m_source->goToLine(line);
        return;
    }
    readFile(revision->file);
}

void ReviewPage::readFile(const std::string& file)
{
    m_file = file;
    const QString name = toQString(shownFile(m_review->report.root, file));
    m_sourceName->setText(name);
    m_sourceWords->setText(tr("Reading %1…").arg(name));
    m_runner.start(
        sourceSubject(),
        this,
        [read = m_read, file](const RunContext&) { return read(file); },
        [this, file](const Result<std::string>& bytes) { takeSource(file, bytes); });
}

void ReviewPage::takeSource(const std::string& file, const Result<std::string>& bytes)
{
    if (file != m_file || m_review == nullptr)
        return;
    if (!bytes || bytes->size() > mostSourceBytes) {
        m_sourceWords->setText(bytes ? tr("%1 is too large to be shown.").arg(fileName(file))
                                     : shownText(bytes.error()));
        m_sourcePages->setCurrentIndex(0);
        return;
    }
    std::vector<Finding> findings;
    for (const ReviewedRevision& revision : m_review->report.result.revisions) {
        if (revision.file == file)
            findings.insert(findings.end(), revision.findings.begin(), revision.findings.end());
    }
    m_source->showSource(toQString(*bytes));
    m_source->showRemarks(remarksIn(file, findings));
    m_sourcePages->setCurrentIndex(1);
    m_source->goToLine(m_line);
}

void ReviewPage::followLine(int line)
{
    const int row = m_outline.rowAt(m_file, line);
    if (row < 0 || row == m_list->currentIndex().row())
        return;
    m_follows = false; // the line is in sight already
    m_list->setCurrentIndex(m_outline.index(row));
    m_follows = true;
}

void ReviewPage::openPlace(const SourceSpan& span)
{
    const auto& revisions = m_review->report.result.revisions;
    const auto found = std::ranges::find(revisions, span.file, &ReviewedRevision::file);
    if (found != revisions.end())
        showFile(&*found, span.line);
    else
        m_context.requests.ask(OpenInEditor{.file = toQString(span.file), .line = span.line});
}

void ReviewPage::copyMarkdown()
{
    QGuiApplication::clipboard()->setText(toQString(reviewMarkdown(m_review->report)));
    QToolTip::showText(m_copy->mapToGlobal(m_copy->rect().bottomLeft()), tr("Copied"), m_copy);
}

void ReviewPage::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const ThemeColors& colors = m_context.theme.colors();
    painter.fillRect(rect(), colors.panel);
    const int under = m_pages->geometry().top() - 1;
    painter.fillRect(QRect(0, under, width(), 1), colors.line);
}

} // namespace sightglass
