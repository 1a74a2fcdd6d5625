// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"
#include "ui/widgets/filtered_rows.h"

#include <QAbstractTableModel>
#include <QDateTime>
#include <QString>
#include <QWidget>

#include <deque>

class QAction;
class QComboBox;

namespace sightglass {

class RowDelegate;
class RowTable;

/// One line that the program says of its own work.
struct LogEntry
{
    QDateTime time;
    QString level; ///< "error", "warning", "info", "debug", "trace"
    QString logger;
    QString text;
};

enum class LogColumn
{
    When,
    Level,
    Logger,
    Text
};

/// The last lines of the log, oldest first.
class LogModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    static constexpr int columns = 4;
    static constexpr int mostLines = 10'000;

    using QAbstractTableModel::QAbstractTableModel;

    /// At mostLines the oldest go, some at a time.
    void append(const LogEntry& entry);
    void clear();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    const LogEntry& entry(int row) const { return m_entries[static_cast<std::size_t>(row)]; }

    QString line(int row) const;

private:
    std::deque<LogEntry> m_entries;
};

/// 0 for errors, growing with chattiness; an unknown word counts as information.
int chattiness(const QString& level);

/// What the program did, with a filter by level.
class LogPanel : public QWidget
{
    Q_OBJECT

public:
    explicit LogPanel(const Theme& theme, QWidget* parent = nullptr);

public Q_SLOTS:
    /// Adds a line; the list follows only when its end is in sight.
    void append(const sightglass::LogEntry& entry);

private:
    void createLayout();
    void createActions();
    void applyLevel();
    void copySelected();
    void updateWords();

    const Theme& m_theme;
    LogModel m_model;
    FilteredRows m_rows;
    QComboBox* m_level = nullptr;
    RowTable* m_table = nullptr;
    RowDelegate* m_delegate = nullptr;
    QAction* m_copy = nullptr;
};

} // namespace sightglass

Q_DECLARE_METATYPE(sightglass::LogEntry)
