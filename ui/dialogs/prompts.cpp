// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/prompts.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFontDatabase>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

namespace sightglass {

namespace {

QDialog* plainDialog(QWidget* window, const QString& title, const QString& name)
{
    auto* dialog = new QDialog(window);
    dialog->setObjectName(name);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setLayout(new QVBoxLayout);
    return dialog;
}

} // namespace

DialogPrompts::DialogPrompts(QWidget* window)
    : m_window(window)
{}

void DialogPrompts::chooseFolder(const FolderQuestion& question,
                                 QObject* receiver,
                                 std::function<void(const QString& folder)> answered)
{
    auto* dialog = new QFileDialog(m_window, question.title);
    dialog->setObjectName(QStringLiteral("folderDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly, true);
    dialog->setDirectory(question.startAt.isEmpty() ? QDir::homePath() : question.startAt);
    const QPointer<QObject> alive(receiver);
    QObject::connect(dialog, &QDialog::finished, dialog, [dialog, alive, answered](int result) {
        if (!alive)
            return;
        const QStringList chosen = dialog->selectedFiles();
        answered(result == QDialog::Accepted && !chosen.isEmpty() ? chosen.front() : QString());
    });
    dialog->open();
}

void DialogPrompts::confirm(const Confirmation& question,
                            QObject* receiver,
                            std::function<void(bool agreed)> answered)
{
    QDialog* dialog = plainDialog(m_window, question.title, QStringLiteral("confirmDialog"));
    auto* text = new QLabel(question.text, dialog);
    text->setWordWrap(true);
    dialog->layout()->addWidget(text);
    for (const QString& line : question.details) {
        auto* detail = new QLabel(QStringLiteral("• ") + line, dialog);
        detail->setTextFormat(Qt::PlainText);
        dialog->layout()->addWidget(detail);
    }
    auto* buttons = new QDialogButtonBox(dialog);
    QPushButton* keep = buttons->addButton(question.keep, QDialogButtonBox::RejectRole);
    QPushButton* go = buttons->addButton(question.button, QDialogButtonBox::AcceptRole);
    keep->setObjectName(QStringLiteral("keepButton"));
    go->setObjectName(QStringLiteral("goButton"));
    go->setAutoDefault(false);
    keep->setDefault(true);
    dialog->layout()->addWidget(buttons);
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    const QPointer<QObject> alive(receiver);
    QObject::connect(dialog, &QDialog::finished, dialog, [alive, answered](int result) {
        if (alive)
            answered(result == QDialog::Accepted);
    });
    dialog->open();
    keep->setFocus();
}

void DialogPrompts::show(const Notice& notice)
{
    QDialog* dialog = plainDialog(m_window, notice.title, QStringLiteral("noticeDialog"));
    auto* text = new QPlainTextEdit(notice.text, dialog);
    text->setObjectName(QStringLiteral("noticeText"));
    text->setAccessibleName(notice.title);
    text->setReadOnly(true);
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setProperty("role", QStringLiteral("code"));
    dialog->layout()->addWidget(text);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    dialog->layout()->addWidget(buttons);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    dialog->resize(720, 460);
    dialog->open();
}

} // namespace sightglass
