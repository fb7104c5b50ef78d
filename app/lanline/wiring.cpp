#include "wiring.h"

#include "cable.h"

#include <QThread>

#include <algorithm>

namespace lanline::app {

using namespace Qt::Literals::StringLiterals;

namespace {

/// 127.0.0.2 and up: every machine has the whole of 127.0.0.0/8 for itself.
QHostAddress addressOf(std::size_t line)
{
    return QHostAddress(quint32(0x7f000002 + line));
}

} // namespace

Wiring::Wiring(QThread *network, QObject *parent)
    : QObject(parent)
{
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        m_lines[i].cable = new Cable(addressOf(i));
        m_lines[i].cable->moveToThread(network);
    }
}

Wiring::~Wiring()
{
    for (const Line &line : m_lines)
        line.cable->deleteLater();
}

bool Wiring::layOut()
{
    for (Line &line : m_lines) {
        QMetaObject::invokeMethod(
            line.cable, [&line] { line.port = line.cable->plug(); }, Qt::BlockingQueuedConnection);
    }
    return std::all_of(m_lines.begin(), m_lines.end(), [](const Line &line) { return line.port != 0; });
}

QStringList Wiring::addresses() const
{
    QStringList addresses;
    for (std::size_t i = 0; i < m_lines.size(); ++i)
        addresses.append(u"%1:%2"_s.arg(addressOf(i).toString()).arg(m_lines[i].port));
    return addresses;
}

void Wiring::connectTo(quint16 serverPort)
{
    for (const Line &line : m_lines) {
        QMetaObject::invokeMethod(
            line.cable, [cable = line.cable, serverPort] { cable->setServerPort(serverPort); }, Qt::QueuedConnection);
    }
}

int Wiring::carrierOf(const client::ConnectionState &state) const
{
    const auto active = std::find_if(state.lanes.begin(), state.lanes.end(),
        [](const client::Lane &lane) { return lane.state == client::LaneState::Active; });
    if (active == state.lanes.end())
        return -1;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        if (addressOf(i) == active->peer && !m_lines[i].isPulled)
            return int(i);
    }
    return -1;
}

bool Wiring::isAnyPulled() const
{
    return std::any_of(m_lines.begin(), m_lines.end(), [](const Line &line) { return line.isPulled; });
}

void Wiring::pull(Line &line)
{
    line.isPulled = true;
    QMetaObject::invokeMethod(line.cable, &Cable::unplug, Qt::QueuedConnection);
}

void Wiring::pullPrimary(const client::ConnectionState &state)
{
    const int carrier = carrierOf(state);
    if (carrier < 0)
        return;
    pull(m_lines[std::size_t(carrier)]);
    Q_EMIT changed();
}

void Wiring::pullAll()
{
    for (Line &line : m_lines)
        pull(line);
    Q_EMIT changed();
}

void Wiring::plugBack()
{
    for (Line &line : m_lines) {
        line.isPulled = false;
        QMetaObject::invokeMethod(line.cable, &Cable::plug, Qt::QueuedConnection);
    }
    Q_EMIT changed();
}

} // namespace lanline::app
