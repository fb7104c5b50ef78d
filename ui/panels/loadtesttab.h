#pragma once

#include "ui/loadtestcontroller.h"
#include "ui/models/loadtestruns.h"
#include "ui/theme/themecontroller.h"

#include <QWidget>

class QBoxLayout;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace lanline::ui {

class LoadTestFields;
class LoadTestResult;

/// Load tests of the host: what one shall be, one button, what came of it, and the runs before.
class LoadTestTab final : public QWidget
{
    Q_OBJECT

public:
    /// Both outlive the tab.
    LoadTestTab(LoadTestController &controller, ThemeController &themes, QWidget *parent = nullptr);

    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeHead();
    QWidget *makeBody(ThemeController &themes);
    QTableView *makeTable();
    void toggleRun();
    void save();
    void onProgressed(const LoadTestReport &soFar, double share);
    void onFinished();
    void showButtons();
    void showKept();
    void showReports();
    void showRun(int row);

    LoadTestController &m_controller;
    ThemeController &m_themes;
    LoadTestRuns m_runs;
    QBoxLayout *m_head = nullptr; ///< fields and buttons
    LoadTestFields *m_fields = nullptr;
    QPushButton *m_run = nullptr;
    QPushButton *m_save = nullptr;
    QLabel *m_kept = nullptr;
    QStackedWidget *m_stack = nullptr;
    LoadTestResult *m_result = nullptr;
    QTableView *m_table = nullptr;
};

} // namespace lanline::ui
