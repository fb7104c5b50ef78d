#pragma once

#include "ui/loadtestcontroller.h"
#include "ui/theme/themecontroller.h"

#include <QWidget>

class QLabel;
class QProgressBar;

namespace lanline::ui {

class HistogramPlot;
class LoadPlot;
class ThemedIcon;
class Tile;

/// One run: a sentence, the figures at the wished load, how long deliveries took there, and how that changed with the
/// load. Shows a run that is not over too.
class LoadTestResult final : public QWidget
{
    Q_OBJECT

public:
    explicit LoadTestResult(const ThemeController &themes, QWidget *parent = nullptr);

    void show(const LoadTestReport &report);
    /// Of a run that goes on; share: 0 to 1.
    void showProgress(const LoadTestReport &soFar, double share);

    using QWidget::show;

private:
    QWidget *makeVerdict(const ThemeController &themes);
    QWidget *makeTiles(const ThemeController &themes);
    QWidget *makePlots(const ThemeController &themes);
    void showFigures(const LoadTestReport &report);
    void showSide(const LoadTestReport &report);

    ThemedIcon *m_mark = nullptr;
    QLabel *m_sentence = nullptr;
    QLabel *m_detail = nullptr;
    QLabel *m_when = nullptr;
    QProgressBar *m_progress = nullptr;
    std::array<Tile *, 8> m_tiles{};
    QLabel *m_histogramTitle = nullptr;
    HistogramPlot *m_histogram = nullptr;
    LoadPlot *m_load = nullptr;
    QLabel *m_machine = nullptr;
};

} // namespace lanline::ui
