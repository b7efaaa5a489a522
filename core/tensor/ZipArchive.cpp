#include "core/tensor/ZipArchive.h"

#include <optional>

namespace moodloom::tensor {

namespace {

// APPNOTE.TXT of PKWARE, sections 4.3.7 to 4.3.16.
constexpr uint32_t localSignature = 0x04034b50, centralSignature = 0x02014b50;
constexpr uint32_t endSignature = 0x06054b50;
constexpr uint32_t end64Signature = 0x06064b50, end64LocatorSignature = 0x07064b50;
constexpr uint64_t localBytes = 30, centralBytes = 46, endBytes = 22, locatorBytes = 20;
constexpr uint64_t end64Bytes = 56, maxComment = 65535, maxMembers = 1'000'000;

class Bytes
{
public:
    explicit Bytes(std::span<const std::byte> bytes) : m_bytes(bytes) {}
    uint64_t size() const { return m_bytes.size(); }
    bool has(uint64_t at, uint64_t count) const { return at <= size() && count <= size() - at; }
    // Little-endian. Requires: has(at, width).
    uint64_t number(uint64_t at, int width) const
    {
        uint64_t value = 0;
        for (int i = width - 1; i >= 0; --i)
            value = value << 8 | uint64_t(m_bytes[at + uint64_t(i)]);
        return value;
    }
    std::string text(uint64_t at, uint64_t count) const
    {
        return {reinterpret_cast<const char *>(m_bytes.data() + at), size_t(count)};
    }

private:
    std::span<const std::byte> m_bytes;
};

struct Directory
{
    uint64_t offset = 0, count = 0;
};

std::optional<Directory> findDirectory(const Bytes &bytes)
{
    if (bytes.size() < endBytes)
        return {};
    const uint64_t last = bytes.size() - endBytes;
    const uint64_t first = last > maxComment ? last - maxComment : 0;
    for (uint64_t at = last + 1; at-- > first;) {
        if (bytes.number(at, 4) != endSignature)
            continue;
        Directory directory{bytes.number(at + 16, 4), bytes.number(at + 10, 2)};
        if (at < locatorBytes || bytes.number(at - locatorBytes, 4) != end64LocatorSignature)
            return directory;
        const uint64_t at64 = bytes.number(at - locatorBytes + 8, 8);
        if (!bytes.has(at64, end64Bytes) || bytes.number(at64, 4) != end64Signature)
            return {};
        return Directory{bytes.number(at64 + 48, 8), bytes.number(at64 + 32, 8)};
    }
    return {};
}

struct CentralEntry
{
    std::string name;
    uint64_t compressed = 0, size = 0, local = 0, length = 0; // length of the entry itself
    uint64_t method = 0, flags = 0;
};

// ZIP64: what does not fit into 32 bits is in an extra field, in this order.
bool readZip64(const Bytes &bytes, uint64_t at, uint64_t end, CentralEntry &entry)
{
    constexpr uint64_t full = 0xffffffff;
    if (entry.size != full && entry.compressed != full && entry.local != full)
        return true;
    while (at + 4 <= end) {
        const uint64_t id = bytes.number(at, 2), length = bytes.number(at + 2, 2);
        at += 4;
        if (length > end - at)
            return false;
        if (id == 1) {
            const uint64_t stop = at + length;
            for (uint64_t *value : {&entry.size, &entry.compressed, &entry.local}) {
                if (*value != full)
                    continue;
                if (stop - at < 8)
                    return false;
                *value = bytes.number(at, 8);
                at += 8;
            }
            return true;
        }
        at += length;
    }
    return false;
}

std::optional<CentralEntry> readEntry(const Bytes &bytes, uint64_t at)
{
    if (!bytes.has(at, centralBytes) || bytes.number(at, 4) != centralSignature)
        return {};
    const uint64_t nameLength = bytes.number(at + 28, 2), extraLength = bytes.number(at + 30, 2);
    const uint64_t commentLength = bytes.number(at + 32, 2);
    if (!bytes.has(at + centralBytes, nameLength + extraLength + commentLength))
        return {};
    CentralEntry entry;
    entry.flags = bytes.number(at + 8, 2);
    entry.method = bytes.number(at + 10, 2);
    entry.compressed = bytes.number(at + 20, 4);
    entry.size = bytes.number(at + 24, 4);
    entry.local = bytes.number(at + 42, 4);
    entry.name = bytes.text(at + centralBytes, nameLength);
    entry.length = centralBytes + nameLength + extraLength + commentLength;
    const uint64_t extra = at + centralBytes + nameLength;
    if (!readZip64(bytes, extra, extra + extraLength, entry))
        return {};
    return entry;
}

} // namespace

Result<std::map<std::string, ZipMember>> readZipDirectory(std::span<const std::byte> content,
                                                          const std::string &path)
{
    const Bytes bytes(content);
    const auto corrupt = [&](const std::string &text) {
        return fail(ErrorCode::Corrupt, path, text + "; it was cut off or damaged, get it again");
    };
    const auto directory = findDirectory(bytes);
    if (!directory || directory->count > maxMembers)
        return corrupt("its directory of contents is not there");
    std::map<std::string, ZipMember> members;
    uint64_t at = directory->offset;
    for (uint64_t i = 0; i < directory->count; ++i) {
        const auto entry = readEntry(bytes, at);
        if (!entry)
            return corrupt("its directory of contents is broken");
        at += entry->length;
        ZipMember member;
        member.stored = entry->method == 0 && (entry->flags & 1) == 0;
        if (!bytes.has(entry->local, localBytes) || bytes.number(entry->local, 4) != localSignature)
            return corrupt("\"" + entry->name + "\" is not where its directory says");
        // The local header has its own name and padding; PyTorch aligns contents with it.
        member.offset = entry->local + localBytes + bytes.number(entry->local + 26, 2) +
                        bytes.number(entry->local + 28, 2);
        member.size = entry->size;
        if (member.stored &&
            (entry->compressed != entry->size || !bytes.has(member.offset, member.size)))
            return corrupt("\"" + entry->name + "\" reaches beyond its end");
        members[entry->name] = member;
    }
    return members;
}

} // namespace moodloom::tensor
