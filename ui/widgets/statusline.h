#pragma once

#include "client/values.h"
#include "ui/statustext.h"
#include "ui/theme/themecontroller.h"

#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QWidget>

#include <optional>

namespace lanline::ui {

class Sparkline;
class StatusMark;
class ThemedIcon;

/// A sentence whose digits are equally wide, so that a changing figure does not make it jump.
class StatusSentence final : public QWidget
{
    Q_OBJECT

public:
    explicit StatusSentence(QWidget *parent = nullptr);
    void setText(const QString &text);
    const QString &text() const { return m_text; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
};

/// The permanent line at the window's foot: mark, sentence, last round trips; at the right an aside, or the one action,
/// and the way to the diagnostics. Fed by the connection's state, the round trips and the ledger alone.
class StatusLine final : public QWidget
{
    Q_OBJECT

public:
    explicit StatusLine(const ThemeController &themes, QWidget *parent = nullptr);

    void setState(const client::ConnectionState &state);
    void addRoundTrip(const client::RoundTrip &roundTrip);
    void setLedger(const client::Ledger &ledger);
    QString sentence() const { return m_sentence->text(); }

Q_SIGNALS:
    void retryRequested();
    void diagnosticsRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void refresh();
    void showAside();
    void announce();

    const ThemeController &m_themes;
    client::ConnectionState m_state;
    StatusFacts m_facts;
    std::optional<SteadyTime> m_rearmedFailover; ///< after which a standby was ready
    StatusText m_text;
    StatusMark *m_mark;
    StatusSentence *m_sentence;
    Sparkline *m_sparkline;
    ThemedIcon *m_asideIcon;
    QLabel *m_aside;
    QPushButton *m_retry;
    QTimer m_countdown;
    QTimer m_announcement;
};

} // namespace lanline::ui
