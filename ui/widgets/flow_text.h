// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QTextBrowser>

#include <memory>

namespace sightglass {

/// The height that a text needs at a width, as layouts ask for it.
class TextMeasure
{
public:
    /// Takes the text of `edit` as it stands.
    void follow(const QTextEdit& edit);
    int heightAt(int width) const;

private:
    std::unique_ptr<QTextDocument> m_copy;
};

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
    int heightForWidth(int width) const override;

protected:
    void wheelEvent(QWheelEvent* event) override;

private:
    void useTheme();

    const Theme& m_theme;
    QString m_html;
    TextMeasure m_measure;
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
    int heightForWidth(int width) const override;

protected:
    void wheelEvent(QWheelEvent* event) override;

private:
    void useTheme();

    const Theme& m_theme;
    TextMeasure m_measure;
};

} // namespace sightglass
