// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/problems/problems_panel.h"

#include "ui/panels/findings/finding_list.h"
#include "ui/panels/findings/finding_words.h"
#include "ui/panels/problems/severity_chips.h"
#include "ui/panels/revision_facts.h"
#include "ui/text.h"
#include "ui/widgets/chip_button.h"
#include "ui/widgets/row_painting.h"
#include "ui/widgets/row_table.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <map>

namespace sightglass {

namespace {
constexpr int rowHeight = 30;

constexpr int column(ProblemColumn which)
{
    return static_cast<int>(which);
}

/// Whether `text` has `folded`, a text in lower case, whatever the case. Thousands of findings are
/// searched at every key: what is plain ASCII is compared as it stands.
bool containsFolded(std::string_view text, const QString& folded)
{
    const bool plain =
        std::ranges::all_of(folded, [](QChar letter) { return letter.unicode() < 0x80; });
    if (!plain)
        return toQString(text).contains(folded, Qt::CaseInsensitive);
    const auto same = [](char letter, QChar wanted) {
        const char lower = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
        return static_cast<unsigned char>(lower) == wanted.unicode();
    };
    return std::search(text.begin(), text.end(), folded.begin(), folded.end(), same) != text.end();
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
    m_pending = new ChipButton(context().theme, Tone::Accent);
    m_pending->setObjectName(QStringLiteral("chipPending"));
    m_pending->setText(tr("Pending only"));
    m_pending->setAccessibleName(tr("Show only problems of what the database does not have yet"));
    m_pending->setToolTip(m_pending->accessibleName());
    m_rule = new QComboBox;
    m_rule->setObjectName(QStringLiteral("problemRule"));
    m_rule->setAccessibleName(tr("Show one rule only"));
    m_rule->setMinimumContentsLength(14);
    m_rule->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_rule->setMaximumWidth(230);
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
    m_details = new FindingList(
        {.theme = context().theme,
         .requests = context().requests,
         .shownPath =
             [this](const std::string& file) { return pathInProject(*m_model.inspection(), file); },
         .open = [this](const SourceSpan& span) { openPlace(span); }});
    m_details->setObjectName(QStringLiteral("problemDetails"));
    m_details->setAccessibleName(tr("Details of the selected problem"));
    m_details->setVisible(false);
    m_details->setMinimumWidth(260);

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(10, 6, 10, 2);
    bar->addWidget(m_chips, 1);
    bar->addWidget(m_pending);
    bar->addWidget(m_rule);
    bar->addWidget(m_field, 1);
    bar->addWidget(m_detailsButton);
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(m_table);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
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
    m_safeForm = new QAction(tr("Show safe form"), this);
    m_openRule = new QAction(tr("Open the rule"), this);
    m_openInEditor = new QAction(tr("Open in editor"), this);
    m_copy = new QAction(tr("Copy row"), this);
    m_copy->setShortcut(QKeySequence::Copy);
    m_copy->setShortcutContext(Qt::WidgetShortcut);
    m_table->addActions({m_jump, m_safeForm, m_openRule, m_openInEditor, m_copy});
}

void ProblemsPanel::connectSignals()
{
    connect(m_chips, &SeverityChips::changed, this, &ProblemsPanel::applyFilter);
    connect(m_pending, &QToolButton::toggled, this, &ProblemsPanel::applyFilter);
    connect(m_rule, &QComboBox::currentIndexChanged, this, &ProblemsPanel::applyFilter);
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
        else if (index.column() == column(ProblemColumn::Fix))
            openFix(index);
    });
    connect(m_table->selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            &ProblemsPanel::showDetails);
    connect(m_jump, &QAction::triggered, this, [this] { jump(m_table->currentIndex()); });
    connect(m_safeForm, &QAction::triggered, this, [this] { m_detailsButton->setChecked(true); });
    connect(m_openRule, &QAction::triggered, this, &ProblemsPanel::openRule);
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
    m_pending->setVisible(inspection != nullptr && !inspection->applied.empty());
    fillRules();
    applyFilter();
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

void ProblemsPanel::fillRules()
{
    std::map<std::string, int> counts;
    for (int row = 0; row < m_model.rowCount(); ++row)
        ++counts[m_model.finding(row).rule];
    const QSignalBlocker quiet(m_rule);
    const QString chosen = m_rule->currentData().toString();
    m_rule->clear();
    m_rule->addItem(tr("All rules"), QString());
    for (const auto& [rule, count] : counts)
        m_rule->addItem(QStringLiteral("%1 (%2)").arg(toQString(rule)).arg(count), toQString(rule));
    m_rule->setCurrentIndex(std::max(0, m_rule->findData(chosen)));
    m_rule->setVisible(counts.size() > 1);
}

bool ProblemsPanel::passes(const Finding& finding, const QString& text) const
{
    if (m_pending->isChecked() && m_pending->isVisibleTo(this) &&
        !isAboutPending(finding, *m_model.inspection()))
        return false;
    if (!m_onlyRule.empty() && finding.rule != m_onlyRule)
        return false;
    if (text.isEmpty())
        return true;
    const std::array parts{&finding.title,
                           &finding.rule,
                           &finding.span.file,
                           &finding.object,
                           &finding.revision,
                           &finding.detail};
    return std::ranges::any_of(
        parts, [&](const std::string* part) { return containsFolded(*part, text); });
}

void ProblemsPanel::applyFilter()
{
    const int old = currentSourceRow();
    const QString text = m_field->text().trimmed().toLower();
    m_onlyRule = toStd(m_rule->currentData().toString());
    SeverityChips::Counts shown{};
    SeverityChips::Counts all{};
    std::vector<bool> passing(static_cast<std::size_t>(m_model.rowCount()));
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const Finding& finding = m_model.finding(row);
        const auto severity = static_cast<std::size_t>(finding.severity);
        const bool passed = passes(finding, text);
        passing[static_cast<std::size_t>(row)] = passed;
        ++all[severity];
        shown[severity] += passed ? 1 : 0;
    }
    m_chips->setCounts(shown, all);
    m_rows.setAccept([this, passing = std::move(passing)](int row) {
        // While another inspection is taken over its rows come before they are filtered.
        return static_cast<std::size_t>(row) < passing.size() &&
               passing[static_cast<std::size_t>(row)] &&
               m_chips->shows(m_model.finding(row).severity);
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

void ProblemsPanel::openFix(const QModelIndex& index)
{
    const Finding& finding = m_model.finding(m_rows.sourceRow(index.row()));
    if (finding.instead.empty() && finding.fixes.empty())
        openRule();
    else
        m_detailsButton->setChecked(true);
}

void ProblemsPanel::openRule()
{
    const int row = currentSourceRow();
    if (row >= 0 && hasRulePage(m_model.finding(row)))
        context().requests.ask(ShowRule{toQString(m_model.finding(row).rule)});
}

void ProblemsPanel::openPlace(const SourceSpan& span)
{
    const int row = currentSourceRow();
    if (row < 0)
        return;
    const Finding& finding = m_model.finding(row);
    if (!finding.revision.empty() && span.file == finding.span.file)
        context().selection.jumpToRevision(toQString(finding.revision), span.line);
    else
        context().requests.ask(OpenInEditor{.file = toQString(span.file), .line = span.line});
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
    m_safeForm->setEnabled(row >= 0 && !m_model.finding(row).instead.empty());
    m_openRule->setEnabled(row >= 0 && hasRulePage(m_model.finding(row)));
    m_details->setVisible(m_detailsButton->isChecked());
    if (!m_details->isVisibleTo(this))
        return;
    std::vector<Finding> selected;
    if (row >= 0)
        selected.push_back(m_model.finding(row));
    m_details->showFindings(std::move(selected),
                            tr("Select a problem to see what it means and what helps."));
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
        m_table->setEmptyText(
            inspection->graph->size() == 1
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
