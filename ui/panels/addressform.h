#pragma once

#include <QUrl>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace lanline::ui {

/// A field for a host's address, a button to join, and a line under them that says what is wrong with it. The line has
/// its place from the start, so nothing moves. Who joins as a second device of theirs unfolds a field for its code.
class AddressForm final : public QWidget
{
    Q_OBJECT

public:
    explicit AddressForm(QWidget *parent = nullptr);

    QLineEdit &field() { return *m_field; }
    /// As if the person had typed it and pressed Join.
    void submit(const QString &address);

Q_SIGNALS:
    /// Checked: ws://host:port/. `code`: of one's other device; empty: none.
    void joinRequested(const QUrl &url, const QString &code);

private:
    void onJoin();
    void showFault(const QString &sentence);

    QLineEdit *m_field;
    QPushButton *m_join;
    QLabel *m_fault;
    QPushButton *m_withCode;
    QLineEdit *m_code; ///< hidden until asked for
};

} // namespace lanline::ui
