#pragma once

#include "app/loadtest/loadclient.h"

#include <QTimer>

#include <memory>
#include <vector>

namespace lanline::loadtest {

/// What a crew tells; all in its thread.
class LoadCrewUser
{
public:
    virtual ~LoadCrewUser() = default;
    /// All are live in the room.
    virtual void onAllLive() = 0;
    /// All have left.
    virtual void onAllGone() = 0;
    /// One cannot go on, or does not get in. A sentence in English.
    virtual void onCrewFailed(const QString &why) = 0;
    virtual void onStored(quint64 number, SteadyTime sentAt) = 0;
    /// Told as well of each that was dropped behind a refused one.
    virtual void onRefused(quint64 number) = 0;
    virtual void onDelivered(QByteArrayView text) = 0;
    virtual void onThreads(const QList<protocol::ThreadLoad> &threads) = 0;
};

/// As whom, and where to, a crew goes.
struct LoadCrewPlan
{
    QUrl url;
    RoomId room;
    QString roomTitle;
    QString guestName;
    QString app;
    int clients = 0;
    QList<QByteArray> secrets; ///< of guests of earlier runs on that server
};

/// The clients of a run: few guests with several clients each, who come few at a time and leave as they came.
class LoadCrew final : public QObject, private LoadClientUser
{
    Q_OBJECT

public:
    /// `user` outlives it.
    LoadCrew(LoadCrewPlan plan, LoadCrewUser &user);
    ~LoadCrew() override;

    static int guestsFor(int clients);

    void come();
    void leave();
    void beatAll();
    /// What asks the server how it is: the first client's.
    void beat();
    /// Says something by the next one, by turns, that may speak; false if none may.
    bool say(quint64 number, const QString &text, SteadyTime now);

    int size() const { return m_plan.clients; }
    bool isAnyoneLive() const;
    /// By guest, as long as they are known in their order; those of guests who did not come too.
    QList<QByteArray> secrets() const;
    /// The server is this computer.
    bool isSameMachine() const;
    /// All that was acknowledged has come to all.
    bool hasEverything() const;
    /// Events that have been acknowledged, or came to others behind them, and did not come to one that was there; of
    /// all.
    quint64 missing() const;

private:
    void onWelcomed(LoadClient &client, const QByteArray &secret) override;
    void onLive(LoadClient &client) override;
    void onStored(LoadClient &client, quint64 number, SteadyTime sentAt) override;
    void onRefused(LoadClient &client, quint64 number) override;
    void onDelivered(LoadClient &client, QByteArrayView text) override;
    void onThreads(LoadClient &client, const QList<protocol::ThreadLoad> &threads) override;
    void onLeft(LoadClient &client) override;
    void onEnded(LoadClient &client, const QString &why) override;

    void letMoreIn();
    bool mayOpen(int number) const;
    void closeAll();
    quint64 newestStored() const;

    LoadCrewPlan m_plan;
    LoadCrewUser &m_user;
    std::vector<std::unique_ptr<LoadClient>> m_clients; ///< those that have been opened
    std::vector<QByteArray> m_secrets; ///< by guest; empty: not known yet
    int m_guests;
    int m_live = 0;
    int m_leaving = 0; ///< clients that are on their way out of the room
    bool m_isLeaving = false;
    size_t m_nextSpeaker = 0;
    QTimer m_patience{this}; ///< of coming, and of leaving
};

} // namespace lanline::loadtest
