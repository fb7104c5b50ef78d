#pragma once

#include "ui/theme/type.h"

#include <QFrame>
#include <QLabel>
#include <QPushButton>

/// The small parts that every panel is made of, by the properties that resources/theme.qss knows.
namespace lanline::ui {

enum class Tone : quint8 { Normal, Secondary, Tertiary, Accent, Ok, Warn, Error };
enum class ButtonKind : quint8 { Plain, Primary, Destructive, Link };

QLabel *makeLabel(const QString &text, TextStyle style, Tone tone = Tone::Normal, QWidget *parent = nullptr);
/// As makeLabel(), with the weight of names (600) or labels (500).
QLabel *makeLabel(const QString &text, TextStyle style, QFont::Weight weight, QWidget *parent = nullptr);
void setTone(QLabel &label, Tone tone);

QPushButton *makeButton(const QString &text, ButtonKind kind, QWidget *parent = nullptr);

/// A flat card: surface with a hairline around it. Its layout is vertical, without margins or spacing.
QFrame *makeCard(QWidget *parent = nullptr);
/// A hairline from left to right.
QFrame *makeLine(QWidget *parent = nullptr);
/// A widget with one of the theme's grounds, "surface" or "canvas".
QWidget *makeGround(QLatin1StringView ground, QWidget *parent = nullptr);

} // namespace lanline::ui
