#pragma once

#include <QDialog>
#include <QUrl>

class QLabel;
class QLineEdit;

namespace lanline::ui {

class AddressForm;

/// Asks for the address of another host, and the name to appear as there. accept()ed only with both usable.
class JoinDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit JoinDialog(QWidget *parent = nullptr);

    /// ws://host:port/; valid once the dialog was accepted.
    QUrl url() const { return m_url; }
    /// Of one's other device; empty: none.
    QString code() const { return m_code; }
    QString name() const;
    void setName(const QString &name);
    void setAddress(const QString &address);

private:
    void onJoinRequested(const QUrl &url, const QString &code);

    QLineEdit *m_name;
    QLabel *m_nameFault;
    AddressForm *m_address;
    QUrl m_url;
    QString m_code;
};

} // namespace lanline::ui
