#include "ui/panels/inputfaults.h"

#include "core/text.h"
#include "protocol/limits.h"

#include <QCoreApplication>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(lanline::ui::InputFaults)
};

constexpr int lowestPort = 1024; // those below belong to the system
constexpr int highestPort = 65535;

} // namespace

QString addressFault(client::AddressError error)
{
    switch (error) {
    case client::AddressError::Empty:
        return Words::tr("Type the address that the host shows, for example 192.168.1.20:47100.");
    case client::AddressError::UnknownScheme:
        return Words::tr("An address starts with lanline:// or ws://, or with neither.");
    case client::AddressError::BadHost:
        return Words::tr("This is no address. Try one like 192.168.1.20:47100.");
    case client::AddressError::BadPort:
        return Words::tr("The port behind the colon is a number from 1 to 65535.");
    }
    return {};
}

QString nameFault(const QString &name)
{
    const QString normalized = normalizedName(name);
    if (normalized.isEmpty())
        return Words::tr("A name needs at least one letter.");
    if (!isCleanName(normalized))
        return Words::tr("This name has characters that cannot be shown.");
    if (utf8Size(normalized) > protocol::Limits().nameBytes)
        return Words::tr("This name is too long.");
    return {};
}

QString portFault(const QString &port)
{
    bool isNumber = false;
    const int number = port.trimmed().toInt(&isNumber);
    return isNumber && number >= lowestPort && number <= highestPort
        ? QString()
        : Words::tr("A port is a number from %1 to %2.").arg(lowestPort).arg(highestPort);
}

} // namespace lanline::ui
