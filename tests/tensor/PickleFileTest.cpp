// PyTorch's archives: tensors as written by Python's pickle and by libtorch, and everything else
// refused. data/make_archives.py wrote the files.
#include "core/tensor/PickleFile.h"
#include "core/base/SafeFile.h"

#include <ATen/ATen.h>
#include <torch/csrc/jit/serialization/pickle.h>

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <random>

using namespace moodloom;
using namespace moodloom::tensor;

class PickleFileTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    static std::string data(const char *name)
    {
        return std::string(MOODLOOM_SOURCE_DIR "/tests/tensor/data/") + name;
    }

    std::string written(const std::string &content) const
    {
        const std::string path = m_dir.filePath("file").toStdString();
        std::ofstream(path, std::ios::binary) << content;
        return path;
    }

    static Tensor numbers() { return at::arange(12, at::kFloat) / 4; }

private Q_SLOTS:
    void readsWhatPythonWrote_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("protocol 2") << "checkpoint.ckpt";
        QTest::newRow("protocol 4") << "protocol4.pt";
    }
    void readsWhatPythonWrote()
    {
        QFETCH(QString, name);
        const auto file = openTensorFile(data(name.toUtf8()));
        QVERIFY2(file, file ? "" : errorText(file.error()).c_str());
        QCOMPARE(file->tensors().size(), size_t(7));
        const auto is = [&](const char *tensor, const Tensor &expected) {
            const auto found = file->tensor(tensor);
            return found && found->scalar_type() == expected.scalar_type() &&
                   at::equal(*found, expected);
        };
        QVERIFY(is("whole.weight", numbers().view({3, 4})));
        QVERIFY(is("part.weight", numbers().narrow(0, 5, 6).view({2, 3})));
        QVERIFY(is("turned.weight", numbers().view({3, 4}).t()));
        QVERIFY(is("parameter", at::tensor({0.5f, 0.75f})));
        QVERIFY(is("scalar", at::tensor(1.75f).squeeze()));
        QVERIFY(is("steps", at::tensor({int64_t(-1), int64_t(1) << 40})));
        QVERIFY(is("nested.inner.7", at::tensor({0.25f})));
        QCOMPARE(file->metadata().at("global_step"), std::string("875000"));
        QCOMPARE(file->metadata().at("epoch"), std::to_string(int64_t(1) << 40));
        QCOMPARE(file->metadata().at("note"), std::string("海"));
    }

    void readsWhatLibtorchWrote()
    {
        c10::Dict<std::string, Tensor> tensors;
        at::manual_seed(2);
        const Tensor half = at::randn({3, 5}).to(at::kHalf),
                     brain = at::randn({7}).to(at::kBFloat16);
        const Tensor large = at::randn({40, 30, 3, 3}), empty = at::empty({0, 4});
        tensors.insert("half", half);
        tensors.insert("brain", brain);
        tensors.insert("large", large);
        tensors.insert("empty", empty);
        const std::vector<char> bytes = torch::jit::pickle_save(tensors);
        const auto file = openTensorFile(written({bytes.begin(), bytes.end()}));
        QVERIFY2(file, file ? "" : errorText(file.error()).c_str());
        QVERIFY(at::equal(*file->tensor("half"), half));
        QVERIFY(at::equal(*file->tensor("brain"), brain));
        QVERIFY(at::equal(*file->tensor("large"), large));
        QVERIFY(file->tensor("empty")->sizes() == at::IntArrayRef({0, 4}));
    }

    void refusesCodeByItsName()
    {
        const auto file = openTensorFile(data("code.ckpt"));
        QVERIFY(!file);
        QCOMPARE(file.error().code, ErrorCode::Unsupported);
        QVERIFY2(file.error().detail.find("posix.system") != std::string::npos,
                 errorText(file.error()).c_str());
        QVERIFY(file.error().detail.find("safetensors") != std::string::npos);
    }

    void refusesWhatIsOldCompressedOrBroken()
    {
        const auto errorOf = [](const std::string &path) {
            const auto file = openTensorFile(path);
            return file ? Error{} : file.error();
        };
        QCOMPARE(errorOf(data("compressed.ckpt")).code, ErrorCode::Unsupported);
        QCOMPARE(errorOf(data("beyond.ckpt")).code, ErrorCode::Corrupt);
        const Error bare = errorOf(written("\x80\x02\x8a\nl\xfc\x9c\x46\xf9 j\xa8P\x19."));
        QCOMPARE(bare.code, ErrorCode::Unsupported);
        QVERIFY(bare.detail.find("pickle of PyTorch before 1.6") != std::string::npos);
        std::string tar(512, '\0');
        tar.replace(257, 5, "ustar");
        QCOMPARE(errorOf(written(tar)).code, ErrorCode::Unsupported);
        QCOMPARE(errorOf(written("PK\x03\x04 but nothing else")).code, ErrorCode::Corrupt);
        QCOMPARE(errorOf(data("nowhere")).code, ErrorCode::NotFound);
    }

    void survivesAnyDamage()
    {
        const std::string whole = *readFile(data("checkpoint.ckpt"));
        std::mt19937 random(17);
        const auto below = [&](size_t n) { return size_t(random() % n); };
        int read = 0, refused = 0;
        for (int round = 0; round < 2000; ++round) {
            std::string bytes = whole;
            for (size_t i = 0, n = 1 + below(6); i < n; ++i)
                bytes[below(bytes.size())] = char(random());
            if (round % 5 == 0)
                bytes.resize(below(bytes.size()));
            if (round % 7 == 0)
                bytes.insert(below(bytes.size() + 1),
                             bytes.substr(below(bytes.size() + 1), below(64)));
            const auto file = openTensorFile(written(bytes));
            ++(file ? read : refused);
            if (!file)
                continue;
            // Whatever it claims to hold can be read to its last number.
            for (const auto &[name, info] : file->tensors())
                if (info.elements() < 1'000'000)
                    file->tensor(name)->to(at::kDouble).sum();
        }
        QVERIFY2(read > 50 && refused > 500,
                 qPrintable(QString("%1 read, %2 refused").arg(read).arg(refused)));
    }
};

QTEST_GUILESS_MAIN(PickleFileTest)
#include "PickleFileTest.moc"
