#include "server/store/commandrunner.h"

#include "core/devicekey.h"
#include "server/randombytes.h"
#include "server/store/schema.h"

#include <QCryptographicHash>

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

namespace {

constexpr qsizetype deviceIdBytes = 16;
constexpr qsizetype guestSecretBytes = 32;

QByteArray hashOf(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

/// Names of one key are one name: neither case nor compatible forms (full width, ligatures) tell two people apart.
QString nameKey(const QString &name)
{
    // Qt folds letter by letter; only its upper case knows that "ß" is "SS".
    return name.normalized(QString::NormalizationForm_KC).toUpper().toCaseFolded();
}

} // namespace

CommandRunner::Outcome CommandRunner::run(const StoreCommand &command, WallTime now)
{
    return std::visit(protocol::Overloaded{
                          [&](const LogIn &logInCommand) { return logIn(logInCommand); },
                          [&](const Append &appendCommand) { return m_appender.append(appendCommand, now); },
                          [&](const CreateRoom &createCommand) { return createRoom(createCommand); },
                          [&](const ChangeMembership &changeCommand) { return changeMembership(changeCommand); },
                          [&](const SaveMarks &saveCommand) { return m_marks.save(saveCommand, now); },
                      },
        command);
}

Result<std::optional<StoreTotals>, SqlError> CommandRunner::finish()
{
    auto totals = m_appender.writeTotals();
    m_statements.finish();
    return totals;
}

CommandRunner::Outcome CommandRunner::createRoom(const CreateRoom &command)
{
    auto room =
        m_statements.first(u"INSERT INTO rooms(name, title) VALUES (?, ?) ON CONFLICT(name) DO NOTHING RETURNING id"_s,
            {command.room.value(), command.title});
    if (!room)
        return unexpected(room.error());
    if (!(*room)->isValid())
        return CommandRefused{command.origin, command.room, protocol::ErrorCode::RoomExists};
    const auto added = m_statements.rows(
        u"INSERT INTO members(room, user_id) VALUES (?, ?)"_s, {(*room)->value(0), qint64(command.user.value())});
    if (!added)
        return unexpected(added.error());
    return RoomCreated{command.origin, command.user, command.room, command.title};
}

CommandRunner::Outcome CommandRunner::changeMembership(const ChangeMembership &command)
{
    const QString sql = command.isMember
        ? u"INSERT OR IGNORE INTO members(user_id, room) SELECT ?, id FROM rooms WHERE name = ?"_s
        : u"DELETE FROM members WHERE user_id = ? AND room = (SELECT id FROM rooms WHERE name = ?)"_s;
    const auto done = m_statements.rows(sql, {qint64(command.user.value()), command.room.value()});
    if (!done)
        return unexpected(done.error());
    return MembershipChanged{command.origin, command.user, command.room, command.isMember};
}

// ---- logging in ---------------------------------------------------------------------------------------------------

CommandRunner::Outcome CommandRunner::logIn(const LogIn &command)
{
    const auto known = findDevice(command);
    if (!known)
        return unexpected(known.error());
    const LoggedIn &login = known->login;
    if (login.user.id.isNull())
        return command.pairWith ? addDevice(command, *command.pairWith, login) : addUser(command, login);
    if (command.pairWith) {
        // A code that was used once more on a device that has it already does no harm.
        return login.user.id == *command.pairWith
            ? completed(command, login)
            : Outcome(LogInRefused{command.origin, LogInRefused::Why::DeviceOfAnother});
    }
    // What the device has asked for before is no wish for another name: the user may have changed it elsewhere.
    if (known->askedName != command.name)
        return rename(command, login);
    return completed(command, login);
}

CommandRunner::Outcome CommandRunner::logInWithoutWriting(const LogIn &command)
{
    const auto known = findDevice(command);
    if (!known)
        return unexpected(known.error());
    const bool canGetIn = !known->login.user.id.isNull();
    auto outcome = canGetIn ? completed(command, known->login)
                            : Outcome(LogInRefused{command.origin, LogInRefused::Why::StoreFailed});
    m_statements.finish();
    return outcome;
}

Result<CommandRunner::KnownDevice, SqlError> CommandRunner::findDevice(const LogIn &command)
{
    KnownDevice known;
    known.login.origin = command.origin;
    const auto *device = std::get_if<protocol::DeviceAuth>(&command.auth);
    const QString columns = u"SELECT u.id, u.name, u.is_guest, u.hue, d.device_id, d.asked_name FROM devices d"
                            " JOIN users u ON u.id = d.user_id WHERE "_s;
    auto row = device ? m_statements.first(columns + u"d.device_id = ? AND d.public_key IS NOT NULL"_s,
                   {DeviceKey::deviceIdOf(device->publicKey).value()})
                      : m_statements.first(columns + u"d.secret_hash = ?"_s,
                          {hashOf(std::get<protocol::GuestAuth>(command.auth).secret)});
    if (!row)
        return unexpected(row.error());
    if ((*row)->isValid()) {
        known.login.user = userFrom(**row);
        known.login.device = DeviceId((*row)->value(4).toByteArray());
        known.askedName = (*row)->value(5).toString();
    }
    return known;
}

CommandRunner::Outcome CommandRunner::addUser(const LogIn &command, LoggedIn login)
{
    const auto *device = std::get_if<protocol::DeviceAuth>(&command.auth);
    QVariant publicKey;
    QVariant secretHash;
    QVariant ownedName;
    if (device) {
        const auto taken = isNameTaken(command.name, {});
        if (!taken)
            return unexpected(taken.error());
        if (*taken)
            return LogInRefused{command.origin, LogInRefused::Why::NameTaken};
        login.device = DeviceKey::deviceIdOf(device->publicKey);
        publicKey = device->publicKey;
        ownedName = nameKey(command.name);
    } else {
        login.device = DeviceId(randomBytes(deviceIdBytes));
        login.guestSecret = randomBytes(guestSecretBytes);
        secretHash = hashOf(login.guestSecret);
    }
    login.isNew = true;
    login.user.name = command.name;
    login.user.isGuest = !device;
    login.user.hue = quint8(device ? device->publicKey.front() : login.device.value().front());

    auto user =
        m_statements.first(u"INSERT INTO users(name, name_key, is_guest, hue) VALUES (?, ?, ?, ?) RETURNING id"_s,
            {login.user.name, ownedName, login.user.isGuest, login.user.hue});
    if (!user)
        return unexpected(user.error());
    login.user.id = UserId((*user)->value(0).toULongLong());

    if (const auto done = insertDevice(login, publicKey, secretHash, command.name); !done)
        return unexpected(done.error());
    const auto joined =
        m_statements.rows(u"INSERT INTO members(user_id, room) SELECT ?, id FROM rooms WHERE name = ?"_s,
            {qint64(login.user.id.value()), lobbyId.value()});
    if (!joined)
        return unexpected(joined.error());
    return completed(command, login);
}

CommandRunner::Outcome CommandRunner::addDevice(const LogIn &command, UserId user, LoggedIn login)
{
    auto row = m_statements.first(
        u"SELECT id, name, is_guest, hue FROM users WHERE id = ? AND is_guest = 0"_s, {qint64(user.value())});
    if (!row)
        return unexpected(row.error());
    const auto *device = std::get_if<protocol::DeviceAuth>(&command.auth);
    if (!(*row)->isValid() || !device)
        return LogInRefused{command.origin, LogInRefused::Why::DeviceOfAnother};
    login.user = userFrom(**row);
    login.device = DeviceKey::deviceIdOf(device->publicKey);
    if (const auto done = insertDevice(login, device->publicKey, {}, command.name); !done)
        return unexpected(done.error());
    return completed(command, login);
}

Result<void, SqlError> CommandRunner::insertDevice(
    const LoggedIn &login, const QVariant &publicKey, const QVariant &secretHash, const QString &askedName)
{
    const auto done = m_statements.rows(u"INSERT INTO devices(device_id, user_id, public_key, secret_hash, asked_name)"
                                        " VALUES (?, ?, ?, ?, ?)"_s,
        {login.device.value(), qint64(login.user.id.value()), publicKey, secretHash, askedName});
    if (!done)
        return unexpected(done.error());
    return {};
}

CommandRunner::Outcome CommandRunner::rename(const LogIn &command, LoggedIn login)
{
    QVariant ownedName;
    if (!login.user.isGuest) {
        const auto taken = isNameTaken(command.name, login.user.id);
        if (!taken)
            return unexpected(taken.error());
        if (*taken)
            return LogInRefused{command.origin, LogInRefused::Why::NameTaken};
        ownedName = nameKey(command.name);
    }
    auto done = m_statements.rows(u"UPDATE users SET name = ?, name_key = ? WHERE id = ?"_s,
        {command.name, ownedName, qint64(login.user.id.value())});
    if (done) {
        done = m_statements.rows(
            u"UPDATE devices SET asked_name = ? WHERE device_id = ?"_s, {command.name, login.device.value()});
    }
    if (!done)
        return unexpected(done.error());
    login.user.name = command.name;
    return completed(command, login);
}

CommandRunner::Outcome CommandRunner::completed(const LogIn &command, LoggedIn login)
{
    if (const auto written = m_appender.writeEnds(); !written)
        return unexpected(written.error());
    auto cursors = judgeCursors(command);
    if (!cursors)
        return unexpected(cursors.error());
    auto marks = m_marks.load(login.user.id);
    if (!marks)
        return unexpected(marks.error());
    login.cursors = *std::move(cursors);
    login.marks = *std::move(marks);
    return login;
}

Result<QList<CursorAnswer>, SqlError> CommandRunner::judgeCursors(const LogIn &command)
{
    QList<CursorAnswer> answers;
    for (const protocol::Cursor &cursor : command.cursors) {
        if (cursor.seq == 0)
            continue;
        CursorAnswer answer{cursor.room, protocol::CursorState::Unknown};
        if (command.epoch == m_epoch) {
            auto event = m_statements.first(u"SELECT e.message_id, r.messages - e.ordinal FROM events e"
                                            " JOIN rooms r ON r.id = e.room WHERE r.name = ? AND e.seq = ?"_s,
                {cursor.room.value(), qint64(cursor.seq)});
            if (!event)
                return unexpected(event.error());
            if ((*event)->isValid() && (*event)->value(0).toByteArray() == toBlob(cursor.messageId)) {
                answer.state = protocol::CursorState::Valid;
                answer.missedMessages = (*event)->value(1).toULongLong();
            }
        }
        answers.append(answer);
    }
    return answers;
}

Result<bool, SqlError> CommandRunner::isNameTaken(const QString &name, UserId except)
{
    auto owner = m_statements.first(
        u"SELECT 1 FROM users WHERE name_key = ? AND id <> ?"_s, {nameKey(name), qint64(except.value())});
    if (!owner)
        return unexpected(owner.error());
    return (*owner)->isValid();
}

} // namespace lanline::server
