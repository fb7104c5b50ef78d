#include "longhistory.h"

#include "client/store/profiledatabase.h"

#include <array>
#include <random>

namespace lanline::bench {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr quint64 messagesPerPage = 500;
constexpr int pagesPerTransaction = 40;
/// A working day's pace: the room is some months old.
constexpr auto longestPause = 40s;

/// What is said, over and over: one letter, lines, an address, other scripts, and the paragraph that everyone meets.
const std::array<QString, 8> sayings{u"k"_s, u"Anyone near the printer on the third floor? It is out of paper again."_s,
    u"今天下午三点开会,请大家准时参加。"_s, u"see https://example.org/builds/4711 👍"_s,
    u"Two lines:\nthe second one is a little longer than the first."_s, u"On my way."_s,
    u"The new cable is in. I have measured both ends, and port 7 still negotiates 100 Mbit/s; could somebody look at "
    u"the "
    "switch's log before we order another one? I am on site until five, and tomorrow again from nine."_s,
    u"thanks ☎"_s};
const std::array<QString, 5> people{u"Alice"_s, u"Bob"_s, u"王芳"_s, u"Dmitri"_s, u"Eve"_s};

class Conversation
{
public:
    explicit Conversation(quint64 messages)
        : m_now(std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now())
            - messages * longestPause / 2)
    { }

    protocol::Event say(quint64 seq)
    {
        m_now += std::chrono::milliseconds(m_random() % std::chrono::milliseconds(longestPause).count());
        // Whoever speaks often has more to say.
        if (m_random() % 3 == 0)
            m_author = m_random() % people.size();
        protocol::Event event;
        event.seq = seq;
        event.messageId = makeMessageId(m_now.time_since_epoch().count());
        event.author.id = UserId(m_author + 1);
        event.author.name = people.at(m_author);
        event.author.hue = quint8(m_author * 50);
        event.storedAt = m_now;
        event.text = sayings.at(m_random() % sayings.size());
        return event;
    }

private:
    std::minstd_rand m_random; // NOLINT(cert-msc51-cpp): the same history every time
    WallTime m_now;
    size_t m_author = 0;
};

/// The key of the server in the last answer; 0 when there was none.
qint64 keyIn(const QList<client::StoreReply> &replies)
{
    qint64 key = 0;
    for (const client::StoreReply &reply : replies) {
        if (const auto *opened = std::get_if<client::ServerOpened>(&reply.what))
            key = opened->snapshot.key;
    }
    return key;
}

client::SavePage nextPage(Conversation &conversation, const RoomId &room, quint64 from, quint64 newest)
{
    client::SavePage page;
    page.room = room;
    page.fromSeq = from;
    page.toSeq = std::min(from + messagesPerPage - 1, newest);
    page.isNewest = page.toSeq == newest;
    for (quint64 seq = page.fromSeq; seq <= page.toSeq; ++seq)
        page.events.append(conversation.say(seq));
    return page;
}

} // namespace

Result<void, QString> writeLongHistory(const QString &path, const QUrl &url, const RoomId &room, quint64 messages)
{
    client::ProfileDatabase database(path);
    const QByteArray id(16, 'b');
    qint64 server = keyIn(database.run({{0, client::OpenServer{url}}}));
    server = keyIn(database.run({{server, client::IdentifyServer{url, ServerId(id), Epoch(id), u"Bench"_s}}}));
    protocol::RoomState state;
    state.info = {room, u"A long history"_s, messages, quint32(people.size())};
    database.run({{server, client::SaveRooms{{state}, true}}});

    Conversation conversation(messages);
    quint64 next = 1;
    while (next <= messages && database.problem().isEmpty()) {
        QList<client::StoreRequest> pages;
        for (int i = 0; i < pagesPerTransaction && next <= messages; ++i) {
            auto page = nextPage(conversation, room, next, messages);
            next = page.toSeq + 1;
            pages.append({server, std::move(page)});
        }
        database.run(pages);
    }
    if (!database.problem().isEmpty())
        return unexpected(u"%1: %2"_s.arg(path, database.problem()));
    return {};
}

} // namespace lanline::bench
