#include "server/net/connection.h"

using namespace std::chrono_literals;

namespace lanline::server {

namespace {

using StreamState = StreamResult::State;

/// After our last word, the peer has this long to take it and to say its own, and may say this much. One that is slow
/// but takes something gets the time a few times over.
constexpr auto farewellTime = 3s;
constexpr quint8 farewellsAtMost = 6;
constexpr qint64 farewellBytes = 32 * 1024 * 1024;
constexpr size_t piecesAtOnce = 64;

} // namespace

Connection::Connection(std::unique_ptr<Stream> stream, NetContext &net)
    : m_stream(std::move(stream))
    , m_net(net)
    , m_output(net.buffers)
{
    m_stream->setUser(*this);
    m_stream->setReading(true);
}

Connection::~Connection() = default;

void Connection::setUser(ConnectionUser &user)
{
    m_user = &user;
    if (m_held.isEmpty())
        return;
    m_owesHeld = true;
    m_net.turn.callNext(*this);
}

// ---- reading ------------------------------------------------------------------------------------------------------

void Connection::setReading(bool on)
{
    if (std::exchange(m_wantsReading, on) != on)
        updateReading();
}

void Connection::updateReading()
{
    if (m_state == State::Broken || m_state == State::Gone)
        return;
    m_isOverfull = m_output.bytes() > m_net.limits.pauseReadingAtBytes;
    // Whoever is finishing reads on, to see the peer's end.
    const bool reads = isReading() || m_state == State::Finishing;
    m_stream->setReading(reads);
    // Later, not now: the user is in the middle of something when it calls.
    if (isReading() && !m_held.isEmpty()) {
        m_owesHeld = true;
        m_net.turn.callNext(*this);
    }
}

void Connection::onReadable()
{
    if (m_state != State::Finishing && !isReading())
        return;
    const StreamResult result = m_stream->read(m_net.readBuffer);
    switch (result.state) {
    case StreamState::Open:
        m_net.stampRead();
        offer(std::span(m_net.readBuffer).first(size_t(result.bytes)));
        break;
    case StreamState::Blocked:
        break;
    case StreamState::Ended:
        // A peer may have said its last word and still listen to our answer.
        if (m_state == State::Finishing && !m_output.isEmpty())
            m_stream->setReading(false);
        else
            goneNow();
        break;
    case StreamState::Failed:
        goneNow();
        break;
    }
}

void Connection::offer(std::span<char> bytes)
{
    if (m_state == State::Finishing) {
        discard(qint64(bytes.size()));
        return;
    }
    if (!m_held.isEmpty()) {
        m_held.append(bytes.data(), qsizetype(bytes.size()));
        offerHeld();
        return;
    }
    const ConnectionUser *user = m_user;
    const qsizetype used = m_user->onBytes(bytes);
    if (m_state == State::Open && used < qsizetype(bytes.size()))
        hold(QByteArray(bytes.data() + used, qsizetype(bytes.size()) - used), user);
}

void Connection::offerHeld()
{
    m_owesHeld = false;
    QByteArray bytes = std::exchange(m_held, {});
    const ConnectionUser *user = m_user;
    const qsizetype used = m_user->onBytes({bytes.data(), size_t(bytes.size())});
    if (m_state == State::Open && used < bytes.size())
        hold(used == 0 ? std::move(bytes) : bytes.sliced(used), user);
}

void Connection::hold(QByteArray bytes, const ConnectionUser *refusedBy)
{
    m_held = std::move(bytes);
    // Whoever has become the user meanwhile has not seen them.
    if (m_user != refusedBy)
        setUser(*m_user);
}

void Connection::discard(qint64 bytes)
{
    m_discarded += bytes;
    if (m_discarded > farewellBytes)
        goneNow();
}

// ---- writing ------------------------------------------------------------------------------------------------------

OutputQueue &Connection::output()
{
    m_net.turn.callAtEnd(*this);
    return m_output;
}

void Connection::flush()
{
    if (m_state == State::Broken || m_state == State::Gone)
        return;
    const bool wasOverfull = m_isOverfull || m_output.bytes() > m_net.limits.pauseReadingAtBytes;
    std::array<QByteArrayView, piecesAtOnce> pieces;
    while (!m_output.isEmpty()) {
        const size_t count = m_output.front(pieces);
        const StreamResult result = m_stream->write(std::span(pieces).first(count));
        if (result.state == StreamState::Failed) {
            breakDown();
            return;
        }
        if (result.state != StreamState::Open)
            break;
        m_output.drop(result.bytes);
    }
    m_output.ownPlaces();
    updateReading();
    if (wasOverfull && !m_isOverfull) {
        m_owesWritten = true;
        m_net.turn.callNext(*this);
    }
    if (m_state == State::Finishing && m_output.isEmpty() && !std::exchange(m_isShut, true))
        m_stream->shutdownWrite();
}

void Connection::onWritable()
{
    const qint64 before = m_output.bytes();
    flush();
    m_hasMoved = m_hasMoved || m_output.bytes() < before;
    if (m_state == State::Open && m_output.bytes() < before)
        m_user->onWritten();
}

void Connection::onNextTurn()
{
    if (m_state == State::Broken) {
        goneNow();
        return;
    }
    if (m_state == State::Open && std::exchange(m_owesWritten, false))
        m_user->onWritten();
    if (m_owesHeld && isReading()) {
        m_net.stampRead();
        offerHeld();
    }
}

// ---- the end ------------------------------------------------------------------------------------------------------

void Connection::finish()
{
    if (m_state != State::Open)
        return;
    m_state = State::Finishing;
    m_hasMoved = false;
    m_held.clear();
    m_net.wheel.start(*this, farewellTime);
    m_stream->setReading(true);
    m_net.turn.callAtEnd(*this);
}

void Connection::abort()
{
    goneNow();
}

void Connection::onBroken()
{
    goneNow();
}

void Connection::breakDown()
{
    m_state = State::Broken;
    m_output.clear();
    m_stream->setReading(false);
    m_net.turn.callNext(*this);
}

void Connection::onDeadline()
{
    if (m_state == State::Open)
        m_user->onTooLate();
    else if (std::exchange(m_hasMoved, false) && ++m_farewells < farewellsAtMost)
        m_net.wheel.start(*this, farewellTime);
    else
        goneNow();
}

void Connection::goneNow()
{
    if (std::exchange(m_state, State::Gone) == State::Gone)
        return;
    stopDeadline();
    m_output.clear();
    m_held.clear();
    m_stream->setReading(false);
    m_user->onGone();
}

} // namespace lanline::server
