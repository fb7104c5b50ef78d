#pragma once

#include "ui/models/diagnosis.h"
#include "ui/theme/themecontroller.h"

#include <QFrame>

namespace lanline::ui {

class ElidedLabel;
class FamilyChip;
class ShareBar;

/// The answer in a sentence, whom it blames, what to do, and what the time went to.
class VerdictCard final : public QFrame
{
    Q_OBJECT

public:
    explicit VerdictCard(const ThemeController &themes, QWidget *parent = nullptr);

    void show(const Diagnosis &diagnosis);

private:
    ElidedLabel *m_sentence;
    FamilyChip *m_chip;
    ElidedLabel *m_advice;
    ShareBar *m_shares;
};

} // namespace lanline::ui
