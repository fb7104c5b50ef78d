#pragma once

#include "client/values.h"

namespace lanline::client {

/// What a close frame's code tells a person.
Problem problemOfCloseCode(quint16 code);

/// May the client try again by itself? Only a person can solve the others. `wasWelcomed`: this very address has worked
/// before, so that another kind of answer is taken for a passing fault.
bool isWorthRetrying(Problem problem, quint16 closeCode, bool wasWelcomed);

} // namespace lanline::client
