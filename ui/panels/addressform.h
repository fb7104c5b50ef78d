#pragma once

#include <QUrl>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace lanline::ui {

/// A field for a host's address, a button to join, and a line under them that says what is wrong with it. The line has
/// its place from the start, so nothing moves.
class AddressForm final : public QWidget
{
    Q_OBJECT

public:
    explicit AddressForm(QWidget *parent = nullptr);

    QLineEdit &field() { return *m_field; }
    /// As if the person had typed it and pressed Join.
    void submit(const QString &address);

Q_SIGNALS:
    /// Checked: ws://host:port/.
    void joinRequested(const QUrl &url);

private:
    void onJoin();
    void showFault(const QString &sentence);

    QLineEdit *m_field;
    QPushButton *m_join;
    QLabel *m_fault;
};

} // namespace lanline::ui
