#include "ui/widgets/banner.h"

#include "ui/theme/icons.h"
#include "ui/theme/type.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr int outerMargin = 12;
constexpr int iconSize = 16;
constexpr int iconLeft = 14;

} // namespace

Banner::Banner(const ThemeController &themes, QWidget *parent)
    : QWidget(parent)
    , m_themes(themes)
    , m_words(new QLabel(this))
    , m_retry(new QPushButton(tr("Retry now"), this))
{
    setObjectName(u"banner"_s);
    m_words->setFont(fontFor(TextStyle::Base));
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::RichText);
    m_retry->setProperty("kind", u"link"_s);
    m_retry->setFont(fontFor(TextStyle::Base, QFont::Medium));
    m_retry->setCursor(Qt::PointingHandCursor);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(
        outerMargin + iconLeft + iconSize + space::cardGap, outerMargin, outerMargin + space::gap, 0);
    layout->addWidget(m_words, 1);
    layout->addWidget(m_retry);
    m_words->setContentsMargins(0, space::gap, 0, space::gap);
    connect(m_retry, &QPushButton::clicked, this, &Banner::retryRequested);
    connect(&themes, &ThemeController::themeChanged, this, qOverload<>(&QWidget::update));
    hide();
}

void Banner::setText(const std::optional<BannerText> &text)
{
    if (text) {
        //: Two whole sentences, one after the other
        const QString both = tr("%1 %2");
        const QString strong = u"<b style=\"font-weight:600\">%1</b>"_s.arg(text->strong.toHtmlEscaped());
        m_words->setText(both.arg(strong, text->rest.toHtmlEscaped()));
        setAccessibleName(both.arg(text->strong, text->rest));
        m_retry->setVisible(text->offersRetry);
    }
    setVisible(text.has_value());
}

void Banner::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_themes.theme();
    QPainter painter(this);
    painter.fillRect(rect(), theme[Token::Canvas]);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF card = QRectF(rect()).adjusted(outerMargin + 0.5, outerMargin + 0.5, -outerMargin - 0.5, -0.5);
    painter.setPen(QPen(theme[Token::Border], 1));
    painter.setBrush(theme[Token::Sunken]);
    painter.drawRoundedRect(card, radius::card, radius::card);
    const bool isMirrored = layoutDirection() == Qt::RightToLeft;
    const qreal x = isMirrored ? card.right() - iconLeft - iconSize : card.left() + iconLeft;
    drawIcon(painter, QRectF(x, card.center().y() - iconSize / 2.0, iconSize, iconSize), icons::Offline,
        theme[Token::TextSecondary]);
}

} // namespace lanline::ui
