// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/log/log_panel.h"

#include "ui/widgets/row_painting.h"
#include "ui/widgets/row_table.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace sightglass {

namespace {
constexpr int dropAtOnce = 500;
constexpr int rowHeight = 22;
constexpr int chattinessOfInfo = 2;
constexpr int chattinessOfAll = 4;
} // namespace

int chattiness(const QString& level)
{
    if (level == QLatin1String("error") || level == QLatin1String("critical"))
        return 0;
    if (level == QLatin1String("warning") || level == QLatin1String("warn"))
        return 1;
    if (level == QLatin1String("debug"))
        return 3;
    return level == QLatin1String("trace") ? chattinessOfAll : chattinessOfInfo;
}

void LogModel::append(const LogEntry& entry)
{
    if (rowCount() >= mostLines) {
        beginRemoveRows({}, 0, dropAtOnce - 1);
        m_entries.erase(m_entries.begin(), m_entries.begin() + dropAtOnce);
        endRemoveRows();
    }
    beginInsertRows({}, rowCount(), rowCount());
    m_entries.push_back(entry);
    endInsertRows();
}

void LogModel::clear()
{
    beginResetModel();
    m_entries.clear();
    endResetModel();
}

int LogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int LogModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant LogModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const LogEntry& shown = entry(index.row());
    const auto column = static_cast<LogColumn>(index.column());
    if (role == Qt::ToolTipRole)
        return QStringLiteral("<qt>%1<br>%2</qt>")
            .arg(shown.time.toString(Qt::ISODateWithMs).toHtmlEscaped(),
                 shown.text.toHtmlEscaped());
    if (role == pillRole && column == LogColumn::Level && chattiness(shown.level) <= 1)
        return QVariant::fromValue(
            Pill{.text = shown.level,
                 .tone = chattiness(shown.level) == 0 ? Tone::Danger : Tone::Warning});
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case LogColumn::When:
        return shown.time.toString(QStringLiteral("HH:mm:ss.zzz"));
    case LogColumn::Level:
        return shown.level;
    case LogColumn::Logger:
        return shown.logger;
    case LogColumn::Text:
        return shown.text;
    }
    return {};
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<LogColumn>(section)) {
    case LogColumn::When:
        return tr("Time");
    case LogColumn::Level:
        return tr("Level");
    case LogColumn::Logger:
        return tr("Part");
    case LogColumn::Text:
        return tr("What happened");
    }
    return {};
}

QString LogModel::line(int row) const
{
    const LogEntry& shown = entry(row);
    return QStringList{
        shown.time.toString(Qt::ISODateWithMs), shown.level, shown.logger, shown.text}
        .join(QLatin1Char('\t'));
}

LogPanel::LogPanel(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("logPanel"));
    setAccessibleName(tr("Log"));
    m_rows.setSourceModel(&m_model);
    createLayout();
    createActions();
    connect(m_level, &QComboBox::currentIndexChanged, this, &LogPanel::applyLevel);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    applyLevel();
}

void LogPanel::createLayout()
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_level = new QComboBox;
    m_level->setObjectName(QStringLiteral("logLevel"));
    m_level->setAccessibleName(tr("Level of the log"));
    m_level->addItem(tr("Errors"), 0);
    m_level->addItem(tr("Warnings and errors"), 1);
    m_level->addItem(tr("Information"), chattinessOfInfo);
    m_level->addItem(tr("Everything"), chattinessOfAll);
    m_level->setCurrentIndex(2);
    auto* label = new QLabel(tr("&Show"));
    label->setBuddy(m_level);
    m_table = new RowTable(m_theme);
    m_table->setObjectName(QStringLiteral("logList"));
    m_table->setAccessibleName(tr("Log lines, oldest first"));
    m_table->setModel(&m_rows);
    m_table->setRowHeight(rowHeight);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->horizontalHeader()->setStretchLastSection(true);
    const int letter = fontMetrics().averageCharWidth();
    m_table->setColumnWidth(static_cast<int>(LogColumn::When), letter * 12 + 24);
    m_table->setColumnWidth(static_cast<int>(LogColumn::Level), letter * 9 + 24);
    m_table->setColumnWidth(static_cast<int>(LogColumn::Logger), letter * 12 + 24);
    m_delegate = new RowDelegate(m_theme, m_table);
    m_delegate->setLook(static_cast<int>(LogColumn::When), {.font = CellFont::Code, .dim = true});
    m_delegate->setLook(static_cast<int>(LogColumn::Level), {.dim = true});
    m_delegate->setLook(static_cast<int>(LogColumn::Logger), {.dim = true});
    m_delegate->setLook(static_cast<int>(LogColumn::Text), {.font = CellFont::Code});
    m_table->setItemDelegate(m_delegate);

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(10, 6, 10, 2);
    bar->addWidget(label);
    bar->addWidget(m_level);
    bar->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(bar);
    layout->addWidget(m_table, 1);
}

void LogPanel::createActions()
{
    m_copy = new QAction(tr("Copy lines"), this);
    m_copy->setShortcut(QKeySequence::Copy);
    m_copy->setShortcutContext(Qt::WidgetShortcut);
    connect(m_copy, &QAction::triggered, this, &LogPanel::copySelected);
    connect(m_table, &RowTable::copyRequested, this, &LogPanel::copySelected);
    auto* clear = new QAction(tr("Clear"), this);
    connect(clear, &QAction::triggered, this, [this] {
        m_model.clear();
        updateWords();
    });
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->addActions({m_copy, clear});
}

void LogPanel::append(const LogEntry& entry)
{
    const QScrollBar* const bar = m_table->verticalScrollBar();
    const bool atEnd = bar->value() >= bar->maximum();
    const int before = m_rows.rowCount();
    m_model.append(entry);
    if (m_rows.rowCount() != before)
        updateWords();
    if (atEnd)
        m_table->scrollToBottom();
}

void LogPanel::applyLevel()
{
    const int most = m_level->currentData().toInt();
    m_rows.setAccept(
        [this, most](int row) { return chattiness(m_model.entry(row).level) <= most; });
    updateWords();
    m_table->scrollToBottom();
}

void LogPanel::copySelected()
{
    QModelIndexList selected = m_table->selectionModel()->selectedRows();
    std::sort(
        selected.begin(), selected.end(), [](const QModelIndex& left, const QModelIndex& right) {
            return left.row() < right.row();
        });
    QStringList lines;
    for (const QModelIndex& index : selected)
        lines << m_model.line(m_rows.sourceRow(index.row()));
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void LogPanel::updateWords()
{
    m_table->horizontalHeader()->setVisible(m_rows.rowCount() > 0);
    m_table->setEmptyText(m_model.rowCount() == 0 ? tr("Nothing was logged yet.")
                                                  : tr("No line of this level."));
}

} // namespace sightglass
