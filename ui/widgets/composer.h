#pragma once

#include "client/values.h"
#include "ui/theme/themecontroller.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QWidget>

#include <optional>

namespace lanline::ui {

class IconButton;

/// The field itself: Enter sends, Shift+Enter starts a line, and an input method that is composing keeps its Enter.
class MessageEdit final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit MessageEdit(QWidget *parent = nullptr);
    bool isComposing() const { return m_isComposing; }

Q_SIGNALS:
    void enterPressed();
    /// In an empty field, where the key has nothing else to do.
    void upPressed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitHeight();

    bool m_isComposing = false;
};

/// Where messages are written: grows with the text up to eight lines, says when a text is too long, and never loses it.
class Composer final : public QWidget
{
    Q_OBJECT

public:
    explicit Composer(const ThemeController &themes, QWidget *parent = nullptr);

    /// Null: there is no room to write to.
    void setRoom(const RoomId &room);
    void setLimits(const protocol::Limits &limits);
    QString text() const { return m_edit->toPlainText(); }
    void setText(const QString &text);
    /// An input method has the field: what it shows is not its text yet.
    bool isComposing() const { return m_edit->isComposing(); }

    /// The next text that is sent takes the place of this one. What was being written comes back afterwards.
    void startEditing(const QString &text);
    bool isEditing() const { return m_unfinished.has_value(); }
    void stopEditing();
    /// What is being written as a new message.
    QString draft() const { return m_unfinished.value_or(text()); }
    void setDraft(const QString &draft);

Q_SIGNALS:
    /// The person has changed draft().
    void draftEdited();
    /// The text as it is to be sent. The field is empty already.
    void sendRequested(const QString &text);
    /// Likewise, of a message that was to be edited.
    void editFinished(const QString &text);
    /// The person wants to edit the last message.
    void editLastRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeEditingStrip();
    void send();
    void onTextChanged();

    const ThemeController &m_themes;
    MessageEdit *m_edit;
    IconButton *m_send;
    QLabel *m_tooLong;
    QWidget *m_editing; ///< says so, above the field
    bool m_isSetting = false; ///< the text changes, and not by the person's hand
    std::optional<QString> m_unfinished; ///< the draft that an edit has put aside
    RoomId m_room;
    protocol::Limits m_limits;
};

} // namespace lanline::ui
