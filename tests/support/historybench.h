#pragma once

#include "tests/support/clientbench.h"

#include <QTemporaryDir>

namespace lanline::client {

/// One profile on the disk and the process that has it open, both in the room "lobby" only. For a test to inherit.
class HistoryBench
{
public:
    ClientBench &bench() const { return *m_bench; }
    static RoomId lobby() { return RoomId(QStringLiteral("lobby")); }

    /// Another profile, with nothing kept.
    void beginAnew();
    /// The next process of the same profile.
    void restart();

    protocol::Hello reachHello(const protocol::Ready &ready = ClientBench::ready());
    void welcome(quint64 head, protocol::CursorState cursor = protocol::CursorState::None, quint64 firstSeq = 1);
    /// Online with the newest 200 events up to `head` here; a failed check when that is not reached.
    void beOnline(quint64 head);
    /// In a new process, this far behind.
    void comeBackTo(quint64 head);

    /// The server's answer to the latest request of its kind.
    void answerEvents(const QList<protocol::Event> &events, bool live, quint64 head);
    void answerHistory(quint64 from, quint64 to, quint64 firstSeq = 1, quint64 fromSeq = 0);
    void live(const QList<protocol::Event> &events);

    template <class Get>
    QList<Get> asked() const
    {
        return bench().link().received<Get>();
    }
    QList<TimelineUpdate> updates() const { return bench().told<TimelineUpdate>(); }
    /// Forgets what was told until now.
    QList<protocol::Event> newestOnDisk();

    static QList<quint64> seqs(quint64 from, quint64 to) { return seqsOf(eventsFrom(from, to)); }
    static protocol::Event change(quint64 seq, protocol::EventKind kind, quint64 target, const QString &text = {});
    static protocol::Event edit(quint64 seq, quint64 target, const QString &text)
    {
        return change(seq, protocol::EventKind::Edit, target, text);
    }

private:
    // The process goes before its disk.
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<ClientBench> m_bench;
};

} // namespace lanline::client
