#pragma once

#include "protocol/messages.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <vector>

namespace lanline::bench {

/// One way to put chat into bytes. Keeps what it needs from message to message, as a program would.
class Form
{
public:
    virtual ~Form() = default;
    virtual QString name() const = 0; ///< in the table
    virtual QString key() const = 0; ///< in JSON
    virtual QByteArray encode(const protocol::Events &events) = 0;
    /// Down to values, as encode() took them. Empty of what is none of its own.
    virtual protocol::Events decode(const QByteArray &bytes) = 0;
};

/// JSON first: what the others are held against.
std::vector<std::unique_ptr<Form>> codecForms();
std::unique_ptr<Form> makeAvroForm();

} // namespace lanline::bench
