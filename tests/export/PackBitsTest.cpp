// PackBits codes say what the rows said, in no more room than promised. (Readers of others decode
// whole files in PsdTest.)
#include "core/export/PackBits.h"

#include <QTest>

#include <random>

using namespace moodloom::exporting;
using Bytes = std::vector<uint8_t>;

namespace {

// As the TIFF 6.0 specification, section 9, describes it. Nothing when the code is malformed.
Bytes unpack(const Bytes &code)
{
    Bytes row;
    for (size_t at = 0; at < code.size();) {
        const int header = int8_t(code[at++]);
        if (header == -128 || at >= code.size())
            return {};
        if (header < 0) {
            row.insert(row.end(), size_t(1 - header), code[at++]);
        } else {
            const size_t end = at + size_t(header) + 1;
            if (end > code.size())
                return {};
            row.insert(row.end(), code.begin() + ptrdiff_t(at), code.begin() + ptrdiff_t(end));
            at = end;
        }
    }
    return row;
}

Bytes pack(const Bytes &row)
{
    Bytes code{1, 2, 3}; // what was in it before must go
    packBits(row, code);
    return code;
}

} // namespace

class PackBitsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void packsTheKnownExample()
    {
        // The example of Apple's technical note 1023.
        const Bytes row{0xAA, 0xAA, 0xAA, 0x80, 0x00, 0x2A, 0xAA, 0xAA, 0xAA, 0xAA, 0x80, 0x00,
                        0x2A, 0x22, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA};
        const Bytes code{0xFE, 0xAA, 0x02, 0x80, 0x00, 0x2A, 0xFD, 0xAA,
                         0x03, 0x80, 0x00, 0x2A, 0x22, 0xF7, 0xAA};
        QCOMPARE(pack(row), code);
    }

    void packsRunsOfEveryLength()
    {
        for (size_t length = 0; length < 700; ++length) {
            const Bytes row(length, 7);
            QCOMPARE(unpack(pack(row)), row);
            QVERIFY(pack(row).size() <= 2 * ((length + 127) / 128));
        }
    }

    void keepsRandomRowsWithinTheBound()
    {
        std::mt19937 random(5);
        for (int round = 0; round < 3000; ++round) {
            const unsigned values = 1 + random() % 256; // few values: many runs; 256: noise
            Bytes row(random() % 600);
            for (uint8_t &value : row)
                value = uint8_t(random() % values);
            const Bytes code = pack(row);
            QCOMPARE(unpack(code), row);
            QVERIFY(code.size() <= row.size() + (row.size() + 127) / 128);
        }
    }
};

QTEST_GUILESS_MAIN(PackBitsTest)
#include "PackBitsTest.moc"
