#pragma once

#include "protocol/codec.h"
#include "protocol/messages.h"

#include <rapidcheck.h>

#include <QList>
#include <QString>

#include <iosfwd>
#include <variant>

/// Arbitrary values of every kind of message, within the default Limits.
namespace lanline::protocol {

template <class Variant>
struct KindGenerator
{
    const char *type; ///< as in JSON
    rc::Gen<Variant> values;
};

/// One for each alternative of the variant, in its order.
QList<KindGenerator<ClientCommand>> commandKinds();
QList<KindGenerator<ServerMessage>> messageKinds();

rc::Gen<ClientCommand> anyCommand();
rc::Gen<ServerMessage> anyMessage();

/// RapidCheck tells a counterexample as its JSON.
void showValue(const ClientCommand &command, std::ostream &out);
void showValue(const ServerMessage &message, std::ostream &out);

} // namespace lanline::protocol
