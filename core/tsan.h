// Before any other header of Qt in a ThreadSanitizer build; nothing in any other.
#pragma once

#if defined(__SANITIZE_THREAD__)
#define LANLINE_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define LANLINE_TSAN 1
#endif
#endif

#ifdef LANLINE_TSAN
#include <QtCore/qbasicatomic.h>

// A container of Qt asks by a relaxed load whether it is still shared, and writes in place if it is not. That the last
// other owner, in another thread, let go before is something the processor keeps but TSan cannot see: tell it.
template <>
inline int QBasicAtomicInteger<int>::loadRelaxed() const noexcept
{
    return loadAcquire();
}
#endif
