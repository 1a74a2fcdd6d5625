// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/branch_dialog.h"

#include "ui/jobs/job_runner.h"
#include "ui/main_window/message_bar.h"

#include <QComboBox>
#include <QCompleter>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace sightglass {

namespace {
constexpr int dialogWidth = 460;
} // namespace

BranchDialog::BranchDialog(const BranchReading& read,
                           const QString& reference,
                           JobRunner& runner,
                           QWidget* parent)
    : QDialog(parent)
    , m_offered(reference)
    , m_words(new QLabel(this))
    , m_problem(new QLabel(this))
    , m_field(new QComboBox(this))
{
    setObjectName(QStringLiteral("branchDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Review branch"));
    createLayout();
    resize(dialogWidth, sizeHint().height());
    connect(m_field, &QComboBox::editTextChanged, this, &BranchDialog::refresh);
    refresh();
    runner.start(
        QStringLiteral("branches"),
        this,
        [read](const RunContext&) { return read(); },
        [this](const Result<BranchChoices>& choices) { take(choices); });
}

void BranchDialog::createLayout()
{
    m_words->setObjectName(QStringLiteral("branchWords"));
    m_words->setWordWrap(true);
    m_words->setText(tr("Reading the branches…"));
    m_problem->setObjectName(QStringLiteral("branchProblem"));
    m_problem->setWordWrap(true);
    m_problem->setProperty("tone", QStringLiteral("danger"));
    m_problem->hide();
    m_field->setObjectName(QStringLiteral("branchField"));
    m_field->setAccessibleName(tr("Branch, tag or commit to compare with"));
    m_field->setEditable(true);
    m_field->setInsertPolicy(QComboBox::NoInsert);
    m_field->lineEdit()->setPlaceholderText(tr("Branch, tag or commit"));
    m_field->setEditText(m_offered);
    auto* note = new QLabel(tr("Nothing is checked out, fetched or run. Changes that are not "
                               "committed count."),
                            this);
    note->setWordWrap(true);
    note->setProperty("role", QStringLiteral("dim"));
    auto* buttons = new QDialogButtonBox(this);
    buttons->addButton(QDialogButtonBox::Cancel);
    m_review = buttons->addButton(tr("Review"), QDialogButtonBox::AcceptRole);
    m_review->setObjectName(QStringLiteral("branchReview"));
    m_review->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &BranchDialog::choose);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(10);
    layout->addWidget(m_words);
    layout->addWidget(m_field);
    layout->addWidget(m_problem);
    layout->addWidget(note);
    layout->addStretch(1);
    layout->addWidget(buttons);
}

void BranchDialog::take(const Result<BranchChoices>& choices)
{
    if (!choices) {
        m_words->setText(tr("What the branch adds can't be told."));
        m_problem->setText(shownText(choices.error()));
        m_problem->show();
        m_field->setEnabled(false);
        refresh();
        return;
    }
    m_words->setText(
        choices->current.isEmpty()
            ? tr("Review the revisions that were added since this parted from:")
            : tr("Review the revisions that %1 adds since it parted from:").arg(choices->current));
    const QString typed = m_field->currentText();
    m_field->addItems(choices->names);
    m_field->completer()->setCaseSensitivity(Qt::CaseInsensitive);
    // Completed inside the field, "main" would become "main-old" on Return.
    m_field->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_field->setEditText(typed.isEmpty() ? choices->usual : typed);
    m_field->lineEdit()->selectAll();
    m_field->setFocus();
    refresh();
}

void BranchDialog::refresh()
{
    m_review->setEnabled(m_field->isEnabled() && !m_field->currentText().trimmed().isEmpty());
}

void BranchDialog::choose()
{
    if (!m_review->isEnabled())
        return;
    Q_EMIT chosen(ReviewBranch{m_field->currentText().trimmed()});
    accept();
}

} // namespace sightglass
