#pragma once

#include <QtGlobal>

#include <array>

namespace lanline {

/// The threads that a message passes on its way: two of the client, two of the server. docs/threads.md tells what each
/// does.
enum class ThreadKind : quint8 { Gui, Network, Server, Storage };

inline constexpr std::array allThreads{ThreadKind::Gui, ThreadKind::Network, ThreadKind::Server, ThreadKind::Storage};

} // namespace lanline
