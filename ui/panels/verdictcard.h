#pragma once

#include "ui/models/diagnosis.h"
#include "ui/theme/themecontroller.h"

#include <QFrame>

class QBoxLayout;

namespace lanline::ui {

class FamilyChip;
class ShareBar;
class WrappedLabel;

/// The answer in a sentence, whom it blames, what to do, and what the time went to.
class VerdictCard final : public QFrame
{
    Q_OBJECT

public:
    explicit VerdictCard(const ThemeController &themes, QWidget *parent = nullptr);

    void show(const Diagnosis &diagnosis);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    WrappedLabel *m_sentence;
    FamilyChip *m_chip;
    WrappedLabel *m_advice;
    ShareBar *m_shares;
    QBoxLayout *m_row; ///< words and shares
};

} // namespace lanline::ui
