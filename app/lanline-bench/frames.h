#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <string>

namespace lanline::bench {

enum class Opcode : quint8 { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

/// Appends one final frame as a client has to write it: masked, with a key of its own. `key`: any number that nobody
/// guesses.
void appendFrame(std::string &to, Opcode opcode, QByteArrayView payload, quint32 key);

/// Random numbers for masks, which have to be different and not secret.
class MaskKeys
{
public:
    MaskKeys();
    quint32 next();

private:
    quint64 m_state;
};

/// The request that opens a WebSocket. `key`: 16 random bytes in Base64.
QByteArray upgradeRequest(
    const QByteArray &host, const QByteArray &path, const QByteArray &subprotocol, const QByteArray &key);
/// What is wrong with a server's answer, up to its empty line; empty if it is as it must be.
QString upgradeProblem(QByteArrayView answer, const QByteArray &key, const QByteArray &subprotocol);

} // namespace lanline::bench
