#pragma once

#include <QLabel>

namespace lanline::ui {

/// Plain text that wants one line, and takes more where it does not find the room: nothing of it is left out.
class WrappedLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit WrappedLabel(QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
};

} // namespace lanline::ui
