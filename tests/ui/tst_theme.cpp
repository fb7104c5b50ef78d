#include "ui/theme/icons.h"
#include "ui/theme/themecontroller.h"
#include "ui/theme/type.h"

#include <QApplication>
#include <QDir>
#include <QSignalSpy>
#include <QtTest>

using namespace Qt::Literals::StringLiterals;
using namespace lanline::ui;

namespace {

/// WCAG 2.1 contrast of two opaque colours.
double contrast(const QColor &a, const QColor &b)
{
    const auto luminance = [](const QColor &color) {
        const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
        return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
    };
    const double la = luminance(a) + 0.05;
    const double lb = luminance(b) + 0.05;
    return la > lb ? la / lb : lb / la;
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsReadableOnItsLeastFavourableGround_data()
    {
        QTest::addColumn<Theme::Scheme>("scheme");
        QTest::addColumn<Token>("text");
        QTest::addColumn<Token>("ground");
        QTest::addColumn<double>("least");
        for (const auto &[name, scheme] : {std::pair{"light", Theme::Scheme::Light}, {"dark", Theme::Scheme::Dark}}) {
            const auto row = [&, name = name, scheme = scheme](
                                 const char *what, Token text, Token ground, double least) {
                QTest::addRow("%s: %s", name, what) << scheme << text << ground << least;
            };
            row("body on an own bubble", Token::Text, Token::BubbleOwn, 4.5);
            row("secondary on a selected row", Token::TextSecondary, Token::AccentTint, 4.5);
            row("time on a selected row", Token::TextTertiary, Token::AccentTint, 4.5);
            row("time in an own bubble", Token::BubbleOwnMeta, Token::BubbleOwn, 4.5);
            row("words on accent", Token::OnAccent, Token::Accent, 4.5);
            row("words on accent under the pointer", Token::OnAccent, Token::AccentHover, 4.5);
            row("words on accent pressed", Token::OnAccent, Token::AccentPressed, 4.5);
            row("connected dot", Token::OkMark, Token::Surface, 3.0);
            row("not-sent disk", Token::ErrorMark, Token::BubbleOwn, 3.0);
        }
    }
    void textIsReadableOnItsLeastFavourableGround()
    {
        QFETCH(Theme::Scheme, scheme);
        QFETCH(Token, text);
        QFETCH(Token, ground);
        QFETCH(double, least);
        const Theme theme(scheme);
        QVERIFY(contrast(theme[text], theme[ground]) >= least);
    }

    void highContrastReplacesTheFaintOnes()
    {
        const Theme theme(Theme::Scheme::Light, Theme::Contrast::High);
        QCOMPARE(theme[Token::Hairline], theme[Token::Control]);
        QCOMPARE(theme[Token::TextTertiary], theme[Token::TextSecondary]);
    }

    void guestsShareOneColour()
    {
        const Theme theme;
        QCOMPARE(theme.authorColor(0, false), theme[Token::Author1]);
        QCOMPARE(theme.authorColor(7, false), theme[Token::Author4]);
        QCOMPARE(theme.authorColor(7, true), theme[Token::Author5]);
    }

    void longerTokenNamesAreNotCutShort()
    {
        const Theme theme;
        QCOMPARE(theme.fillIn(u"@accentTint;@accent"_s),
            theme[Token::AccentTint].name(QColor::HexArgb) + u';' + theme[Token::Accent].name(QColor::HexArgb));
    }

    void initials_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("initial");
        QTest::newRow("latin") << u"alice"_s << u"A"_s;
        QTest::newRow("han shows its last") << u"王梅"_s << u"梅"_s;
        QTest::newRow("latin then han") << u"Mei 王梅"_s << u"梅"_s;
        QTest::newRow("emoji of several code points") << u"👩‍🚀 Ada"_s << u"👩‍🚀"_s;
        QTest::newRow("empty") << u"  "_s << u"?"_s;
    }
    void initials()
    {
        QFETCH(QString, name);
        QFETCH(QString, initial);
        QCOMPARE(initialOf(name), initial);
    }

    void everyDigitIsEquallyWide()
    {
        const QFont font = fontFor(TextStyle::Figure);
        QCOMPARE(tabularWidth(font, u"111"_s), tabularWidth(font, u"888"_s));
    }

    void choiceChangesPaletteAndSheetOnce()
    {
        ThemeController controller;
        controller.setChoice(ThemeController::Choice::Light);
        QSignalSpy spy(&controller, &ThemeController::themeChanged);
        QVERIFY(spy.isValid());
        controller.setChoice(ThemeController::Choice::Dark);
        QCOMPARE(spy.count(), 1);
        QVERIFY(controller.theme().isDark());
        QCOMPARE(QApplication::palette().color(QPalette::Window), controller.theme()[Token::Canvas]);
        QVERIFY(!qApp->styleSheet().isEmpty());
        QVERIFY(!qApp->styleSheet().contains(u'@'));
        controller.setChoice(ThemeController::Choice::Dark);
        QCOMPARE(spy.count(), 1);
    }

    void everyIconDrawsSomething()
    {
        const QStringList names = QDir(u":/icons"_s).entryList({u"*.svg"_s});
        QVERIFY(names.contains(u"hash.svg"_s));
        for (const QString &file : names) {
            const QByteArray name = file.chopped(4).toLatin1();
            const QImage image = iconPixmap(QLatin1StringView(name), 16, Qt::red, 2).toImage();
            QCOMPARE(image.size(), QSize(32, 32));
            bool isBlank = true;
            for (int y = 0; y < image.height() && isBlank; ++y) {
                for (int x = 0; x < image.width() && isBlank; ++x)
                    isBlank = image.pixelColor(x, y).alpha() == 0;
            }
            QVERIFY2(!isBlank, name.constData());
        }
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
