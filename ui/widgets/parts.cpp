#include "ui/widgets/parts.h"

#include <QStyle>
#include <QVBoxLayout>
#include <QVariant>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr std::array toneNames{""_L1, "secondary"_L1, "tertiary"_L1, "accent"_L1, "ok"_L1, "warn"_L1, "error"_L1};
constexpr std::array kindNames{""_L1, "primary"_L1, "destructive"_L1, "link"_L1};

} // namespace

QLabel *makeLabel(const QString &text, TextStyle style, Tone tone, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setFont(fontFor(style));
    label->setProperty("tone", toneNames[std::size_t(tone)]);
    return label;
}

QLabel *makeLabel(const QString &text, TextStyle style, QFont::Weight weight, QWidget *parent)
{
    QLabel *label = makeLabel(text, style, Tone::Normal, parent);
    label->setFont(fontFor(style, weight));
    return label;
}

void setTone(QLabel &label, Tone tone)
{
    const QString name = toneNames[std::size_t(tone)];
    if (label.property("tone").toString() == name)
        return;
    label.setProperty("tone", name);
    // A style sheet reads properties only when a widget is polished.
    label.style()->unpolish(&label);
    label.style()->polish(&label);
}

QPushButton *makeButton(const QString &text, ButtonKind kind, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setFont(fontFor(TextStyle::Base, QFont::Medium));
    button->setProperty("kind", kindNames[std::size_t(kind)]);
    button->setAutoDefault(false);
    return button;
}

QFrame *makeCard(QWidget *parent)
{
    auto *card = new QFrame(parent);
    card->setProperty("card", true);
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    return card;
}

QFrame *makeLine(QWidget *parent)
{
    auto *line = new QFrame(parent);
    line->setProperty("line", true);
    return line;
}

QWidget *makeGround(QLatin1StringView ground, QWidget *parent)
{
    auto *widget = new QWidget(parent);
    widget->setAttribute(Qt::WA_StyledBackground);
    widget->setProperty("ground", ground);
    return widget;
}

} // namespace lanline::ui
