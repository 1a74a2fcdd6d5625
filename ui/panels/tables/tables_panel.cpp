// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/tables/tables_panel.h"

#include "ui/text.h"
#include "ui/widgets/row_painting.h"
#include "ui/widgets/row_table.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <array>
#include <utility>

namespace sightglass {

namespace {
constexpr int rowHeight = 30;
const QString tablesSubject = QStringLiteral("tables");

constexpr int column(TableColumn which)
{
    return static_cast<int>(which);
}
} // namespace

TablesPanel::TablesPanel(const PanelContext& panelContext, JobRunner& jobs, QWidget* parent)
    : Panel(panelContext, parent)
    , m_jobs(jobs)
{
    setObjectName(QStringLiteral("tablesPanel"));
    setAccessibleName(tr("Tables"));
    m_rows.setSourceModel(&m_model);
    m_rows.setLess(
        [this](int sorted, int left, int right) { return m_model.less(sorted, left, right); });
    createTable();
    createLayout();
    connectSignals();
    updateWords();
}

void TablesPanel::createTable()
{
    m_table = new RowTable(context().theme);
    m_table->setObjectName(QStringLiteral("tableList"));
    m_table->setAccessibleName(tr("Tables of models, chain and database"));
    m_table->setModel(&m_rows);
    m_table->setRowHeight(rowHeight);
    auto* delegate = new RowDelegate(context().theme, m_table);
    delegate->setSeparator(true);
    delegate->setLook(column(TableColumn::Name),
                      {.font = CellFont::Code, .elide = Qt::ElideMiddle});
    delegate->setLook(column(TableColumn::Rows), {.atRight = true});
    delegate->setLook(column(TableColumn::Size), {.atRight = true});
    delegate->setLook(column(TableColumn::Forecast), {.dim = true});
    m_table->setItemDelegate(delegate);
    QHeaderView* const header = m_table->horizontalHeader();
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setSortIndicatorClearable(true); // a third click gives the order by name again
    header->setSortIndicator(-1, Qt::AscendingOrder);
    header->setStretchLastSection(true);
}

void TablesPanel::createLayout()
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_field = new QLineEdit;
    m_field->setObjectName(QStringLiteral("tableFilter"));
    m_field->setAccessibleName(tr("Filter tables"));
    m_field->setPlaceholderText(tr("Filter: name, verdict…"));
    m_field->setClearButtonEnabled(true);
    m_field->setMaximumWidth(280);
    m_onlyDifferences = new QPushButton(tr("Only differences"));
    m_onlyDifferences->setObjectName(QStringLiteral("onlyDifferences"));
    m_onlyDifferences->setToolTip(
        tr("Tables that are not alike in models, chain and database, or that autogenerate would "
           "touch"));
    m_onlyDifferences->setCheckable(true);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(10, 6, 10, 2);
    bar->setSpacing(12);
    bar->addWidget(m_field, 1);
    bar->addWidget(new TextLabel(context().theme,
                                 {.dim = true},
                                 tr("What the models, the chain and the database each say")),
                   2);
    bar->addWidget(m_onlyDifferences);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(bar);
    layout->addWidget(m_table, 1);
    layout->addWidget(createFoot());
}

QWidget* TablesPanel::createFoot()
{
    const Theme& theme = context().theme;
    const TextLook quiet{.size = TextSize::Small, .dim = true};
    auto* foot = new QWidget;
    auto* line = new QHBoxLayout(foot);
    line->setContentsMargins(12, 2, 12, 4);
    line->setSpacing(18);
    m_count = new TextLabel(theme, quiet);
    m_count->setObjectName(QStringLiteral("tableCount"));
    m_count->setWordWrap(false);
    line->addWidget(m_count);
    line->addWidget(
        new TextLabel(
            theme,
            quiet,
            tr("\u2713 has it. \u2260 has it in another shape than the chain. \u2212 lacks "
               "it. ? not known.")),
        1);
    return foot;
}

void TablesPanel::connectSignals()
{
    connect(m_field, &QLineEdit::textChanged, this, &TablesPanel::applyFilter);
    connect(m_onlyDifferences, &QPushButton::toggled, this, &TablesPanel::applyFilter);
    connect(m_table, &RowTable::copyRequested, this, &TablesPanel::copyRow);
    connect(m_table, &RowTable::resized, this, &TablesPanel::updateColumns);
    connect(m_table->horizontalHeader(),
            &QHeaderView::sortIndicatorChanged,
            this,
            [this](int sorted, Qt::SortOrder order) { m_rows.sort(sorted, order); });
}

void TablesPanel::showInspection(const std::shared_ptr<const Inspection>& inspection)
{
    m_jobs.stop(tablesSubject);
    m_reading = inspection != nullptr;
    if (!m_reading) {
        take({});
        return;
    }
    updateWords();
    m_jobs.start(
        tablesSubject,
        this,
        [inspection](const RunContext&) { return TableList::of(tableRows(*inspection)); },
        [this](TableList list) {
            m_reading = false;
            take(std::move(list));
        });
}

void TablesPanel::take(TableList list)
{
    const QModelIndex current = m_table->currentIndex();
    QualifiedName kept;
    if (current.isValid())
        kept = m_model.row(m_rows.sourceRow(current.row())).name;
    m_model.setList(std::move(list));
    for (int row = 0; current.isValid() && row < m_model.rowCount(); ++row) {
        if (m_model.row(row).name == kept && m_rows.rowOfSource(row) >= 0)
            m_table->setCurrentIndex(m_rows.index(m_rows.rowOfSource(row), 0));
    }
    updateColumns();
    updateWords();
    selectWanted();
}

void TablesPanel::selectTable(const QString& name)
{
    ensureFresh();
    m_wanted = name;
    if (!m_reading)
        selectWanted();
}

void TablesPanel::selectWanted()
{
    if (m_wanted.isEmpty())
        return;
    const QString wanted = std::exchange(m_wanted, QString());
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QString name = toQString(toText(m_model.row(row).name));
        if (wanted != name && !wanted.startsWith(name + QLatin1Char('.')))
            continue;
        if (m_rows.rowOfSource(row) < 0) {
            m_onlyDifferences->setChecked(false);
            m_field->clear();
        }
        const QModelIndex index = m_rows.index(m_rows.rowOfSource(row), 0);
        m_table->setCurrentIndex(index);
        m_table->scrollTo(index, QAbstractItemView::PositionAtCenter);
        return;
    }
}

void TablesPanel::applyFilter()
{
    const QString text = m_field->text().trimmed();
    const bool onlyDifferences = m_onlyDifferences->isChecked();
    m_rows.setAccept([this, text, onlyDifferences](int row) {
        return (text.isEmpty() || m_model.contains(row, text)) &&
               (!onlyDifferences || m_model.row(row).hasDifference());
    });
    updateWords();
}

void TablesPanel::updateWords()
{
    m_table->horizontalHeader()->setVisible(m_model.rowCount() > 0);
    if (context().store.current() == nullptr)
        m_table->setEmptyText(tr("No project is open."));
    else if (m_reading)
        m_table->setEmptyText(tr("Comparing the tables…"));
    else if (m_model.rowCount() == 0)
        m_table->setEmptyText(tr("No table is known to the models, the chain or the database."));
    else if (m_field->text().trimmed().isEmpty())
        m_table->setEmptyText(tr("No table differs, as far as is known."));
    else
        m_table->setEmptyText(tr("No table matches the filter."));
    m_count->setText(m_model.rowCount() == 0 ? QString()
                                             : tr("%1 of %2 tables shown")
                                                   .arg(QLocale().toString(m_rows.rowCount()),
                                                        QLocale().toString(m_model.rowCount())));
}

void TablesPanel::updateColumns()
{
    const int letter = fontMetrics().averageCharWidth();
    const int presence = letter * 9 + 34;
    const std::array narrow{TableColumn::Models, TableColumn::Chain, TableColumn::Live};
    for (const TableColumn which : narrow)
        m_table->setColumnWidth(column(which), presence);
    const int number = letter * 9 + 16;
    m_table->setColumnWidth(column(TableColumn::Rows), number);
    m_table->setColumnWidth(column(TableColumn::Size), number);
    const int rest = m_table->viewport()->width() - 3 * presence - 2 * number;
    m_table->setColumnWidth(column(TableColumn::Name), std::max(letter * 18, rest * 34 / 100));
    m_table->setColumnWidth(column(TableColumn::Verdict), std::max(letter * 20, rest * 34 / 100));
}

void TablesPanel::copyRow()
{
    const QModelIndex current = m_table->currentIndex();
    if (current.isValid())
        QGuiApplication::clipboard()->setText(m_model.line(m_rows.sourceRow(current.row())));
}

void TablesPanel::applyTheme()
{
    m_table->viewport()->update();
}

} // namespace sightglass
