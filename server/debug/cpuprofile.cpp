#include "server/debug/cpuprofile.h"

#include <cstring>

namespace lanline::server {

namespace {

using Word = quintptr;

/// Takes words from the front.
class Words
{
public:
    explicit Words(QByteArrayView bytes)
        : m_bytes(bytes)
    { }

    size_t count() const { return size_t(m_bytes.size()) / sizeof(Word); }
    Word take()
    {
        Word word = 0;
        std::memcpy(&word, m_bytes.data(), sizeof(word));
        m_bytes = m_bytes.sliced(sizeof(word));
        return word;
    }

private:
    QByteArrayView m_bytes;
};

} // namespace

std::optional<CpuProfile> CpuProfile::parse(QByteArrayView bytes)
{
    Words words(bytes);
    // Header: 0, the number of words behind this one, the version, the period, padding; at its end, and only there, one
    // sample of nobody.
    constexpr size_t headerWords = 5;
    if (words.count() < headerWords || words.take() != 0 || words.take() != headerWords - 2 || words.take() != 0)
        return std::nullopt;
    words.take();
    words.take();
    CpuProfile profile;
    while (words.count() >= 2) {
        const Word samples = words.take();
        const Word depth = words.take();
        if (depth == 0 || words.count() < depth)
            return std::nullopt;
        Stack stack{samples, {}};
        for (Word frame = 0; frame < depth; ++frame)
            stack.addresses.push_back(words.take());
        if (samples == 0)
            return profile;
        profile.stacks.push_back(std::move(stack));
    }
    return std::nullopt;
}

} // namespace lanline::server
