#pragma once

#include "ui/delegates/messagedelegate.h"
#include "ui/models/timelinemodel.h"
#include "ui/theme/themecontroller.h"
#include "ui/widgets/paintwatch.h"
#include "ui/widgets/traceaction.h"

#include <QListView>
#include <QPersistentModelIndex>

class QVariantAnimation;

namespace lanline::ui {

class DayPill;
class JumpPill;

/// The messages of one room. Keeps its place: at the end it stays at the end, elsewhere the message at the top stays
/// where it is, whatever is inserted, loaded or resized.
class TimelineView final : public QListView
{
    Q_OBJECT

public:
    explicit TimelineView(ThemeController &themes, QWidget *parent = nullptr);

    /// Shows another room from its "New" line, or from its end.
    void setTimeline(TimelineModel *timeline);
    void setLimits(const protocol::Limits &limits);
    void setUnread(int count);
    /// Why there is no trace of a message; without it there is one of every message that is stored.
    void setWhyUntraced(TraceAction::Why why) { m_trace.setWhy(std::move(why)); }
    bool isAtEnd() const { return m_isAtEnd; }
    void jumpToLatest();
    /// Rows that nobody sees have estimated heights; what is seen, and a little around it, is measured.
    void doItemsLayout() override;

Q_SIGNALS:
    void retryRequested(const lanline::MessageId &message);
    void discardRequested(const lanline::MessageId &message);
    void editRequested(const lanline::ui::TimelineEntry &entry);
    /// Another's eyes shall not see it any more.
    void deletionRequested(const lanline::ui::TimelineEntry &entry);
    /// The beginning, or the end, of what is loaded came near.
    void olderWanted();
    void newerWanted();
    /// The end of the room is wanted, which is not loaded.
    void newestWanted();
    void atEndChanged(bool isAtEnd);
    /// Where did its time go?
    void traceRequested(quint64 seq);
    /// These came while it was on the screen, and are on it now for the first time; at most once per paint.
    void painted(const QList<quint64> &seqs);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void updateGeometries() override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    TimelineModel *timeline() const;
    BubbleLayout::Hit hitAt(const QPoint &position) const;
    void onScrolled();
    QModelIndex topRow() const;
    void measureSeen();
    bool measureAround();
    void rememberPlace();
    void restorePlace();
    void placeFloating();
    void placeDay();
    QRect floatingArea(int top, int height) const;
    void updateJumpPill();
    void updateFocusRing();
    void copy(const QModelIndex &index) const;

    ThemeController &m_themes;
    MessageDelegate *m_delegate;
    DayPill *m_day;
    JumpPill *m_jump;
    PaintWatch m_paints;
    TraceAction m_trace;
    QVariantAnimation *m_scrolling;
    QVariantAnimation *m_appearing;
    QPersistentModelIndex m_anchor; ///< the row at the top, while not at the end
    int m_anchorTop = 0;
    int m_unread = 0;
    bool m_isAtEnd = true;
    bool m_isRestoring = false;
    bool m_showsFocus = false;
    bool m_wantsNewLine = false; ///< the room was opened just now
};

} // namespace lanline::ui
