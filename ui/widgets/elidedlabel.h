#pragma once

#include <QLabel>

namespace lanline::ui {

/// One line of plain text that gives way: what finds no room ends in "…", and the tooltip has all of it.
class ElidedLabel final : public QLabel
{
    Q_OBJECT

public:
    using QLabel::QLabel;

    QString fullText() const { return m_full; }
    void setFullText(const QString &text);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void elide();

    QString m_full;
};

} // namespace lanline::ui
