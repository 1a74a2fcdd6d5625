// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QTextBrowser>

namespace sightglass {

/// Rich text without a frame, as high as it has to be, to be selected and copied. A word that is
/// too long for the line is broken, so that nothing is ever cut. Links are told by anchorClicked.
class FlowText : public QTextBrowser
{
    Q_OBJECT

public:
    explicit FlowText(const Theme& theme, QWidget* parent = nullptr);

    /// HTML; whatever came from outside has to be escaped by the caller.
    void setRich(const QString& html);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void useTheme();
    void fitHeight();

    const Theme& m_theme;
    QString m_html;
};

/// Code to be read and copied, in a box: keeps its line breaks, breaks lines that are too long, as
/// high as it has to be.
class CodeBlock : public QTextEdit
{
    Q_OBJECT

public:
    CodeBlock(const Theme& theme, const QString& code, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void useTheme();
    void fitHeight();

    const Theme& m_theme;
};

} // namespace sightglass
