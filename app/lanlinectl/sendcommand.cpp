#include "sendcommand.h"

#include <QStringDecoder>

namespace lanline::ctl {

using namespace Qt::Literals::StringLiterals;
using client::OutboxItem;
using client::SendState;

namespace {

/// Lines taken from standard input ahead of what is stored.
constexpr qsizetype readAhead = 256;

} // namespace

SendCommand::SendCommand(const Options &options, client::ChatSession &session, Output &output)
    : Command(options, session, output)
{
    connect(&session, &client::ChatSession::roomJoined, this, [this](const protocol::RoomState &room) {
        if (room.info.id == this->options().room)
            onJoined();
    });
    connect(&session, &client::ChatSession::requestFailed, this, &SendCommand::onRequestFailed);
    connect(&session, &client::ChatSession::outboxChanged, this, &SendCommand::onOutbox);
    connect(&m_input, &InputLines::lineRead, this, &SendCommand::onLine);
    connect(&m_input, &InputLines::ended, this, [this] {
        m_hasAllInput = true;
        readOn();
    });
    connect(&m_input, &InputLines::failed, this, [this](const QString &why) { fail(why); });
}

void SendCommand::begin()
{
    if (options().create)
        session().createRoom(options().room, options().room.value());
    else
        session().join(options().room);
}

void SendCommand::resume()
{
    // The answer went with the connection.
    if (!m_hasJoined)
        begin();
}

void SendCommand::onRequestFailed(const client::RequestFailure &failure)
{
    if (failure.room != options().room || m_hasJoined)
        return;
    switch (failure.code) {
    case protocol::ErrorCode::RoomExists:
        session().join(options().room);
        break;
    case protocol::ErrorCode::Unspecified:
        // The connection went away before the answer came: the next one asks again.
        break;
    default:
        fail(u"room %1: %2"_s.arg(options().room.value(), failure.text));
    }
}

void SendCommand::onJoined()
{
    if (std::exchange(m_hasJoined, true))
        return;
    if (options().text) {
        m_hasAllInput = true;
        m_unanswered.insert(session().send(options().room, *options().text));
    }
    readOn();
}

void SendCommand::onLine(const QByteArray &line)
{
    ++m_lines;
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(line);
    if (decoder.hasError()) {
        m_hasFailures = true;
        complain(u"line %1 is not UTF-8 and was not sent"_s.arg(m_lines));
        return;
    }
    if (text.trimmed().isEmpty())
        return;
    m_unanswered.insert(session().send(options().room, text));
    readOn();
}

void SendCommand::readOn()
{
    m_input.setWanted(!m_hasAllInput && m_unanswered.size() < readAhead);
    if (m_hasAllInput && m_unanswered.isEmpty())
        finish(m_hasFailures || output().isClosed() ? Failed : Done);
}

void SendCommand::onOutbox(const QList<OutboxItem> &items)
{
    for (const OutboxItem &item : items) {
        switch (item.state) {
        case SendState::Waiting:
        case SendState::Sending:
            // Those that an earlier run left are told of here for the first time.
            m_unanswered.insert(item.messageId);
            break;
        case SendState::Stored:
            m_unanswered.remove(item.messageId);
            onStored(item);
            break;
        case SendState::Failed:
            // One that was refused in an earlier run is not this one's failure, nor tried again by it.
            if (!m_unanswered.remove(item.messageId))
                break;
            m_hasFailures = true;
            complain(u"message %1 was refused: %2"_s.arg(
                item.messageId.value().toString(QUuid::WithoutBraces), item.reason));
            break;
        case SendState::Discarded:
            m_unanswered.remove(item.messageId);
            break;
        }
    }
    if (m_hasJoined)
        readOn();
}

void SendCommand::onStored(const OutboxItem &item)
{
    JsonLine line;
    line.add("message_id"_L1, item.messageId.value().toString(QUuid::WithoutBraces))
        .add("room"_L1, item.room.value())
        .add("seq"_L1, item.seq)
        .add("duplicate"_L1, item.isDuplicate)
        .add("ack_us"_L1, quint64(item.ackTime.count()));
    if (item.wasRecovered)
        line.add("recovered"_L1, true);
    // What stands in the input is sent even if nobody reads the answers any more.
    output().writeLine(line.object());
}

} // namespace lanline::ctl
