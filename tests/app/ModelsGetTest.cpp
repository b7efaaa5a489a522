// `moodloom models get` against a server in this process: the real program in a fresh home.
#include "tests/support/FileServer.h"
#include "tests/support/WeightFiles.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace moodloom;

class ModelsGetTest : public QObject
{
    Q_OBJECT

    struct Ran
    {
        int code = -1;
        QByteArray out, err;
        QJsonObject event(const char *name) const
        {
            for (const QByteArray &line : out.split('\n')) {
                const QJsonObject event = QJsonDocument::fromJson(line).object();
                if (event[QLatin1String("event")] == QLatin1String(name))
                    return event;
            }
            return {};
        }
    };

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<testing::FileServer>();
        m_weights = testing::loraFile(768);
        m_server->addModel(QStringLiteral("org/lora"),
                           {{QStringLiteral("a.safetensors"), m_weights}});
    }

    void thePlanIsToldAndFetchedOnlyWithYes()
    {
        const Ran plan = run({QStringLiteral("org/lora"), QStringLiteral("--json")});
        QVERIFY2(plan.code == 0, plan.err + plan.out);
        QCOMPARE(plan.event("plan")[QLatin1String("bytes")].toInt(), m_weights.size());
        QVERIFY(plan.event("fetched").isEmpty());
        QCOMPARE(m_server->asked.size(), 1);

        const Ran fetched =
            run({QStringLiteral("org/lora"), QStringLiteral("--yes"), QStringLiteral("--json")});
        QVERIFY2(fetched.code == 0, fetched.err + fetched.out);
        const QString path = fetched.event("fetched")[QLatin1String("path")].toString();
        QCOMPARE(path, m_dir->filePath(QStringLiteral("home/data/models/org/lora/a.safetensors")));
        QCOMPARE(read(path), m_weights);
    }

    void peopleGetTextAndAFolderOfTheirOwn()
    {
        const Ran ran = run({QStringLiteral("org/lora"), QStringLiteral("--yes"),
                             QStringLiteral("--to"), m_dir->filePath(QStringLiteral("mine"))});
        QVERIFY2(ran.code == 0, ran.err);
        QVERIFY(ran.out.contains("a.safetensors"));
        QVERIFY(ran.out.contains("in all, into"));
        QVERIFY(QFile::exists(m_dir->filePath(QStringLiteral("mine/org/lora/a.safetensors"))));
    }

    void mistakesAndRefusalsHaveTheirCodes()
    {
        QCOMPARE(run({QStringLiteral("no id")}).code, 2);
        QCOMPARE(run({}).code, 2);
        const Ran none = run({QStringLiteral("org/none"), QStringLiteral("--json")});
        QCOMPARE(none.code, 1);
        QVERIFY(none.event("error")[QLatin1String("detail")].toString().contains(
            QStringLiteral("check the name")));
        m_server->files[QStringLiteral("/b.safetensors")] = {.bytes = m_weights};
        const Ran wrong = run(
            {m_server->url(QStringLiteral("/b.safetensors"), QStringLiteral("localhost"))
                 .toString(),
             QStringLiteral("--sha256"), QString(64, QLatin1Char('0')), QStringLiteral("--yes")});
        QCOMPARE(wrong.code, 1);
        QVERIFY2(wrong.err.contains("SHA-256"), wrong.err);
    }

    void theTokenOfTheEnvironmentIsSentAndNeverSaid()
    {
        m_server->listing(QStringLiteral("org/lora")).token = "hf_secret";
        QCOMPARE(run({QStringLiteral("org/lora")}).code, 1);
        const Ran ran =
            run({QStringLiteral("org/lora"), QStringLiteral("--yes")}, QStringLiteral("hf_secret"));
        QVERIFY2(ran.code == 0, ran.err);
        QVERIFY(!ran.out.contains("hf_secret") && !ran.err.contains("hf_secret"));
    }

    void interruptedItGoesOnTheNextTime()
    {
        testing::Served &file =
            m_server->file(QStringLiteral("org/lora"), QStringLiteral("a.safetensors"));
        file.holdAfter = m_weights.size() / 2;
        QProcess process;
        begin(process, {QStringLiteral("org/lora"), QStringLiteral("--yes")}, {});
        const QString part = m_dir->filePath(
            QStringLiteral("home/data/models/.moodloom-download/org--lora/a.safetensors.part"));
        QTRY_COMPARE_WITH_TIMEOUT(QFileInfo(part).size(), m_weights.size() / 2, 60'000);
        QCOMPARE(::kill(pid_t(process.processId()), SIGINT), 0);
        QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 60'000);
        QCOMPARE(process.exitCode(), 130);
        file.holdAfter = -1;
        QCOMPARE(run({QStringLiteral("org/lora"), QStringLiteral("--yes")}).code, 0);
        QVERIFY(m_server->asked.last().headers.contains("range"));
    }

private:
    void begin(QProcess &process, const QStringList &arguments, const QString &token)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("MOODLOOM_HOME"),
                           m_dir->filePath(QStringLiteral("home")));
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"),
                           m_dir->filePath(QStringLiteral("config")));
        environment.insert(QStringLiteral("HF_ENDPOINT"), m_server->url().toString());
        environment.insert(QStringLiteral("HF_TOKEN"), token);
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(MOODLOOM_PROGRAM),
                      QStringList{QStringLiteral("models"), QStringLiteral("get")} + arguments);
    }
    // The event loop goes on: the server lives in it.
    Ran run(const QStringList &arguments, const QString &token = {})
    {
        QProcess process;
        QSignalSpy finished(&process, &QProcess::finished);
        begin(process, arguments, token);
        if (!finished.wait(120'000))
            return {};
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                process.readAllStandardOutput(), process.readAllStandardError()};
    }
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<testing::FileServer> m_server;
    QByteArray m_weights;
};

QTEST_GUILESS_MAIN(ModelsGetTest)
#include "ModelsGetTest.moc"
