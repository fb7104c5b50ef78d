#pragma once

#include "app/loadtest/busyclock.h"
#include "app/loadtest/loadcrew.h"
#include "app/loadtest/memberswatch.h"
#include "app/loadtest/ramp.h"
#include "app/loadtest/stepcount.h"
#include "core/crossing.h"

#include <QTimer>

namespace lanline::loadtest {

/// What a run is to do, and as whom.
struct LoadRunSetup
{
    QUrl url;
    ui::LoadTestPlan plan; ///< within LoadTestController's bounds
    QString app; ///< for HELLO
    QString guestName;
    QString roomTitle;
    QList<QByteArray> secrets; ///< of guests of earlier runs on that server
    bool watchesMembers = true; ///< noteRoundTrip() comes every second
};

/// One load test, from the first connection to the last BYE. Lives in a thread of its own, which it keeps busy; is used
/// once. Says nothing behind finished().
class LoadRun final : public QObject, private LoadCrewUser
{
    Q_OBJECT

public:
    explicit LoadRun(LoadRunSetup setup);

    // In its thread:
    void begin();
    void stop();
    /// Of the person's own link.
    void noteRoundTrip(const lanline::Crossing<std::chrono::microseconds> &roundTrip);

Q_SIGNALS:
    void progressed(const lanline::Crossing<lanline::ui::LoadTestReport> &soFar, double share);
    /// To be kept for the next run.
    void guestsKnown(const lanline::Crossing<QList<QByteArray>> &secrets);
    /// `problem` of the report is a sentence in English.
    void finished(const lanline::Crossing<lanline::ui::LoadTestReport> &report);

private:
    enum class Stage : quint8 {
        Coming, ///< clients log in
        Settling, ///< and say nothing, while it is seen how members fare
        Sending,
        Draining, ///< until all of the step has come, or nothing more is to be expected
        Leaving,
        Over,
    };

    void onAllLive() override;
    void onAllGone() override;
    void onCrewFailed(const QString &why) override;
    void onStored(quint64 number, SteadyTime sentAt) override;
    void onRefused(quint64 number) override;
    void onDelivered(QByteArrayView text) override;
    void onThreads(const QList<protocol::ThreadLoad> &threads) override;

    void settle();
    void beginStep();
    /// Says what is due.
    void pace();
    void endSending();
    void drain();
    void endStep();
    /// The run comes to its end so; what is on its way is waited for.
    void end(ui::LoadTestReport::End how, const QString &problem = {});
    void leave();
    /// Once a second: beats, and whether members suffer.
    void look();
    void tell();
    ui::LoadTestStep currentStep() const;
    ui::LoadTestReport soFar() const;
    std::chrono::milliseconds sendingTime() const;

    LoadRunSetup m_setup;
    ui::LoadTestReport m_report;
    Ramp m_ramp;
    StepCount m_count;
    MembersWatch m_members;
    LoadCrew m_crew;
    BusyClock m_ownBusy;
    ServerBusy m_serverBusy;
    Stage m_stage = Stage::Coming;
    bool m_isEnding = false; ///< behind this step there is none

    // The step
    double m_rate = 0; ///< messages per second
    SteadyTime m_stepBegan;
    SteadyTime m_sendingEnded;
    quint64 m_due = 0; ///< messages of this step that it was time for
    double m_generatorBusy = -1;
    bool m_isAnswered = true; ///< the host has said something since the last message was sent

    quint64 m_number = 0; ///< of the next message
    qint64 m_bytes = 0; ///< of text, so far
    QByteArray m_filler;

    QTimer m_pace{this};
    QTimer m_drain{this};
    QTimer m_look{this};
    QTimer m_tell{this};
    int m_looks = 0;
};

} // namespace lanline::loadtest
