#pragma once

#include "core/threadkind.h"
#include "ui/models/diagnosticsrecord.h"
#include "ui/models/timerange.h"
#include "ui/theme/themecontroller.h"

#include <QList>
#include <QWidget>

#include <array>

namespace lanline::ui {

/// How long work had to wait for each of the four threads: a strip of cells over time for each, its figures, and a time
/// axis below them. It draws what show() gave it.
class HeatStrips final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int cellCount = 133;

    explicit HeatStrips(const ThemeController &themes, QWidget *parent = nullptr);

    void show(const DiagnosticsRecord &record, const TimeRange &range);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Row
    {
        ThreadKind thread = ThreadKind::Gui;
        QList<std::chrono::microseconds> cells;
        ThreadSummary summary;
    };

    QRectF stripOf(int row) const;
    void paintHead(QPainter &painter) const;
    void paintRow(QPainter &painter, int row) const;
    void paintAxis(QPainter &painter) const;
    QString tooltipAt(const QPoint &position) const;
    void describe();

    const ThemeController &m_themes;
    std::array<Row, allThreads.size()> m_rows;
    WallTime m_from;
    WallTime m_to;
};

} // namespace lanline::ui
