#pragma once

#include "ui/faultcontroller.h"
#include "ui/theme/themecontroller.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace lanline::ui {

class FaultRow;

/// What can be broken on purpose here, and what is: each fault with its amount, its duration and, while it runs, how
/// much of that is left.
class FaultsTab final : public QWidget
{
    Q_OBJECT

public:
    /// Both outlive the tab.
    FaultsTab(FaultController &controller, ThemeController &themes, QWidget *parent = nullptr);

    int runningCount() const { return m_runningCount; }

Q_SIGNALS:
    void runningCountChanged(int count);

private:
    QWidget *makeHead();
    void addGroups(QVBoxLayout &column);
    void refresh();
    void showTimes();

    FaultController &m_controller;
    QList<FaultRow *> m_rows;
    QLabel *m_title = nullptr;
    QLabel *m_detail = nullptr;
    QPushButton *m_stopAll = nullptr;
    QTimer m_countdown; ///< while something runs
    int m_runningCount = 0;
};

} // namespace lanline::ui
