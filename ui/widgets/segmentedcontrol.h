#pragma once

#include <QFrame>
#include <QStringList>

class QButtonGroup;

namespace lanline::ui {

/// A few choices side by side, one of them chosen. Arrow keys move within, Tab moves on.
class SegmentedControl final : public QFrame
{
    Q_OBJECT

public:
    SegmentedControl(const QString &accessibleName, const QStringList &choices, QWidget *parent = nullptr);

    int current() const;
    /// Without a signal.
    void setCurrent(int index);

Q_SIGNALS:
    /// By the person.
    void chosen(int index);

private:
    QButtonGroup *m_buttons;
};

} // namespace lanline::ui
