#include "tests/support/historybench.h"

#include <QTest>

namespace lanline::client {

using namespace Qt::Literals::StringLiterals;
using protocol::CursorState;

void HistoryBench::beginAnew()
{
    m_bench.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    restart();
}

void HistoryBench::restart()
{
    m_bench.reset();
    m_bench = std::make_unique<ClientBench>(Persona{u"Ann"_s, std::nullopt}, m_dir->filePath(u"profile.sqlite"_s));
}

protocol::Hello HistoryBench::reachHello(const protocol::Ready &ready)
{
    m_bench->openServer();
    return m_bench->reachHello(ready);
}

void HistoryBench::welcome(quint64 head, CursorState cursor, quint64 firstSeq)
{
    m_bench->deliver(ClientBench::welcome({roomState(u"lobby"_s, head, cursor, firstSeq)}));
}

void HistoryBench::beOnline(quint64 head)
{
    reachHello();
    welcome(head);
    answerHistory(head > 200 ? head - 199 : 1, head);
    answerEvents({}, true, head);
    QCOMPARE(m_bench->state().phase, Phase::Online);
    m_bench->forgetTold();
}

void HistoryBench::comeBackTo(quint64 head)
{
    restart();
    reachHello();
    welcome(head, CursorState::Valid);
}

void HistoryBench::answerEvents(const QList<protocol::Event> &events, bool live, quint64 head)
{
    m_bench->deliver(protocol::Events{asked<protocol::EventsGet>().last().requestId, lobby(), events, live, head});
}

void HistoryBench::answerHistory(quint64 from, quint64 to, quint64 firstSeq, quint64 fromSeq)
{
    m_bench->deliver(protocol::History{
        asked<protocol::HistoryGet>().last().requestId, lobby(), eventsFrom(from, to), firstSeq, fromSeq});
}

void HistoryBench::live(const QList<protocol::Event> &events)
{
    m_bench->deliver(protocol::Events{0, lobby(), events, false, 0});
}

QList<protocol::Event> HistoryBench::newestOnDisk()
{
    m_bench->forgetTold();
    m_bench->execute(LoadNewest{lobby()});
    const auto told = updates();
    return told.isEmpty() ? QList<protocol::Event>{} : told.first().events;
}

protocol::Event HistoryBench::change(quint64 seq, protocol::EventKind kind, quint64 target, const QString &text)
{
    protocol::Event event = eventsFrom(seq, seq)[0];
    event.kind = kind;
    event.targetSeq = target;
    event.text = text;
    return event;
}

} // namespace lanline::client
