// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/graph/fold_state.h"
#include "ui/graph/graph_view.h"
#include "ui/panels/panel.h"

#include <QTimer>

class QLabel;
class QPushButton;

namespace sightglass {

class JobRunner;
class Minimap;

/// The map: the chain as a drawing, with folded runs, ghosts, the database's flag and findings.
/// Layout runs as job "layout".
class GraphPanel : public Panel
{
    Q_OBJECT

public:
    GraphPanel(const PanelContext& context, JobRunner& runner, QWidget* parent = nullptr);

    const GraphView& view() const { return *m_view; }

public Q_SLOTS:
    void fit();
    void zoomIn();
    void zoomOut();
    void resetZoom();
    void goToDatabase();
    void goToHead();

protected:
    void showInspection(const std::shared_ptr<const Inspection>& inspection) override;
    void applyTheme() override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    using Drawn = Result<std::shared_ptr<const GraphPicture>>;

    void createLayout();
    void connectSignals();
    QPushButton* addButton(const QString& name, const QString& text, const QString& accessibleName);
    void placeOverlays();
    void placeMinimap();
    bool coversCard(const QRect& area) const;
    void styleOverlays();
    void startLayout();
    void showDrawn(const Drawn& drawn);
    void showWords(const QString& text);
    void updateControls();
    void followSelection();
    void followJump();
    void centerOnJump();
    void choose(NodeIndex node);
    void goTo(NodeIndex node);
    void openRun(NodeIndex node);
    void foldAround(NodeIndex node);
    void showSource(NodeIndex node);
    void handleZoomKey(int direction);
    void showMenu(NodeIndex node, const QPoint& globalPlace);
    bool revealInRun(const QString& id);
    QPointF middleOfView() const;

    JobRunner& m_runner;
    std::shared_ptr<const Inspection> m_inspection;
    std::string m_shownProject; ///< whose first picture was already placed
    FoldState m_folds;
    QString m_jump;           ///< id to centre when its drawing is there
    std::string m_focusAfter; ///< id to focus when the drawing is there
    GraphView* m_view = nullptr;
    Minimap* m_minimap = nullptr;
    QWidget* m_controls = nullptr;
    QPushButton* m_zoom = nullptr;
    QPushButton* m_toDatabase = nullptr;
    QLabel* m_words = nullptr;
    QTimer m_busy; ///< words are shown only for a layout that takes a while
};

} // namespace sightglass
