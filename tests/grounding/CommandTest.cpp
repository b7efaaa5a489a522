// The whole benchmark as a user runs it, on a tiny count, with a real model.
#include "tests/support/TestModel.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace moodloom;

class CommandTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;

    QString out(const char *name) const { return m_dir.filePath(QLatin1String(name)); }

    std::unique_ptr<QProcess> started(const QString &folder, const QStringList &more)
    {
        auto process = std::make_unique<QProcess>();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("MOODLOOM_HOME"), out("home"));
        process->setProcessEnvironment(environment);
        process->start(QStringLiteral(MOODLOOM_PROGRAM),
                       QStringList{"benchmark", "grounding", "--model", testing::modelFolder(),
                                   "--out", folder, "--judge", "720", "--library", "60"} +
                           more);
        return process;
    }

    static QJsonObject report(const QString &folder)
    {
        QFile file(folder + QStringLiteral("/report.json"));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        return QJsonDocument::fromJson(file.readAll()).object();
    }

private Q_SLOTS:
    void measuresAModel()
    {
        MOODLOOM_REQUIRE_MODEL();
        const auto process =
            started(out("whole"), {"--count", "1", "--takes", "1", "--steps", "2"});
        QVERIFY2(process->waitForFinished(280'000), process->readAllStandardError());
        const QByteArray text = process->readAllStandardOutput();
        QVERIFY2(process->exitCode() == 0, process->readAllStandardError());
        QVERIFY(text.contains("design identified"));
        const QJsonObject found = report(out("whole"));
        QVERIFY(!found.isEmpty());
        QCOMPARE(found["partial"].toBool(true), false);
        QCOMPARE(found["trials"].toArray().size(), 3);
        // The engine's promise, whatever the model has learnt.
        QCOMPARE(found["controls"]["zero_exact"].toInt(), 1);
        QVERIFY(found["controls"]["weights"].toArray().size() == 6);
        QVERIFY(found["controls"]["roles"].toArray().size() == 3);
        QVERIFY(!found["retrieval"].toArray().isEmpty());
    }

    void anInterruptLeavesAPartialReport()
    {
        MOODLOOM_REQUIRE_MODEL();
        const auto process = started(out("part"), {"--count", "20", "--steps", "2", "--json"});
        QVERIFY(process->waitForStarted());
        // As soon as something has been painted.
        QByteArray seen;
        while (!seen.contains("\"painting\"") && process->waitForReadyRead(200'000))
            seen += process->readAllStandardOutput();
        QVERIFY2(seen.contains("\"painting\""), seen.right(1000));
        ::kill(pid_t(process->processId()), SIGINT);
        QVERIFY(process->waitForFinished(60'000));
        QCOMPARE(process->exitCode(), 130);
        const QJsonObject found = report(out("part"));
        QCOMPARE(found["partial"].toBool(false), true);
        QVERIFY(!found["paintings"].toArray().isEmpty());
    }

    void refusesWhatItDoesNotKnow()
    {
        QProcess process;
        process.start(QStringLiteral(MOODLOOM_PROGRAM), {"benchmark", "everything"});
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(process.readAllStandardError().contains("grounding"));
        process.start(QStringLiteral(MOODLOOM_PROGRAM),
                      {"benchmark", "grounding", "--only", "none,drawn"});
        QVERIFY(process.waitForFinished(60'000));
        QVERIFY(process.exitCode() != 0);
        QVERIFY(process.readAllStandardError().contains("retrieved, oracle"));
    }
};

QTEST_GUILESS_MAIN(CommandTest)
#include "CommandTest.moc"
