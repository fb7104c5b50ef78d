#pragma once

#include <QByteArray>

#include <memory>
#include <vector>

namespace lanline::server {

/// The names of the functions of this process: of the program itself and of all libraries it has loaded by now, read
/// from their files when the first address in one is asked for. Unlike dladdr() it knows static functions as well. Not
/// thread-safe.
class SymbolTable
{
public:
    SymbolTable();
    ~SymbolTable();

    /// Of the function that has that instruction, demangled; where only the library is known, "[libName.so]"; empty for
    /// an address of nobody.
    QByteArray nameOf(quint64 address);

private:
    class Object;

    std::vector<std::unique_ptr<Object>> m_objects; ///< by address
};

} // namespace lanline::server
