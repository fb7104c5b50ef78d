#pragma once

#include "ui/theme/themecontroller.h"

#include <QWidget>

namespace lanline::ui {

/// What the marks of a chart mean: each drawn as in the chart, and its word.
class ChartLegend final : public QWidget
{
    Q_OBJECT

public:
    enum class Mark : quint8 { Dot, SolidLine, DashedLine, Bar, OutlinedBar };
    struct Entry
    {
        Mark mark;
        Token color;
        QString words;
    };

    ChartLegend(const ThemeController &themes, QList<Entry> entries, QWidget *parent = nullptr);

    /// Where another word stands for what a mark means now.
    void setWords(qsizetype entry, const QString &words);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void describe();

    const ThemeController &m_themes;
    QList<Entry> m_entries;
};

} // namespace lanline::ui
