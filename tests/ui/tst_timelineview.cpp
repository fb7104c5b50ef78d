#include "ui/models/timelinemodel.h"
#include "ui/widgets/timelineview.h"

#include <QScrollBar>
#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace lanline;
using namespace lanline::ui;
using client::TimelineUpdate;

namespace {

constexpr int messages = 600;

/// Texts of which estimates are wrong in both directions.
QString textOf(quint64 seq)
{
    static const QStringList texts{u"ok"_s, u"iiii llll ...."_s.repeated(12), u"WWWW MMMM "_s.repeated(12),
        u"备用链路已就绪，开始换线。"_s.repeated(6), u"one\n\nthree"_s, u"🎉👩‍🚀 שלום"_s.repeated(9)};
    return texts[qsizetype(seq) % texts.size()];
}

TimelineUpdate page(TimelineUpdate::Kind kind, quint64 first, quint64 last)
{
    TimelineUpdate update{RoomId(u"lobby"_s), kind, {}, first, last};
    for (quint64 seq = first; seq <= last; ++seq) {
        const MessageId id(QUuid(uint(seq), 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1));
        const protocol::User author{UserId(seq / 4 % 3), u"Bob"_s, false, 1};
        const WallTime at(std::chrono::seconds(1'700'000'000 + qint64(seq) * 600));
        update.events.append({seq, id, author, at, textOf(seq)});
    }
    return update;
}

} // namespace

class TestTimelineView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_themes = std::make_unique<ThemeController>();
        m_model = std::make_unique<TimelineModel>(RoomId(u"lobby"_s));
        m_model->apply(page(TimelineUpdate::Kind::Reset, 1001, 1000 + messages));
        m_view = std::make_unique<TimelineView>(*m_themes);
        m_view->resize(700, 500);
        m_view->setTimeline(m_model.get());
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }
    void cleanup()
    {
        m_view.reset();
        m_model.reset();
        m_themes.reset();
    }

    void whatIsSeenHasItsOwnHeight()
    {
        const QModelIndex last = m_model->index(m_model->rowCount() - 1);
        QVERIFY(m_view->isAtEnd());
        QVERIFY(m_view->viewport()->rect().contains(m_view->visualRect(last)));
        compareSeen();
        QScrollBar *bar = m_view->verticalScrollBar();
        while (bar->value() > bar->minimum()) {
            bar->triggerAction(QAbstractSlider::SliderPageStepSub);
            compareSeen();
            if (QTest::currentTestFailed())
                return;
        }
        m_view->resize(430, 500);
        compareSeen();
        m_model->apply(page(TimelineUpdate::Kind::Prepend, 801, 1000));
        compareSeen();
    }

    void whatIsReadMovesByTheStepAlone()
    {
        QScrollBar *bar = m_view->verticalScrollBar();
        for (int step = 0; step < 400; ++step) {
            const QPoint middle = m_view->viewport()->rect().center();
            QPersistentModelIndex seen = m_view->indexAt(middle);
            if (!seen.isValid()) // where two rows meet, QListView may find neither
                seen = m_view->indexAt(middle + QPoint(0, 1));
            QVERIFY(seen.isValid());
            const int top = m_view->visualRect(seen).top();
            bar->triggerAction(QAbstractSlider::SliderSingleStepSub);
            QCOMPARE(m_view->visualRect(seen).top(), top + bar->singleStep());
        }
    }

    void whatNobodySeesIsNotLaidOut()
    {
        const auto &delegate = static_cast<const MessageDelegate &>(*m_view->itemDelegate());
        int wrong = 0;
        for (int row = 0; row < m_model->rowCount() / 2; ++row) {
            const QModelIndex index = m_model->index(row);
            const int estimated = delegate.sizeHint({}, index).height();
            QCOMPARE(m_view->visualRect(index).height(), estimated);
            wrong += estimated != delegate.measuredHeight(index) ? 1 : 0;
        }
        // With every text laid out beforehand none would be.
        QVERIFY(wrong > 0);
    }

private:
    void compareSeen()
    {
        const auto &delegate = static_cast<const MessageDelegate &>(*m_view->itemDelegate());
        const QRect seen = m_view->viewport()->rect();
        int rows = 0;
        for (int row = 0; row < m_model->rowCount(); ++row) {
            const QModelIndex index = m_model->index(row);
            const QRect rect = m_view->visualRect(index);
            if (!seen.intersects(rect))
                continue;
            ++rows;
            // A row's rectangle tells its size hint, and where the next begins tells how it is laid out.
            if (row + 1 < m_model->rowCount())
                QCOMPARE(
                    m_view->visualRect(m_model->index(row + 1)).top() - rect.top(), delegate.measuredHeight(index));
        }
        QVERIFY(rows > 2);
    }

    std::unique_ptr<ThemeController> m_themes;
    std::unique_ptr<TimelineModel> m_model;
    std::unique_ptr<TimelineView> m_view;
};

QTEST_MAIN(TestTimelineView)
#include "tst_timelineview.moc"
