// What scrolling back costs the GUI thread: timeline_bench [PAGES]. Prepends page after page to a view on the screen,
// as somebody does who scrolls back without end, and tells per page the processor time of this thread until it is
// painted.

#include "ui/models/timelinemodel.h"
#include "ui/widgets/timelineview.h"

#include <QApplication>
#include <QScrollBar>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace Qt::Literals::StringLiterals;
using namespace lanline;

namespace {

constexpr int pageSize = 200;
constexpr QSize viewSize(860, 640);

double threadMs()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// Every kind of text that people write: short, wrapped, Han, emoji, right to left, with a link, of several lines.
QString textOf(quint64 seq)
{
    static const QStringList texts{u"Only on port 7."_s,
        u"The counter stays where it is; all the others are clean, and the log of last night shows nothing either, as "
        "far as I can see from here. Swapping the cable now, it takes a minute."_s,
        u"备用链路已就绪，开始换线。"_s, u"runbook: https://wiki.lan/runbooks/port-7 🎉"_s,
        u"line one\n  indented two\nthree"_s, u"ok"_s, u"مرحبا بالجميع، الكابل الجديد في مكانه الآن."_s};
    return QString::number(seq) + u' ' + texts[qsizetype(seq) % texts.size()];
}

client::TimelineUpdate page(client::TimelineUpdate::Kind kind, quint64 first, quint64 last)
{
    static const std::array<protocol::User, 3> people{
        {{UserId(1), u"Alice"_s, false, 0}, {UserId(2), u"Bob"_s, false, 1}, {UserId(3), u"Mei 王梅"_s, false, 2}}};
    client::TimelineUpdate update;
    update.room = RoomId(u"lobby"_s);
    update.kind = kind;
    update.fromSeq = first;
    update.toSeq = last;
    for (quint64 seq = first; seq <= last; ++seq) {
        protocol::Event event;
        event.seq = seq;
        event.messageId = MessageId(QUuid(uint(seq), 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1));
        event.author = people[(seq / 3) % people.size()];
        event.storedAt = WallTime(std::chrono::seconds(1'700'000'000 + seq * 20));
        event.text = textOf(seq);
        update.events.append(event);
    }
    return update;
}

void tell(const char *what, std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    const auto at = [&](double share) { return times[std::size_t(share * double(times.size() - 1))]; };
    std::printf(
        "%-28s P50 %6.2f   P95 %6.2f   max %6.2f ms   (n %zu)\n", what, at(0.5), at(0.95), times.back(), times.size());
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int pages = arguments.size() > 1 ? arguments[1].toInt() : 60;
    const quint64 newest = quint64(pages + 2) * pageSize;

    ui::ThemeController themes;
    ui::TimelineModel model(RoomId(u"lobby"_s));
    model.setSelf({UserId(1), u"Alice"_s, false, 0});
    ui::TimelineView view(themes);
    view.resize(viewSize);

    double since = threadMs();
    model.apply(page(client::TimelineUpdate::Kind::Reset, newest - pageSize + 1, newest));
    view.setTimeline(&model);
    view.show();
    QCoreApplication::processEvents();
    std::printf("%-28s     %6.2f ms\n", "first page", threadMs() - since);

    std::vector<double> prepended;
    std::vector<double> stepped;
    quint64 oldest = newest - pageSize + 1;
    while (oldest > pageSize) {
        // To the oldest message, a screen at a time.
        QScrollBar *bar = view.verticalScrollBar();
        while (bar->value() > bar->minimum()) {
            since = threadMs();
            bar->triggerAction(QAbstractSlider::SliderPageStepSub);
            QCoreApplication::processEvents();
            stepped.push_back(threadMs() - since);
        }
        since = threadMs();
        model.apply(page(client::TimelineUpdate::Kind::Prepend, oldest - pageSize, oldest - 1));
        view.viewport()->update();
        QCoreApplication::processEvents();
        prepended.push_back(threadMs() - since);
        oldest -= pageSize;
    }
    tell("a page of 200 comes", prepended);
    tell("a screen is scrolled back", stepped);
    return 0;
}
