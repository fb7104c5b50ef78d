#pragma once

#include <span>

namespace lanline::bench {

/// Chat messages in English and Chinese, as UTF-8, that the shipped dictionary was not trained with.
std::span<const char *const> codecTexts();

} // namespace lanline::bench
