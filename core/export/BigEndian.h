// A growing block of big-endian values: the headers of a PSD file.
#pragma once

#include <QByteArray>
#include <QString>
#include <QtEndian>

#include <type_traits>

namespace moodloom::exporting {

class BigEndian
{
public:
    template <class Value> BigEndian &put(Value value)
    {
        static_assert(std::is_integral_v<Value>);
        const Value swapped = qToBigEndian(value);
        m_bytes.append(reinterpret_cast<const char *>(&swapped), sizeof swapped);
        return *this;
    }
    // The characters that name a block.
    BigEndian &put(const char *tag)
    {
        m_bytes.append(tag);
        return *this;
    }
    BigEndian &put(const QByteArray &bytes)
    {
        m_bytes.append(bytes);
        return *this;
    }
    // A count of UTF-16 units, then the units.
    BigEndian &putUnicode(const QString &text)
    {
        put(quint32(text.size()));
        for (const QChar unit : text)
            put(quint16(unit.unicode()));
        return *this;
    }
    BigEndian &padTo(int multiple)
    {
        while (m_bytes.size() % multiple != 0)
            m_bytes.append('\0');
        return *this;
    }
    const QByteArray &bytes() const { return m_bytes; }

private:
    QByteArray m_bytes;
};

} // namespace moodloom::exporting
