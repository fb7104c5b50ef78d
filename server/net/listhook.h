#pragma once

namespace lanline::server {

/// A place in at most one list, kept by the thing that is listed: entering and leaving cost nothing and allocate
/// nothing, and what is destroyed leaves by itself. A hook of its own, with nothing to list, is the list.
class ListHook
{
public:
    ListHook() = default;
    ~ListHook() { leave(); }
    ListHook(const ListHook &) = delete;
    ListHook &operator=(const ListHook &) = delete;

    /// In a list; of a list itself: not empty.
    bool isLinked() const { return m_next != this; }
    ListHook *first() const { return m_next; }

    /// Enters at the end, from wherever it was.
    void enter(ListHook &list)
    {
        leave();
        m_previous = list.m_previous;
        m_next = &list;
        m_previous->m_next = this;
        list.m_previous = this;
    }

    void leave()
    {
        m_previous->m_next = m_next;
        m_next->m_previous = m_previous;
        m_previous = this;
        m_next = this;
    }

    /// Everything in `list` moves here; this one was empty.
    void takeAll(ListHook &list)
    {
        if (!list.isLinked())
            return;
        m_next = list.m_next;
        m_previous = list.m_previous;
        m_next->m_previous = this;
        m_previous->m_next = this;
        list.m_next = &list;
        list.m_previous = &list;
    }

private:
    ListHook *m_previous = this;
    ListHook *m_next = this;
};

} // namespace lanline::server
