// The trainer as a program: it stops when it is told to, and nothing is lost.
#include "core/training/State.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

class ProgramTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    QStringList arguments(const char *stage) const
    {
        return {QString::fromLatin1(stage),  QStringLiteral("--state"),       m_dir.path(),
                QStringLiteral("--batch"),   QStringLiteral("8"),             QStringLiteral("--minutes"),
                QStringLiteral("4"),         QStringLiteral("--log-seconds"), QStringLiteral("0")};
    }

private Q_SLOTS:
    void savesWhenItIsTerminated()
    {
        QProcess tokenizer;
        tokenizer.start(QStringLiteral(MOODLOOM_TRAINER), arguments("tokenizer"));
        QVERIFY(tokenizer.waitForFinished(120000));
        QCOMPARE(tokenizer.exitCode(), 0);
        QVERIFY(QFile::exists(m_dir.filePath(QStringLiteral("tokenizer/merges.txt"))));

        QProcess encoders;
        encoders.start(QStringLiteral(MOODLOOM_TRAINER), arguments("encoders"));
        QByteArray output;
        while (!output.contains("step 2 ") && encoders.waitForReadyRead(120000))
            output += encoders.readAllStandardOutput();
        QVERIFY2(output.contains("step 2 "), output.constData());
        encoders.terminate();
        QVERIFY(encoders.waitForFinished(60000));
        QCOMPARE(encoders.exitStatus(), QProcess::NormalExit);
        QCOMPARE(encoders.exitCode(), 0);
        const auto state =
            moodloom::training::loadState(m_dir.filePath(QStringLiteral("encoders.safetensors")).toStdString());
        QVERIFY(state);
        QVERIFY(state->step >= 2);
        QCOMPARE(state->samples, state->step * 8);
    }

    // What is promised of the weights in the repository.
    void theBuiltInAutoencoderGivesFreshScenesBack()
    {
        QProcess measuring;
        measuring.start(QStringLiteral(MOODLOOM_TRAINER),
                        {QStringLiteral("reconstruction"), QStringLiteral("--state"), m_dir.path(),
                         QStringLiteral("--model"), QStringLiteral(MOODLOOM_MODEL)});
        QVERIFY(measuring.waitForFinished(180000));
        const QString said = QString::fromUtf8(measuring.readAllStandardOutput());
        static const QRegularExpression figure(QStringLiteral("scenes: ([0-9.]+) dB a picture"));
        const QRegularExpressionMatch match = figure.match(said);
        QVERIFY2(match.hasMatch(), qPrintable(said));
        QVERIFY2(match.captured(1).toDouble() >= 32, qPrintable(said));
    }

    void namesAStageThatIsNotThere()
    {
        QProcess unknown;
        unknown.start(QStringLiteral(MOODLOOM_TRAINER), arguments("dreams"));
        QVERIFY(unknown.waitForFinished(120000));
        QCOMPARE(unknown.exitCode(), 1);
        QVERIFY(unknown.readAllStandardError().contains("dreams"));
    }
};

QTEST_GUILESS_MAIN(ProgramTest)
#include "ProgramTest.moc"
