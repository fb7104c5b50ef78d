#include "windowprobe.h"

#include <QScrollBar>
#include <QTimer>

#include <ctime>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::duration_cast;
using std::chrono::steady_clock;

namespace {

constexpr auto patience = 10s;

/// Of the calling thread: what others do meanwhile, on this core or another, does not count.
std::chrono::nanoseconds threadTime()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

quint64 seqAt(const QModelIndex &index)
{
    return index.data(ui::TimelineModel::EntryRole).value<ui::TimelineEntry>().seq;
}

} // namespace

Result<WindowProbe::Duration, QString> WindowProbe::open(
    const client::Identity &identity, QThread *network, const QUrl &url, quint64 newest)
{
    const auto began = steady_clock::now();
    m_session = std::make_unique<client::ChatSession>(identity, network);
    m_window = std::make_unique<ui::ChatWindow>(*m_session, m_themes);
    m_timeline = m_window->findChild<ui::TimelineView *>();
    m_timeline->viewport()->installEventFilter(this);
    connect(m_timeline, &ui::TimelineView::olderWanted, this, [this] { m_isLoading = true; });
    m_session->open(url);
    m_window->show();

    std::optional<steady_clock::time_point> painted;
    m_isReached = [&] {
        if (!showsNewest(newest))
            return false;
        painted = steady_clock::now();
        return true;
    };
    if (!wait())
        return unexpected(u"the newest message is not painted after %1 s"_s.arg(patience.count()));
    watchModel();
    m_isLoading = false;
    return duration_cast<Duration>(*painted - began);
}

bool WindowProbe::showsNewest(quint64 newest) const
{
    const QAbstractItemModel *model = m_timeline->model();
    const int rows = model ? model->rowCount() : 0;
    if (rows == 0)
        return false;
    const QModelIndex last = model->index(rows - 1, 0);
    return seqAt(last) == newest && m_timeline->viewport()->rect().intersects(m_timeline->visualRect(last));
}

void WindowProbe::watchModel()
{
    const QAbstractItemModel *model = m_timeline->model();
    connect(
        model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &, int first) { onInserted(first); });
    connect(model, &QAbstractItemModel::modelReset, this, [this] { onInserted(0); });
}

Result<WindowProbe::Step, QString> WindowProbe::step(QAbstractSlider::SliderAction action)
{
    QScrollBar *bar = m_timeline->verticalScrollBar();
    const auto before = threadTime();
    m_wasPainted = false;
    m_hasLoaded = false;
    m_isReached = [this] { return m_wasPainted && !m_isLoading; };
    bar->triggerAction(action);
    if (!wait()) {
        return unexpected(
            u"%1 before message %2"_s.arg(m_isLoading ? u"no older messages come"_s : u"nothing is painted"_s)
                .arg(oldestLoaded()));
    }
    return Step{duration_cast<Duration>(threadTime() - before), m_hasLoaded};
}

void WindowProbe::onInserted(int first)
{
    if (first != 0)
        return;
    m_isLoading = false;
    m_hasLoaded = true;
    // What was painted so far was without them.
    m_wasPainted = false;
    m_timeline->viewport()->update();
}

bool WindowProbe::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Paint && !std::exchange(m_isPaintQueued, true)) {
        // Once the whole window is painted, which is the event that is being handled.
        QMetaObject::invokeMethod(this, &WindowProbe::onPainted, Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

void WindowProbe::onPainted()
{
    m_isPaintQueued = false;
    m_wasPainted = true;
    if (m_isReached && m_isReached())
        m_loop.quit();
}

bool WindowProbe::wait()
{
    QTimer watchdog;
    watchdog.setSingleShot(true);
    connect(&watchdog, &QTimer::timeout, &m_loop, [this] { m_loop.exit(1); });
    watchdog.start(patience);
    const bool isReached = m_loop.exec() == 0;
    m_isReached = nullptr;
    return isReached;
}

quint64 WindowProbe::oldestLoaded() const
{
    return seqAt(m_timeline->model()->index(0, 0));
}

int WindowProbe::rowsLoaded() const
{
    return m_timeline->model()->rowCount();
}

} // namespace lanline::bench
