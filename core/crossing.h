#pragma once

#include "core/tsan.h"

#include <utility>

#ifdef LANLINE_TSAN
#include <atomic>
#endif

namespace lanline {

/// The envelope of every value that crosses from one thread to another in a queued signal or call.
/// Distribution builds of Qt are not instrumented, so TSan cannot see that Qt's event queue orders the two threads. In
/// a TSan build this envelope says so itself: it releases when it is copied and acquires when it is read. In any other
/// build it is the value and nothing else.
///
/// Connect threads that already run by pointers to members, not by lambdas: a lambda's captures are read before the
/// envelope is. What a call by QMetaObject::invokeMethod() captures goes into an envelope whole, `this` included.
template <class T>
class Crossing
{
public:
    Crossing() { release(); }
    Crossing(T value) // NOLINT(google-explicit-constructor): an envelope is put on by assigning
        : m_value(std::move(value))
    {
        release();
    }
    Crossing(const Crossing &other)
        : m_value(other.get())
    {
        release();
    }
    Crossing(Crossing &&other) noexcept
        : m_value(std::move(other).take())
    {
        release();
    }
    Crossing &operator=(Crossing other) noexcept
    {
        // What stood here may have been written by another thread.
        acquire();
        m_value = std::move(other).take();
        release();
        return *this;
    }
    ~Crossing() { acquire(); }

    const T &get() const
    {
        acquire();
        return m_value;
    }
    T take() &&
    {
        acquire();
        return std::move(m_value);
    }
    const T *operator->() const { return &get(); }
    const T &operator*() const { return get(); }

private:
#ifdef LANLINE_TSAN
    void release()
    {
        m_order.store(1, std::memory_order_release);
    }
    void acquire() const
    {
        (void)m_order.load(std::memory_order_acquire);
    }
    std::atomic<int> m_order{0};
#else
    void release() { }
    void acquire() const { }
#endif

    T m_value{};
};

} // namespace lanline
