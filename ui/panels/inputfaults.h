#pragma once

#include "client/address.h"

#include <QString>

/// What is wrong with something that a person typed, as a sentence; empty when nothing is.
namespace lanline::ui {

QString addressFault(client::AddressError error);
/// Of a person's name or a host's; `name` as typed.
QString nameFault(const QString &name);
QString portFault(const QString &port);

} // namespace lanline::ui
