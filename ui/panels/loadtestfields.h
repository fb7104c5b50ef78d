#pragma once

#include "ui/loadtestcontroller.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QSpinBox;

namespace lanline::ui {

/// What a load test shall be: its fields, each with its name above.
class LoadTestFields final : public QWidget
{
    Q_OBJECT

public:
    explicit LoadTestFields(QWidget *parent = nullptr);

    LoadTestPlan plan() const;
    void setPlan(const LoadTestPlan &plan);
    /// The fields stay as they are while a test runs.
    void setEditable(bool isEditable);

Q_SIGNALS:
    void planChanged();

private:
    QSpinBox *addField(const QString &objectName, const QString &name, int width);
    void addColumn(const QString &name, QWidget *field, int width);
    /// The rate's bound follows the clients: both together make the load.
    void boundRate();

    QHBoxLayout *m_row;
    QSpinBox *m_clients;
    QSpinBox *m_rate;
    QSpinBox *m_payload;
    QSpinBox *m_duration;
};

} // namespace lanline::ui
