// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/problems/problems_panel.h"

#include "ui/panels/problems/severity_chips.h"
#include "ui/panels/revision_facts.h"
#include "ui/text.h"
#include "ui/widgets/chip_button.h"
#include "ui/widgets/row_painting.h"
#include "ui/widgets/row_table.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QSplitter>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace sightglass {

namespace {
constexpr int rowHeight = 30;

constexpr int column(ProblemColumn which)
{
    return static_cast<int>(which);
}
} // namespace

ProblemsPanel::ProblemsPanel(const PanelContext& panelContext, QWidget* parent)
    : Panel(panelContext, parent)
{
    setObjectName(QStringLiteral("problemsPanel"));
    setAccessibleName(tr("Problems"));
    m_rows.setSourceModel(&m_model);
    m_rows.setLess(
        [this](int sorted, int left, int right) { return m_model.less(sorted, left, right); });
    createTable();
    createLayout();
    createActions();
    connectSignals();
    updateWords();
}

void ProblemsPanel::createTable()
{
    const Theme& theme = context().theme;
    m_table = new RowTable(theme);
    m_table->setObjectName(QStringLiteral("problemList"));
    m_table->setAccessibleName(tr("Problems, worst first"));
    m_table->setModel(&m_rows);
    m_table->setRowHeight(rowHeight);
    m_delegate = new RowDelegate(theme, m_table);
    m_delegate->setSeparator(true);
    m_delegate->setLook(column(ProblemColumn::Where),
                        {.font = CellFont::Code, .elide = Qt::ElideMiddle});
    m_delegate->setLook(column(ProblemColumn::Fix), {.tone = Tone::Accent});
    m_table->setItemDelegate(m_delegate);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    QHeaderView* const header = m_table->horizontalHeader();
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setSortIndicatorClearable(true); // a third click gives the order of need again
    header->setSortIndicator(-1, Qt::AscendingOrder);
    header->setStretchLastSection(true);
}

void ProblemsPanel::createLayout()
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_chips = new SeverityChips(context().theme);
    m_field = new QLineEdit;
    m_field->setObjectName(QStringLiteral("problemFilter"));
    m_field->setAccessibleName(tr("Filter problems"));
    m_field->setPlaceholderText(tr("Filter: text, rule, file…"));
    m_field->setClearButtonEnabled(true);
    m_field->setMaximumWidth(280);
    m_detailsButton = new ChipButton(context().theme, Tone::Neutral);
    m_detailsButton->setObjectName(QStringLiteral("problemDetailsButton"));
    m_detailsButton->setText(tr("Details"));
    m_detailsButton->setAccessibleName(tr("Show details of the selected problem"));
    m_details = new QTextBrowser;
    m_details->setObjectName(QStringLiteral("problemDetails"));
    m_details->setAccessibleName(tr("Details of the selected problem"));
    m_details->setFrameShape(QFrame::NoFrame);
    m_details->setOpenLinks(false);
    m_details->document()->setDocumentMargin(12);
    m_details->setVisible(false);
    m_details->setMinimumWidth(220);

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(10, 6, 10, 2);
    bar->addWidget(m_chips, 1);
    bar->addWidget(m_field, 1);
    bar->addWidget(m_detailsButton);
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(m_table);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(bar);
    layout->addWidget(splitter, 1);
}

void ProblemsPanel::createActions()
{
    m_jump = new QAction(tr("Go to it"), this);
    m_openInEditor = new QAction(tr("Open in editor"), this);
    m_copy = new QAction(tr("Copy row"), this);
    m_copy->setShortcut(QKeySequence::Copy);
    m_copy->setShortcutContext(Qt::WidgetShortcut);
    m_table->addActions({m_jump, m_openInEditor, m_copy});
}

void ProblemsPanel::connectSignals()
{
    connect(m_chips, &SeverityChips::changed, this, &ProblemsPanel::applyFilter);
    connect(m_field, &QLineEdit::textChanged, this, &ProblemsPanel::applyFilter);
    connect(m_table, &RowTable::copyRequested, this, &ProblemsPanel::copyRow);
    connect(m_table, &RowTable::resized, this, &ProblemsPanel::updateColumns);
    connect(m_detailsButton, &QToolButton::toggled, this, &ProblemsPanel::showDetails);
    connect(m_table->horizontalHeader(),
            &QHeaderView::sortIndicatorChanged,
            this,
            [this](int sorted, Qt::SortOrder order) { m_rows.sort(sorted, order); });
    connect(m_table, &QAbstractItemView::activated, this, &ProblemsPanel::jump);
    connect(m_table, &QAbstractItemView::clicked, this, [this](const QModelIndex& index) {
        if (index.column() == column(ProblemColumn::Where))
            jump(index);
    });
    connect(m_table->selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            &ProblemsPanel::showDetails);
    connect(m_jump, &QAction::triggered, this, [this] { jump(m_table->currentIndex()); });
    connect(m_openInEditor, &QAction::triggered, this, &ProblemsPanel::openInEditor);
    connect(m_copy, &QAction::triggered, this, &ProblemsPanel::copyRow);
    // The number on the panel's tab has to be right also while nobody looks at the panel.
    connect(&context().store, &InspectionStore::changed, this, [this] {
        const auto& inspection = context().store.current();
        Q_EMIT countChanged(inspection == nullptr ? 0
                                                  : static_cast<int>(inspection->findings.size()));
    });
}

void ProblemsPanel::showInspection(const std::shared_ptr<const Inspection>& inspection)
{
    const int old = currentSourceRow();
    std::optional<Finding> kept;
    if (old >= 0)
        kept = m_model.finding(old);
    m_model.setInspection(inspection);
    m_chips->setFindings(inspection == nullptr ? std::span<const Finding>()
                                               : std::span<const Finding>(inspection->findings));
    for (int row = 0; kept && row < m_model.rowCount(); ++row) {
        const Finding& finding = m_model.finding(row);
        if (finding.rule == kept->rule && finding.title == kept->title &&
            m_rows.rowOfSource(row) >= 0) {
            m_table->setCurrentIndex(m_rows.index(m_rows.rowOfSource(row), 0));
            break;
        }
    }
    updateColumns();
    showDetails();
}

void ProblemsPanel::applyFilter()
{
    const int old = currentSourceRow();
    const QString text = m_field->text().trimmed();
    m_rows.setAccept([this, text](int row) {
        const Finding& finding = m_model.finding(row);
        if (!m_chips->shows(finding.severity))
            return false;
        if (text.isEmpty())
            return true;
        for (const std::string* part : {&finding.title,
                                        &finding.rule,
                                        &finding.span.file,
                                        &finding.object,
                                        &finding.revision,
                                        &finding.detail}) {
            if (toQString(*part).contains(text, Qt::CaseInsensitive))
                return true;
        }
        return false;
    });
    if (const int row = m_rows.rowOfSource(old); row >= 0)
        m_table->setCurrentIndex(m_rows.index(row, 0));
    updateWords();
    showDetails();
}

int ProblemsPanel::currentSourceRow() const
{
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() ? m_rows.sourceRow(current.row()) : -1;
}

void ProblemsPanel::selectNext()
{
    walk(1);
}

void ProblemsPanel::selectPrevious()
{
    walk(-1);
}

void ProblemsPanel::walk(int step)
{
    ensureFresh();
    const int rows = m_rows.rowCount();
    if (rows == 0)
        return;
    const QModelIndex current = m_table->currentIndex();
    const int from = current.isValid() ? current.row() : (step > 0 ? -1 : 0);
    const QModelIndex next = m_rows.index((from + step + rows) % rows, 0);
    m_table->setCurrentIndex(next);
    m_table->scrollTo(next);
    jump(next);
}

void ProblemsPanel::jump(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    const Finding& finding = m_model.finding(m_rows.sourceRow(index.row()));
    if (!finding.revision.empty())
        context().selection.jumpToRevision(toQString(finding.revision), finding.span.line);
    else
        openInEditor();
}

void ProblemsPanel::openInEditor()
{
    const int row = currentSourceRow();
    if (row < 0 || m_model.finding(row).span.file.empty())
        return;
    const SourceSpan& span = m_model.finding(row).span;
    context().requests.ask(OpenInEditor{.file = toQString(span.file), .line = span.line});
}

void ProblemsPanel::copyRow()
{
    if (const int row = currentSourceRow(); row >= 0)
        QGuiApplication::clipboard()->setText(m_model.line(row));
}

void ProblemsPanel::showDetails()
{
    const int row = currentSourceRow();
    m_jump->setEnabled(row >= 0 && !m_model.finding(row).revision.empty());
    m_openInEditor->setEnabled(row >= 0 && !m_model.finding(row).span.file.empty());
    m_copy->setEnabled(row >= 0);
    m_details->setVisible(m_detailsButton->isChecked());
    if (!m_details->isVisibleTo(this))
        return;
    if (row < 0) {
        m_details->setPlainText(tr("Select a problem to see what it means and what helps."));
        return;
    }
    m_details->document()->setDefaultStyleSheet(
        QStringLiteral("code{font-family:'%1';font-size:%2pt}")
            .arg(context().theme.codeFont().family())
            .arg(context().theme.codeFont().pointSizeF()));
    m_details->setHtml(findingHtml(m_model.finding(row), *m_model.inspection()));
}

void ProblemsPanel::updateColumns()
{
    const int letter = fontMetrics().averageCharWidth();
    const int severity = letter * 9 + 24;
    const int rest = std::max(0, m_table->viewport()->width() - severity);
    m_table->setColumnWidth(column(ProblemColumn::Severity), severity);
    m_table->setColumnWidth(column(ProblemColumn::Problem), rest * 39 / 100);
    m_table->setColumnWidth(column(ProblemColumn::Where), rest * 27 / 100);
}

void ProblemsPanel::updateWords()
{
    const auto& inspection = m_model.inspection();
    m_table->horizontalHeader()->setVisible(m_model.rowCount() > 0);
    if (inspection == nullptr)
        m_table->setEmptyText(tr("No project is open."));
    else if (m_model.rowCount() == 0)
        m_table->setEmptyText(inspection->graph->size() == 1
                                  ? tr("No problems found in 1 revision.")
                                  : tr("No problems found in %1 revisions.").arg(inspection->graph->size()));
    else
        m_table->setEmptyText(tr("No problem matches the filter."));
}

void ProblemsPanel::applyTheme()
{
    m_table->viewport()->update();
}

} // namespace sightglass
