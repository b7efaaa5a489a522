// Safetensors files: what is written reads back; a damaged file is refused with a reason, whatever
// the damage.
#include "core/tensor/SafeTensors.h"
#include "core/base/SafeFile.h"

#include <ATen/ATen.h>

#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace moodloom;
using namespace moodloom::tensor;

class SafeTensorsTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    std::string path(const char *name) const
    {
        return m_dir.filePath(QString::fromLatin1(name)).toStdString();
    }

    // Without the care (and the wait for the disk) of writeFileSafely.
    static bool write(const std::string &path, const std::string &content)
    {
        QFile file(QString::fromStdString(path));
        return file.open(QFile::WriteOnly) &&
               file.write(content.data(), qint64(content.size())) == qint64(content.size());
    }

    // A file of this header and `dataBytes` zeros.
    std::string file(const char *name, const std::string &header, size_t dataBytes) const
    {
        std::string content;
        for (size_t i = 0; i < 8; ++i)
            content += char(header.size() >> (8 * i) & 0xff);
        return write(path(name), content + header + std::string(dataBytes, '\0')) ? path(name)
                                                                                  : "not written";
    }

    static std::map<std::string, at::Tensor> someTensors()
    {
        return {{"a.weight", at::arange(6, at::kFloat).view({2, 3})},
                {"a.bias", at::ones({3}, at::kHalf)},
                {"b", at::arange(5, at::kLong)},
                {"c", at::full({2, 1}, 1.5, at::kBFloat16)},
                {"d", at::full({3}, true, at::kBool)},
                {"empty", at::empty({0, 4}, at::kFloat)},
                {"scalar", at::full({}, 2.0, at::kDouble)}};
    }

    // Touches every byte that the file says it has.
    static void readAll(const SafeTensors &file)
    {
        for (const auto &[name, info] : file.tensors())
            if (const auto tensor = file.tensor(name); tensor && tensor->numel() > 0)
                tensor->to(at::kDouble).sum();
    }

private Q_SLOTS:
    void readsBackWhatItWrites()
    {
        const auto tensors = someTensors();
        QVERIFY(saveSafeTensors(path("t"), tensors, {{"format", "pt"}}));
        const auto file = SafeTensors::open(path("t"));
        QVERIFY(file);
        QCOMPARE(file->tensors().size(), tensors.size());
        QCOMPARE(file->metadata().at("format"), std::string("pt"));
        for (const auto &[name, tensor] : tensors) {
            const auto read = file->tensor(name);
            QVERIFY(read);
            QVERIFY(read->scalar_type() == tensor.scalar_type());
            QVERIFY(at::equal(*read, tensor));
            const auto &info = file->tensors().at(name);
            if (info.bytes > 0)
                QCOMPARE(info.offset % tensor.element_size(), size_t(0));
        }
    }

    void writesTheSameBytesForTheSameContent()
    {
        QVERIFY(saveSafeTensors(path("one"), someTensors(), {{"x", "1"}, {"y", "2"}}));
        QVERIFY(saveSafeTensors(path("two"), someTensors(), {{"y", "2"}, {"x", "1"}}));
        QCOMPARE(*readFile(path("one")), *readFile(path("two")));
    }

    void writingIntoATensorLeavesTheFileAlone()
    {
        QVERIFY(saveSafeTensors(path("t"), someTensors()));
        const std::string before = *readFile(path("t"));
        auto tensor = *SafeTensors::open(path("t"))->tensor("a.weight");
        tensor.fill_(7);
        QCOMPARE(*readFile(path("t")), before);
    }

    void tensorsOutliveTheFileObject()
    {
        QVERIFY(saveSafeTensors(path("t"), someTensors()));
        at::Tensor tensor = *SafeTensors::open(path("t"))->tensor("a.weight");
        QVERIFY(QFile::remove(QString::fromStdString(path("t"))));
        QCOMPARE(tensor.sum().item<double>(), 15.0);
    }

    void readsFormatsThatTorchLacks()
    {
        std::string header = R"({"u":{"dtype":"U16","shape":[2],"data_offsets":[0,4]},)"
                             R"("f":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[4,8]}})";
        std::string content;
        for (size_t i = 0; i < 8; ++i)
            content += char(header.size() >> (8 * i) & 0xff);
        content += header + std::string("\x01\x00\xff\xff", 4) + std::string("\x38\xb8\x7e\x01", 4);
        QVERIFY(write(path("odd"), content));
        const auto file = SafeTensors::open(path("odd"));
        QVERIFY(file);
        QVERIFY(at::equal(*file->tensor("u"), at::tensor({1, 65535}, at::kInt)));
        QVERIFY(at::equal(*file->tensor("f"), at::tensor({1.0f, -1.0f, 448.0f, 0.001953125f})));
    }

    void refusesTheFileCutOffAnywhere()
    {
        QVERIFY(saveSafeTensors(path("t"), someTensors()));
        const std::string whole = *readFile(path("t"));
        for (size_t length = 0; length < whole.size(); ++length) {
            QVERIFY(write(path("cut"), whole.substr(0, length)));
            const auto file = SafeTensors::open(path("cut"));
            QVERIFY2(!file, qPrintable(QString::number(length)));
            QCOMPARE(file.error().code, ErrorCode::Corrupt);
            QCOMPARE(file.error().subject, path("cut"));
        }
    }

    void survivesAnyChangeOfItsHeader()
    {
        QVERIFY(saveSafeTensors(path("t"), someTensors()));
        const std::string whole = *readFile(path("t"));
        const size_t header = whole.find("}}") + 2;
        std::mt19937 random(20261122);
        int refused = 0;
        for (int round = 0; round < 1000; ++round) {
            std::string changed = whole;
            for (unsigned i = 0, n = 1 + random() % 3; i < n; ++i)
                changed[random() % header] = char(random());
            QVERIFY(write(path("changed"), changed));
            if (const auto file = SafeTensors::open(path("changed")))
                readAll(*file);
            else
                ++refused;
        }
        QVERIFY(refused > 500);
    }

    void namesTheTensorThatDoesNotFit_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char *name, const char *header, const char *says) {
            QTest::newRow(name) << QByteArray(header) << QByteArray(says);
        };
        row("too many bytes", R"({"w":{"dtype":"F32","shape":[2],"data_offsets":[0,12]}})",
            "expected 8 bytes");
        row("too few bytes", R"({"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})",
            "expected 12 bytes");
        row("backwards", R"({"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}})",
            "expected 8 bytes");
        row("outside", R"({"w":{"dtype":"F32","shape":[8],"data_offsets":[0,32]}})", "ends at 16");
        row("huge shape",
            R"({"w":{"dtype":"F32","shape":[4294967296,4294967296,4],"data_offsets":[0,0]}})",
            "larger than any memory");
        row("negative size", R"({"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})",
            "no size");
        row("negative offset", R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}})",
            "data_offsets");
        row("no shape", R"({"w":{"dtype":"F32","data_offsets":[0,4]}})", "no shape");
        row("no entry", R"({"w":3})", "no dtype");
        row("overlap",
            R"({"v":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})",
            "overlap");
    }

    void namesTheTensorThatDoesNotFit()
    {
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, says);
        const auto result = SafeTensors::open(file("bad", header.toStdString(), 16));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Corrupt);
        QCOMPARE(result.error().subject, path("bad"));
        QVERIFY2(result.error().detail.find("\"w\"") != std::string::npos,
                 result.error().detail.c_str());
        QVERIFY2(result.error().detail.find(says.toStdString()) != std::string::npos,
                 result.error().detail.c_str());
    }

    void refusesUnknownFormatsAndHeaders()
    {
        const auto dtype = SafeTensors::open(
            file("dtype", R"({"w":{"dtype":"Q4","shape":[2],"data_offsets":[0,8]}})", 8));
        QVERIFY(!dtype);
        QCOMPARE(dtype.error().code, ErrorCode::Unsupported);
        for (const char *header : {"", "[]", "{", "null", "{\"__metadata__\":3}"}) {
            const auto result = SafeTensors::open(file("header", header, 8));
            QVERIFY2(!result, header);
            QCOMPARE(result.error().code, ErrorCode::Corrupt);
        }
        QVERIFY(write(path("length"), std::string(8, '\xff') + "{}"));
        QCOMPARE(SafeTensors::open(path("length")).error().code, ErrorCode::Corrupt);
        QCOMPARE(SafeTensors::open(path("nowhere")).error().code, ErrorCode::NotFound);
        QCOMPARE(SafeTensors::open(m_dir.path().toStdString()).error().code, ErrorCode::Unreadable);
    }
};

QTEST_GUILESS_MAIN(SafeTensorsTest)
#include "SafeTensorsTest.moc"
