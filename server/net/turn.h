#pragma once

#include "core/timing.h"
#include "server/net/listhook.h"

#include <QObject>

#include <memory>
#include <vector>

namespace lanline::server {

/// The turns of the server thread's event loop: what is written during one leaves at its end, all of a link in one go
/// (the cork), and what could not be finished goes on in the next. Whoever calls into the net opens a Scope; without
/// one, a turn ends as soon as the event loop is reached.
class Turn final : public QObject
{
    Q_OBJECT

public:
    /// Takes part in turns.
    class Member
    {
    public:
        virtual ~Member() = default;
        /// The turn ends.
        virtual void onTurnEnd() = 0;
        /// A new turn has begun.
        virtual void onNextTurn() = 0;

    private:
        friend class Turn;
        struct Hook : ListHook
        {
            Member *member = nullptr;
        };
        Hook m_atEnd;
        Hook m_next;
    };

    class Scope
    {
    public:
        explicit Scope(Turn &turn)
            : m_turn(turn)
        {
            ++m_turn.m_depth;
        }
        ~Scope()
        {
            if (--m_turn.m_depth == 0)
                m_turn.end();
        }
        Scope(const Scope &) = delete;
        Scope &operator=(const Scope &) = delete;

    private:
        Turn &m_turn;
    };

    /// The clock, read once in a turn by the first who asks; without a Scope every time.
    SteadyTime now(const TimeSource &time);

    /// onTurnEnd() is called once.
    void callAtEnd(Member &member);
    /// onNextTurn() is called once.
    void callNext(Member &member);

    /// Deletes it when the turn has ended: it may be on the stack now.
    template <class T>
    void bury(std::unique_ptr<T> thing)
    {
        m_buried.push_back(std::shared_ptr<T>(std::move(thing)));
        schedule();
    }

private:
    void schedule();
    void end();

    ListHook m_ending;
    ListHook m_waiting; ///< for the next turn
    std::vector<std::shared_ptr<void>> m_buried;
    SteadyTime m_now{}; ///< zero: nobody has asked in this turn
    int m_depth = 0;
    bool m_isScheduled = false;
};

} // namespace lanline::server
