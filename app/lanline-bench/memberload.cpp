#include "memberload.h"

#include "app/loadtest/stamp.h"
#include "app/loadtest/wirewalk.h"
#include "protocol/codec.h"

#include <numeric>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using namespace loadtest;
using namespace std::chrono_literals;
using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::steady_clock;

namespace {

constexpr auto patience = 10s;
/// The first of the set. One device's window is bounded by the protocol, and people do not all speak at once.
constexpr int senders = 2;

} // namespace

MemberLoad::MemberLoad(ClientSet &clients, const RoomId &room, qsizetype payload)
    : ChatClients(clients, room)
    , m_filler(unstampedMessage(std::max(payload, leastStampBytes)))
{ }

void MemberLoad::say(RawClient &client)
{
    QByteArray text = m_filler;
    const auto now = steady_clock::now();
    Stamp{m_said++, now}.writeTo(text);
    protocol::Send message;
    message.room = room();
    message.messageId = makeMessageId(SystemTime().wallNow().time_since_epoch().count());
    message.text = QString::fromLatin1(text);
    clients().queue(client, Opcode::Binary, protocol::encode(protocol::Encoding::Protobuf, message));
}

Measured MemberLoad::measure(std::chrono::milliseconds time, int window)
{
    beatIfDue();
    m_sample = {};
    m_said = 0;
    m_stored = 0;
    m_got.assign(size_t(clients().size()), 0);
    m_owed.assign(senders, window / senders);
    m_began = steady_clock::now();
    m_sendUntil = m_began + time;
    auto lastProgress = m_began;
    quint64 lastDelivered = 0;
    while (clients().failure().isEmpty()) {
        const auto now = steady_clock::now();
        if (now < m_sendUntil) {
            for (int sender = 0; sender < senders; ++sender) {
                if (m_owed[size_t(sender)] == 0)
                    continue;
                for (int owed = std::exchange(m_owed[size_t(sender)], 0); owed > 0; --owed)
                    say(clients().at(sender));
                clients().flush(clients().at(sender));
            }
        } else if (isComplete()) {
            break;
        } else if (const quint64 all = delivered() + m_stored; std::exchange(lastDelivered, all) != all) {
            lastProgress = now;
        } else if (now > std::max(lastProgress, m_sendUntil) + patience) {
            clients().fail(u"%1 of %2 messages were stored, %3 of %4 deliveries came"_s.arg(m_stored)
                               .arg(m_said)
                               .arg(delivered())
                               .arg(m_said * m_got.size()));
        }
        clients().poll(now < m_sendUntil ? m_sendUntil : now + patience);
    }
    if (!clients().failure().isEmpty())
        return unexpected(clients().failure());
    m_sample.elapsed = duration_cast<microseconds>(steady_clock::now() - m_began);
    m_sample.asked = m_said * m_got.size();
    m_sample.done = delivered();
    return m_sample;
}

bool MemberLoad::isComplete() const
{
    return m_stored == m_said && std::all_of(m_got.begin(), m_got.end(), [this](quint64 got) { return got == m_said; });
}

quint64 MemberLoad::delivered() const
{
    return std::accumulate(m_got.begin(), m_got.end(), quint64(0));
}

void MemberLoad::onStored(RawClient &client, QByteArrayView /*stored*/)
{
    ++m_stored;
    if (client.number() < senders)
        ++m_owed[size_t(client.number())];
}

void MemberLoad::onEvents(RawClient &client, QByteArrayView events)
{
    if (m_got.empty())
        return; // nothing is measured yet
    // The last of the set says nothing itself.
    const bool looks = client.number() == int(m_got.size()) - 1;
    quint64 count = 0;
    WireWalk walk(events);
    for (WireField field; walk.next(field);) {
        if (field.number != wire::eventsEvents)
            continue;
        ++count;
        if (looks)
            look(field.bytes);
    }
    m_got[size_t(client.number())] += count;
    if (!walk.isAtEnd())
        clients().fail(u"an EVENTS frame cannot be read"_s);
}

void MemberLoad::look(QByteArrayView event)
{
    quint64 seq = 0;
    std::optional<Stamp> stamp;
    WireWalk walk(event);
    for (WireField field; walk.next(field);) {
        if (field.number == wire::eventSeq)
            seq = field.value;
        else if (field.number == wire::eventText && field.bytes.size() == m_filler.size())
            stamp = Stamp::readFrom(field.bytes);
    }
    if (!stamp || (m_lastSeq != 0 && seq != m_lastSeq + 1)) {
        clients().fail(u"event %1 came behind %2, or changed"_s.arg(seq).arg(m_lastSeq));
        return;
    }
    m_lastSeq = seq;
    m_sample.latency.record(duration_cast<microseconds>(steady_clock::now() - stamp->intended));
}

} // namespace lanline::bench
