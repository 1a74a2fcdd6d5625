// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/diagnosis/mark_row.h"

#include "ui/widgets/text_label.h"

#include <QHBoxLayout>

#include <algorithm>

namespace sightglass {

int widestMark(const Theme& theme, const QStringList& texts)
{
    double width = 0;
    for (const QString& text : texts)
        width = std::max(width, pillSize({.text = text}, theme.smallFont()).width());
    return static_cast<int>(width) + 1;
}

QWidget* markRow(const Theme& theme,
                 const MarkRow& row,
                 const std::function<void(const QUrl&)>& open,
                 const QString& linkName)
{
    auto* made = new QWidget;
    auto* layout = new QHBoxLayout(made);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(9);
    auto* mark = new PillLabel(theme);
    mark->setPill(row.mark);
    mark->setLeastWidth(row.markWidth);
    mark->setToolTip(row.toolTip);
    layout->addWidget(mark, 0, Qt::AlignTop);
    auto* text = new TextLabel(theme, {});
    text->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    text->setAccessibleName(row.mark.text + QStringLiteral(": ") + row.spoken);
    text->setRich(row.html);
    if (row.html.contains(QStringLiteral("<a href="))) {
        text->setObjectName(linkName);
        QObject::connect(
            text, &QLabel::linkActivated, text, [open](const QString& link) { open(QUrl(link)); });
    }
    layout->addWidget(text, 1);
    return made;
}

} // namespace sightglass
