// Downloads from a server in the test's own process: a model of three files, and what is asked of it.
#pragma once

#include "core/download/Downloads.h"
#include "tests/support/FileServer.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace moodloom::download {

// Bytes that do not repeat within a file.
inline QByteArray noise(int size, char salt = 0)
{
    QByteArray bytes(size, '\0');
    quint32 state = 2463534242u + quint32(salt);
    for (char &byte : bytes) {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        byte = char(state);
    }
    return bytes;
}

class MemoryTokens : public TokenStore
{
public:
    QString token;
    int reads = 0;
    void read(std::function<void(const Result<QString> &)> done) override
    {
        ++reads;
        QMetaObject::invokeMethod(
            this, [this, done] { done(token); }, Qt::QueuedConnection);
    }
    void keep(const QString &, std::function<void(const Result<void> &)> done) override
    {
        done({});
    }
    bool isKept() const override { return !token.isEmpty(); }
};

inline const auto kId = QStringLiteral("org/model");

class FetchFixture
{
protected:
    using State = Downloads::State;

    void prepare()
    {
        QStandardPaths::setTestModeEnabled(true);
        qunsetenv("HF_TOKEN");
    }
    void open()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<testing::FileServer>();
        m_tokens = std::make_unique<MemoryTokens>();
        m_free = -1;
        m_retries = 0;
        m_weights = noise(300'000);
        m_server->addModel(
            kId, {{QStringLiteral("model_index.json"), "{}"},
                  {QStringLiteral("unet/config.json"), "{\"a\": 1}"},
                  {QStringLiteral("unet/diffusion_pytorch_model.safetensors"), m_weights}});
        start();
    }
    void close()
    {
        m_downloads.reset();
        // Whatever happened, the token is in no file.
        QDirIterator all(m_dir->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (all.hasNext()) {
            QFile file(all.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains("hf_secret"), qPrintable(file.fileName()));
        }
    }

    void start()
    {
        m_downloads.reset();
        Downloads::Options options;
        options.fetcher.endpoint = m_server->url();
        options.fetcher.retries = m_retries;
        options.fetcher.retryPause = std::chrono::milliseconds(1);
        options.fetcher.timeout = m_timeout;
        if (m_free >= 0)
            options.fetcher.freeBytes = [free = m_free](const QString &) { return free; };
        options.folder = m_dir->path();
        options.memory = at("download.json");
        m_downloads = std::make_unique<Downloads>(options, m_tokens.get());
    }
    void lookUp(const QString &text = kId, const QString &sha256 = {})
    {
        m_downloads->lookUp(text, sha256);
        QTRY_COMPARE(m_downloads->state(), State::Planned);
    }
    void fetch()
    {
        m_downloads->start();
        QTRY_COMPARE_WITH_TIMEOUT(m_downloads->state(), State::Finished, 60'000);
    }
    // The address of a file that is not on the hub: the same machine under another name.
    QString plain(const QString &path) const
    {
        return m_server->url(path, QStringLiteral("localhost")).toString();
    }
    // What fetching the model ends with.
    std::string failure()
    {
        m_downloads->lookUp(kId, {});
        if (!QTest::qWaitFor([this] { return m_downloads->state() == State::Planned; }))
            return {};
        m_downloads->start();
        if (!QTest::qWaitFor([this] { return m_downloads->state() != State::Fetching; }) ||
            !m_downloads->error())
            return {};
        return errorText(*m_downloads->error());
    }
    testing::Served &weights()
    {
        return m_server->file(kId, QStringLiteral("unet/diffusion_pytorch_model.safetensors"));
    }
    QString part() const
    {
        return at(".moodloom-download/org--model/unet/diffusion_pytorch_model.safetensors.part");
    }
    QString at(const char *name) const { return m_dir->filePath(QString::fromLatin1(name)); }
    QByteArray read(const char *name) const
    {
        QFile file(at(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("not there");
    }
    void write(const char *name, const QByteArray &bytes) const
    {
        QDir().mkpath(QFileInfo(at(name)).path());
        QFile file(at(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<testing::FileServer> m_server;
    std::unique_ptr<MemoryTokens> m_tokens;
    std::unique_ptr<Downloads> m_downloads;
    QByteArray m_weights;
    qint64 m_free = -1;
    int m_retries = 0;
    std::chrono::milliseconds m_timeout{30'000};
};

} // namespace moodloom::download
