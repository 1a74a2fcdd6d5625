// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/export.h"

#include "ui/graph/fold_state.h"
#include "ui/graph/graph_painter.h"

#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>

namespace sightglass {

namespace {

constexpr double margin = 16;

bool writeSvg(const GraphPainter& painter,
              const GraphPicture& picture,
              const Theme& theme,
              QSaveFile& file)
{
    const QRectF area = picture.bounds().adjusted(-margin, -margin, margin, margin);
    QSvgGenerator generator;
    generator.setOutputDevice(&file);
    generator.setTitle(QStringLiteral("Revision graph"));
    // Points of a drawing are pixels here: the generator counts 72 to the inch unless told.
    generator.setResolution(96);
    generator.setSize(area.size().toSize());
    generator.setViewBox(QRectF(QPointF(), area.size()));
    QPainter canvas;
    if (!canvas.begin(&generator))
        return false;
    canvas.fillRect(QRectF(QPointF(), area.size()), theme.colors().background);
    canvas.translate(-area.topLeft());
    painter.paint(canvas, picture, area, 1, {});
    return canvas.end();
}

bool writePng(const GraphPainter& painter,
              const GraphPicture& picture,
              const Theme& theme,
              QSaveFile& file)
{
    constexpr double mostPixels = 64e6;
    constexpr double mostSide = 32'000;
    const QRectF area = picture.bounds().adjusted(-margin, -margin, margin, margin);
    const double scale = std::min({2.0,
                                   std::sqrt(mostPixels / (area.width() * area.height())),
                                   mostSide / std::max(area.width(), area.height())});
    QImage image((area.size() * scale).toSize().expandedTo({1, 1}), QImage::Format_RGB32);
    if (image.isNull())
        return false;
    image.fill(theme.colors().background);
    QPainter canvas(&image);
    canvas.scale(scale, scale);
    canvas.translate(-area.topLeft());
    painter.paint(canvas, picture, area, scale, {});
    canvas.end();
    return image.save(&file, "PNG");
}

} // namespace

bool drawGraph(const Inspection& inspection, const QString& file, ColorScheme scheme)
{
    const bool svg = file.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive);
    if (!svg && !file.endsWith(QLatin1String(".png"), Qt::CaseInsensitive))
        return false;
    const Theme theme(scheme);
    const GraphPainter painter(theme);
    const auto shared = std::make_shared<const Inspection>(inspection);
    auto drawing =
        layOut(foldRuns(*shared->graph, FoldState().requestFor(*shared)), painter.sizes(), {});
    if (!drawing)
        return false;
    const GraphPicture picture(shared, std::move(*drawing));
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return false;
    const bool written =
        svg ? writeSvg(painter, picture, theme, out) : writePng(painter, picture, theme, out);
    return written && out.commit();
}

} // namespace sightglass
