#pragma once

#include <tl/expected.hpp>

namespace lanline {

/// A value or the error that took its place. Nothing in Lanline throws.
template <class T, class E>
using Result = tl::expected<T, E>;

using tl::unexpected;

} // namespace lanline
