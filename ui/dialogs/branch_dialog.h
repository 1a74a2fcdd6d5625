// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/state/requests.h"

#include <QDialog>
#include <QStringList>

#include <functional>

class QComboBox;
class QLabel;
class QPushButton;

namespace sightglass {

class JobRunner;

/// Branches of the project's repository.
struct BranchChoices
{
    QString current; ///< empty: none is checked out
    QString usual;   ///< what is offered first
    QStringList names;
};

/// Reads the branches of the open project, on a worker thread.
using BranchReading = std::function<Result<BranchChoices>()>;

/// Asks with which branch, tag or commit the files are compared.
class BranchDialog : public QDialog
{
    Q_OBJECT

public:
    /// `reference` is offered first where it is not empty.
    BranchDialog(const BranchReading& read,
                 const QString& reference,
                 JobRunner& runner,
                 QWidget* parent);

Q_SIGNALS:
    void chosen(const sightglass::Request& request);

private:
    void createLayout();
    void take(const Result<BranchChoices>& choices);
    void refresh();
    void choose();

    QString m_offered;
    QLabel* m_words;
    QLabel* m_problem;
    QComboBox* m_field;
    QPushButton* m_review = nullptr;
};

} // namespace sightglass
