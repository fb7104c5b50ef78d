#include "tests/support/storelife.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

StoreLife::StoreLife(const QString &dir, const protocol::Limits &limits)
    : StoreLife(StoreOptions{dir, limits})
{ }

StoreLife::StoreLife(const StoreOptions &options)
    : store(options, listener)
{ }

bool StoreLife::open()
{
    store.open();
    return QTest::qWaitFor([this] { return listener.snapshot || !listener.unusable.isEmpty(); }) && listener.snapshot;
}

bool StoreLife::waitForOutcomes(qsizetype count)
{
    return QTest::qWaitFor([&] { return listener.outcomes.size() >= count; }, 30'000);
}

bool StoreLife::close()
{
    store.close();
    return QTest::qWaitFor([this] { return listener.isClosed; });
}

Page StoreLife::read(const PageRequest &request)
{
    listener.pages.clear();
    store.readPage(request);
    return QTest::qWaitFor([this] { return !listener.pages.isEmpty(); }) ? listener.pages.constFirst() : Page{};
}

DeviceId testDevice(int number)
{
    return DeviceId(QByteArray(16, char('a' + number)));
}

Append testAppend(int deviceNumber, const RoomId &room, const QString &text, MessageId id)
{
    static qint64 time = 0;
    if (id.isNull())
        id = makeMessageId(++time);
    return {{quint64(deviceNumber), 0}, testDevice(deviceNumber), {UserId(7), u"Ann"_s, false, 9}, room, id, text};
}

LogIn testLogIn(const DeviceKey &key, const QString &name)
{
    return {{1, 0}, protocol::DeviceAuth{key.publicKey(), {}}, name, {}, {}};
}

} // namespace lanline::server
