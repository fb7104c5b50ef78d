#include "ui/widgets/composer.h"

#include "core/text.h"
#include "ui/theme/icons.h"
#include "ui/theme/type.h"
#include "ui/widgets/iconbutton.h"
#include "ui/words.h"

#include <QAbstractTextDocumentLayout>
#include <QGridLayout>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QScopedValueRollback>

using namespace Qt::Literals::StringLiterals;

namespace lanline::ui {

namespace {

constexpr int linesShown = 8;
constexpr int border = 1; ///< of the style sheet
constexpr int sidePadding = 12;
constexpr int barPadding = 8;
constexpr int fieldHeight = 36;
constexpr int sendWidth = 40;

/// Blank lines around a message and spaces at its end are slips; spaces before its first word may be meant.
QString withoutSlips(QString text)
{
    while (!text.isEmpty() && text.back().isSpace())
        text.chop(1);
    while (text.startsWith(u'\n'))
        text.remove(0, 1);
    return text;
}

} // namespace

MessageEdit::MessageEdit(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setObjectName(u"composer"_s);
    setFont(fontFor(TextStyle::Message));
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabChangesFocus(true);
    document()->setDocumentMargin(0);
    const int linePadding = (fieldHeight - fontMetrics().lineSpacing()) / 2 - border;
    setViewportMargins(sidePadding, linePadding, sidePadding, linePadding);
    connect(
        document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this, &MessageEdit::fitHeight);
    fitHeight();
}

void MessageEdit::fitHeight()
{
    // A plain text document counts its height in lines.
    const qreal lines = document()->size().height();
    const int lineHeight = fontMetrics().lineSpacing();
    setFixedHeight(fieldHeight + qCeil((qBound<qreal>(1, lines, linesShown) - 1) * lineHeight));
    setVerticalScrollBarPolicy(lines > linesShown ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
}

void MessageEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fitHeight();
}

void MessageEdit::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool startsLine = event->modifiers() & Qt::ShiftModifier;
    if (isEnter && m_isComposing) {
        event->ignore();
        return;
    }
    if (isEnter && !startsLine) {
        Q_EMIT enterPressed();
        return;
    }
    if (isEnter) {
        // The default is a line separator, which would travel as one.
        insertPlainText(u"\n"_s);
        ensureCursorVisible();
        return;
    }
    if (event->key() == Qt::Key_Up && event->modifiers() == Qt::NoModifier && document()->isEmpty() && !m_isComposing) {
        Q_EMIT upPressed();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void MessageEdit::inputMethodEvent(QInputMethodEvent *event)
{
    m_isComposing = !event->preeditString().isEmpty();
    QPlainTextEdit::inputMethodEvent(event);
}

Composer::Composer(const ThemeController &themes, QWidget *parent)
    : QWidget(parent)
    , m_themes(themes)
    , m_edit(new MessageEdit(this))
    , m_send(new IconButton(themes, icons::Send, tr("Send"), this))
    , m_tooLong(new QLabel(this))
    , m_editing(makeEditingStrip())
{
    m_edit->setAccessibleName(tr("Message"));
    m_send->setObjectName(u"sendButton"_s);
    m_send->setExtent(fieldHeight, 18);
    m_send->setFixedWidth(sendWidth);
    m_send->setPrimary(true);
    m_send->setShortcutShown(QKeySequence(Qt::Key_Return));
    m_tooLong->setObjectName(u"tooLong"_s);
    m_tooLong->setFont(fontFor(TextStyle::Small));
    m_tooLong->setProperty("tone", u"error"_s);
    m_tooLong->setWordWrap(true);
    m_tooLong->hide();

    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(space::page, barPadding + 1, 12, barPadding);
    layout->setHorizontalSpacing(10);
    layout->setVerticalSpacing(space::small);
    layout->addWidget(m_editing, 0, 0, 1, 2);
    layout->addWidget(m_edit, 1, 0);
    layout->addWidget(m_send, 1, 1, Qt::AlignBottom);
    layout->addWidget(m_tooLong, 2, 0, 1, 2);

    connect(m_edit, &MessageEdit::enterPressed, this, &Composer::send);
    connect(m_edit, &MessageEdit::upPressed, this, [this] {
        if (!isEditing())
            Q_EMIT editLastRequested();
    });
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        onTextChanged();
        if (!m_isSetting && !isEditing())
            Q_EMIT draftEdited();
    });
    connect(m_send, &QAbstractButton::clicked, this, &Composer::send);
    connect(&themes, &ThemeController::themeChanged, this, qOverload<>(&QWidget::update));
    setFocusProxy(m_edit);
    setRoom({});
}

void Composer::setRoom(const RoomId &room)
{
    m_room = room;
    m_edit->setEnabled(!room.isNull());
    m_edit->setPlaceholderText(room.isNull() ? QString() : tr("Message %1").arg(roomText(room)));
    onTextChanged();
}

void Composer::setLimits(const protocol::Limits &limits)
{
    m_limits = limits;
    onTextChanged();
}

void Composer::setText(const QString &text)
{
    const QScopedValueRollback setting(m_isSetting, true);
    m_edit->setPlainText(text);
    m_edit->moveCursor(QTextCursor::End);
}

void Composer::setDraft(const QString &draft)
{
    if (isEditing())
        m_unfinished = draft;
    else
        setText(draft);
}

QWidget *Composer::makeEditingStrip()
{
    auto *strip = new QWidget(this);
    strip->setObjectName(u"editingStrip"_s);
    auto *words = new QLabel(tr("Editing a message"), strip);
    words->setFont(fontFor(TextStyle::Small, QFont::Medium));
    words->setProperty("tone", u"accent"_s);
    auto *cancel = new QPushButton(tr("Cancel"), strip);
    cancel->setProperty("kind", u"link"_s);
    cancel->setFont(fontFor(TextStyle::Small));
    cancel->setToolTip(
        tr("Leave the message as it was (%1)").arg(QKeySequence(Qt::Key_Escape).toString(QKeySequence::NativeText)));
    connect(cancel, &QAbstractButton::clicked, this, &Composer::stopEditing);
    auto *layout = new QHBoxLayout(strip);
    layout->setContentsMargins(sidePadding + border, 0, 0, 0);
    layout->addWidget(words, 1);
    layout->addWidget(cancel);
    strip->hide();
    return strip;
}

void Composer::startEditing(const QString &text)
{
    if (!isEditing())
        m_unfinished = m_edit->toPlainText();
    m_editing->show();
    setText(text);
    m_edit->setFocus();
}

void Composer::stopEditing()
{
    if (!isEditing())
        return;
    const QString draft = *std::exchange(m_unfinished, std::nullopt);
    m_editing->hide();
    setText(draft);
    m_edit->setFocus();
}

void Composer::send()
{
    const QString text = withoutSlips(m_edit->toPlainText());
    m_edit->setFocus();
    if (text.isEmpty() || m_room.isNull() || m_edit->isComposing() || utf8Size(text) > m_limits.textBytes)
        return;
    if (isEditing()) {
        stopEditing();
        Q_EMIT editFinished(text);
        return;
    }
    m_edit->clear();
    Q_EMIT sendRequested(text);
}

void Composer::onTextChanged()
{
    const QString text = withoutSlips(m_edit->toPlainText());
    const qint64 bytes = utf8Size(text);
    const bool isTooLong = bytes > m_limits.textBytes;
    m_send->setEnabled(!m_room.isNull() && !isTooLong);
    if (isTooLong) {
        const QLocale locale;
        m_tooLong->setText(tr("This message takes %1 bytes; the host accepts %2. Shorten it or send it in parts.")
                               .arg(locale.toString(bytes), locale.toString(m_limits.textBytes)));
    }
    m_tooLong->setVisible(isTooLong);
}

void Composer::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_themes.theme();
    QPainter painter(this);
    painter.fillRect(rect(), theme[Token::Surface]);
    painter.setPen(QPen(theme[Token::Hairline], 0));
    painter.drawLine(QPointF(0, 0.5), QPointF(width(), 0.5));
}

} // namespace lanline::ui
