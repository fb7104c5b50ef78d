#pragma once

#include "demo.h"
#include "witness.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <deque>
#include <functional>

namespace lanline::ui {
class HostPanel;
}

namespace lanline::app {

/// A scripted visit to the demo, unattended: the two write to each other, Bob's primary cable is pulled and put
/// back, then both are, the server is stopped and started again, its disk is made slow. After each of them, both
/// sessions' ledgers and the host's have to agree to the message; at the end a load test runs. Leaves pictures and
/// report.json in a folder. Ends with finished(true) only if every step held within its time.
class Tour final : public QObject
{
    Q_OBJECT

public:
    Tour(Demo &demo, ui::ThemeController &themes, const QString &dir, QObject *parent = nullptr);
    ~Tour() override;

    void start();

Q_SIGNALS:
    void finished(bool everyStepHeld);

private:
    struct Step
    {
        QString name;
        std::function<void()> begin;
        std::function<bool()> isDone;
        std::chrono::milliseconds within;
    };

    void script();
    void addStep(const QString &name, std::function<void()> begin, std::function<bool()> isDone,
        std::chrono::milliseconds within = std::chrono::seconds(15));
    void addConversation();
    void addFailover();
    void addCut();
    void addServerRestart();
    void addDiagnosis();
    void addLoadTest();
    void addRest();
    void addPictures();
    /// `moment`: the end of a sentence.
    void addLedgers(const QString &moment);
    void next();
    void poll();
    void end(bool held);

    bool bothOnline() const;
    bool bothHaveAll() const;
    bool ledgersAgree() const;
    QJsonObject ledgersNow(const QString &moment) const;
    void say(Seat &seat, const QString &text);
    bool saveTogether(QWidget &left, QWidget &right, const QString &file);
    bool save(QWidget &widget, const QString &file);
    bool saveRecording(const ui::DiagnosticsRecord &record, const QString &file) const;
    /// NAME-light.png and NAME-dark.png.
    void saveInBothThemes(QWidget &widget, const QString &name);
    bool writeReport(bool held) const;

    Demo &m_demo;
    ui::ThemeController &m_themes;
    QDir m_dir;
    std::unique_ptr<ui::HostPanel> m_hostPanel; ///< watches from the beginning, for its picture
    Witness m_alice;
    Witness m_bob;
    std::deque<Step> m_steps;
    QTimer m_poll;
    QElapsedTimer m_sinceStep;
    QElapsedTimer m_sinceCut;
    QElapsedTimer m_sincePlug;
    qint64 m_failoverMs = -1; ///< from the cut to being on the standby, seen from here
    qint64 m_failoverGapMs = -1; ///< in which nothing was read, by the client's own account
    qint64 m_rearmMs = -1; ///< from the cable being back to the next standby, or till it is told
    QString m_failoverSentence;
    int m_bobsOutages = 0; ///< states in which he was not connected
    qint64 m_outageMs = -1; ///< from the cut to being online again
    qint64 m_recoveryMs = -1; ///< from the cable being back to being online again
    qint64 m_restartMs = -1; ///< from the server's stop to both being online again
    QElapsedTimer m_sinceSaid;
    QString m_verdict; ///< that the panel found under a fault
    int m_typed = 0;
    bool m_picturesSaved = true;
    QJsonArray m_report;
    QJsonArray m_ledgers;
};

} // namespace lanline::app
