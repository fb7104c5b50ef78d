#include "server/debug/symboltable.h"

#include <QFile>

#include <algorithm>
#include <cxxabi.h>
#include <elf.h>
#include <link.h>
#include <optional>
#include <span>

using namespace Qt::Literals::StringLiterals;

namespace lanline::server {

namespace {

using Header = ElfW(Ehdr);
using Section = ElfW(Shdr);
using Entry = ElfW(Sym);

struct Symbol
{
    quint64 address = 0; ///< as in the file
    quint64 size = 0; ///< 0: not told
    const char *name = nullptr; ///< within the file
};

QByteArray demangled(const char *name)
{
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> text(
        abi::__cxa_demangle(name, nullptr, nullptr, &status), &std::free);
    return status == 0 ? QByteArray(text.get()) : QByteArray(name);
}

/// A file of which nothing is believed before it has been compared with its size.
class ElfFile
{
public:
    explicit ElfFile(const QString &path)
        : m_file(path)
    {
        if (!m_file.open(QIODevice::ReadOnly))
            return;
        if (const uchar *begin = m_file.map(0, m_file.size()))
            m_bytes = {reinterpret_cast<const char *>(begin), size_t(m_file.size())};
    }

    std::vector<Symbol> functions() const
    {
        const auto sections = readSections();
        // The full table where the file has one, else what it shows to others.
        for (const auto type : {SHT_SYMTAB, SHT_DYNSYM}) {
            for (const Section &section : sections) {
                if (section.sh_type == ElfW(Word)(type) && section.sh_link < sections.size())
                    return readFunctions(section, sections[section.sh_link]);
            }
        }
        return {};
    }

private:
    template <class T>
    std::span<const T> items(quint64 offset, quint64 bytes) const
    {
        if (offset > m_bytes.size() || bytes > m_bytes.size() - offset || offset % alignof(T) != 0)
            return {};
        return {reinterpret_cast<const T *>(m_bytes.data() + offset), size_t(bytes / sizeof(T))};
    }

    std::span<const Section> readSections() const
    {
        const auto headers = items<Header>(0, sizeof(Header));
        if (headers.empty() || !std::equal(ELFMAG, ELFMAG + SELFMAG, headers[0].e_ident)
            || headers[0].e_shentsize != sizeof(Section))
            return {};
        return items<Section>(headers[0].e_shoff, quint64(headers[0].e_shnum) * sizeof(Section));
    }

    std::vector<Symbol> readFunctions(const Section &table, const Section &names) const
    {
        std::vector<Symbol> symbols;
        const auto text = items<char>(names.sh_offset, names.sh_size);
        if (text.empty() || text.back() != '\0')
            return symbols;
        for (const Entry &entry : items<Entry>(table.sh_offset, table.sh_size)) {
            const unsigned type = ELF64_ST_TYPE(entry.st_info); // of 32 bits it is the same
            const bool isFunction = type == STT_FUNC || type == STT_GNU_IFUNC;
            if (isFunction && entry.st_shndx != SHN_UNDEF && entry.st_name < text.size())
                symbols.push_back({entry.st_value, entry.st_size, text.data() + entry.st_name});
        }
        std::ranges::sort(symbols, {}, &Symbol::address);
        return symbols;
    }

    QFile m_file;
    std::span<const char> m_bytes;
};

} // namespace

class SymbolTable::Object
{
public:
    Object(QString path, quint64 base, quint64 begin, quint64 end)
        : m_path(std::move(path))
        , m_base(base)
        , m_begin(begin)
        , m_end(end)
    { }

    quint64 begin() const { return m_begin; }
    bool contains(quint64 address) const { return address >= m_begin && address < m_end; }

    QByteArray nameOf(quint64 address)
    {
        if (!m_file) {
            m_file.emplace(m_path);
            m_functions = m_file->functions();
        }
        const quint64 wanted = address - m_base;
        const auto behind = std::ranges::upper_bound(m_functions, wanted, {}, &Symbol::address);
        if (behind != m_functions.begin()) {
            const Symbol &symbol = *std::prev(behind);
            // Where a size is missing, what follows the first byte may as well be another's.
            if (wanted < symbol.address + std::max<quint64>(symbol.size, 1))
                return demangled(symbol.name);
        }
        return '[' + m_path.section(u'/', -1).toUtf8() + ']';
    }

private:
    QString m_path;
    quint64 m_base;
    quint64 m_begin;
    quint64 m_end;
    std::optional<ElfFile> m_file;
    std::vector<Symbol> m_functions;
};

SymbolTable::SymbolTable()
{
    const auto add = [](dl_phdr_info *info, size_t, void *table) {
        quint64 end = 0;
        quint64 begin = ~quint64(0);
        for (const ElfW(Phdr) & segment : std::span(info->dlpi_phdr, info->dlpi_phnum)) {
            if (segment.p_type == PT_LOAD) {
                begin = std::min<quint64>(begin, info->dlpi_addr + segment.p_vaddr);
                end = std::max<quint64>(end, info->dlpi_addr + segment.p_vaddr + segment.p_memsz);
            }
        }
        const QString name = QString::fromLocal8Bit(info->dlpi_name);
        if (begin < end) {
            static_cast<SymbolTable *>(table)->m_objects.push_back(std::make_unique<Object>(
                name.isEmpty() ? QFile::symLinkTarget(u"/proc/self/exe"_s) : name, info->dlpi_addr, begin, end));
        }
        return 0;
    };
    dl_iterate_phdr(add, this);
    std::ranges::sort(m_objects, {}, [](const auto &object) { return object->begin(); });
}

SymbolTable::~SymbolTable() = default;

QByteArray SymbolTable::nameOf(quint64 address)
{
    const auto behind =
        std::ranges::upper_bound(m_objects, address, {}, [](const auto &object) { return object->begin(); });
    if (behind == m_objects.begin() || !(*std::prev(behind))->contains(address))
        return {};
    return (*std::prev(behind))->nameOf(address);
}

} // namespace lanline::server
