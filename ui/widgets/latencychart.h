#pragma once

#include "core/work.h"
#include "ui/models/deliveryline.h"
#include "ui/models/diagnosticsrecord.h"
#include "ui/models/messagekey.h"
#include "ui/theme/themecontroller.h"
#include "ui/widgets/chartclock.h"

#include <QWidget>

#include <optional>

class QCPGraph;
class QCustomPlot;

namespace lanline::ui {

class EventMarks;
class GapBlocks;
class LaneBars;
class RangeBand;
class RangePicker;

/// How long messages took over time (where there are too few, heartbeats' round trips): a dot each, the P50 and P95
/// lines, the times without a link, what happened when, and under them the two lanes. A range of time can be chosen
/// in it, by mouse and by keyboard.
/// It draws what show() gave it; whoever calls decides how often.
class LatencyChart final : public QWidget
{
    Q_OBJECT

public:
    enum class Scale : quint8 { Linear, Logarithmic };

    explicit LatencyChart(ThemeController &themes, QWidget *parent = nullptr);

    /// The picker's range of what was recorded. The picture is brought up to date with the next turn of the event
    /// loop. `state`: as it was then.
    void show(const DiagnosticsRecord &record, const client::ConnectionState &state);
    void setScale(Scale scale);
    Scale scale() const { return m_scale; }
    RangePicker &picker() { return *m_picker; }
    /// The dots are messages, not heartbeats.
    bool showsMessages() const { return m_showsMessages; }
    /// What drawing took the last time.
    std::chrono::microseconds drawingTime() const;
    static QString shortcutsText();

    QSize sizeHint() const override;

Q_SIGNALS:
    /// Its dot was clicked.
    void messageChosen(const lanline::ui::MessageKey &message);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Extent
    {
        double low;
        double high;
    };
    /// What a picture was made of.
    struct Basis
    {
        quint64 links = 0;
        quint64 traces = 0;
        quint64 threads = 0;
        qint64 step = 0;
        std::chrono::milliseconds length{};
        friend bool operator==(const Basis &, const Basis &) = default;
    };

    void applyTheme(const Theme &theme);
    void setMargins();
    void showRange();
    bool showMessages(const DiagnosticsRecord &record, const TimeRange &range);
    void showBeats(const LatencySeries &links, const TimeRange &range);
    void showDots(const QList<Delivery> &dots);
    void showLine(const QList<LatencySeries::LinePoint> &points);
    void describe(const QString &lanes);
    void fitValueAxis(const QList<Delivery> &dots);
    void applyExtent();
    void setFocusShown(bool isShown);
    int dotAt(const QPointF &position) const;
    QString tooltipAt(const QPointF &position) const;

    QCustomPlot *m_plot;
    ChartClock m_clock;
    RangePicker *m_picker;
    QCPGraph *m_dots;
    QCPGraph *m_p50;
    QCPGraph *m_p95;
    GapBlocks *m_gaps;
    LaneBars *m_lanes;
    EventMarks *m_marks;
    RangeBand *m_band;
    QList<MessageKey> m_messages; ///< of the dots, where they are messages
    Scale m_scale = Scale::Logarithmic;
    Extent m_extent{1, 1}; ///< of what is shown, in milliseconds
    Basis m_shown;
    bool m_showsMessages = false;
    bool m_isStale = true;
    std::optional<WorkScope> m_drawing; ///< while it draws
};

} // namespace lanline::ui
