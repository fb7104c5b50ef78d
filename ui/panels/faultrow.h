#pragma once

#include "ui/faultcontroller.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;
class QSpinBox;

namespace lanline::ui {

/// One fault: what it does, how much of it and for how long, and the button that starts and stops it.
class FaultRow final : public QWidget
{
    Q_OBJECT

public:
    explicit FaultRow(FaultKind kind, QWidget *parent = nullptr);

    FaultKind kind() const { return m_kind; }
    /// Why it cannot be done here; empty: it can.
    void setImpossible(const QString &whyNot);
    /// How much longer it runs; none: it does not.
    void setLeft(std::optional<std::chrono::milliseconds> left);
    /// It was asked for, and refused.
    void showRefusal(const QString &why);

Q_SIGNALS:
    void startRequested(const lanline::Fault &fault);
    void stopRequested(lanline::FaultKind kind);

private:
    void onClicked();
    void showState();

    FaultKind m_kind;
    QLabel *m_words;
    QSpinBox *m_amount = nullptr; ///< null: there is none to choose
    QSpinBox *m_duration = nullptr; ///< null: it ends when it is done
    QLabel *m_left;
    QPushButton *m_button;
    QString m_whyNot;
    bool m_isRunning = false;
};

} // namespace lanline::ui
