// Teaching from the command line, as a user does it: the real program in a fresh home.
#include "core/export/ExportTake.h"
#include "tests/support/TestModel.h"

#include <QDir>
#include <QImage>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;

class TrainCommandTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    struct Ran
    {
        int code = -1;
        QByteArray out, err;
        QJsonObject event(const char *name) const
        {
            for (const QByteArray &line : out.split('\n')) {
                const QJsonObject object = QJsonDocument::fromJson(line).object();
                if (object.value(QLatin1String("event")) == QLatin1String(name))
                    return object;
            }
            return {};
        }
    };
    QString at(const QString &name) const { return m_dir.filePath(name); }

    void start(QProcess &process, const QStringList &arguments) const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("MOODLOOM_HOME"), at(QStringLiteral("home")));
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(MOODLOOM_PROGRAM),
                      arguments + QStringList{QStringLiteral("--json")});
    }
    static Ran finished(QProcess &process)
    {
        process.waitForFinished(240'000);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                process.readAllStandardOutput(), process.readAllStandardError()};
    }
    Ran run(const QStringList &arguments) const
    {
        QProcess process;
        start(process, arguments);
        return finished(process);
    }
    QStringList teaching(const QString &folder, const QString &out,
                         const QStringList &more = {}) const
    {
        return QStringList{QStringLiteral("train"),    folder,
                           QStringLiteral("--model"),  testing::modelFolder(),
                           QStringLiteral("--out"),    at(out),
                           QStringLiteral("--size"),   QStringLiteral("64"),
                           QStringLiteral("--batch"),  QStringLiteral("2"),
                           QStringLiteral("--device"), QStringLiteral("cpu")} +
               more;
    }
    QImage painted(const QString &out, const QStringList &more)
    {
        const Ran ran = run(QStringList{QStringLiteral("generate"), QStringLiteral("a vomplet"),
                                        QStringLiteral("--no-search"), QStringLiteral("--model"),
                                        testing::modelFolder(), QStringLiteral("--seed"),
                                        QStringLiteral("5"), QStringLiteral("--steps"),
                                        QStringLiteral("2"), QStringLiteral("--size"),
                                        QStringLiteral("64x64"), QStringLiteral("--out"), at(out)} +
                            more);
        if (ran.code != 0)
            qWarning("%s%s", ran.err.constData(), ran.out.right(1500).constData());
        return ran.code == 0 ? QImage(at(out)) : QImage();
    }
    QString pictures(const QString &name)
    {
        const QString folder = at(name);
        if (!QDir().mkpath(folder))
            return {};
        for (int i = 0; i < 3; ++i) {
            QImage image(96, 80, QImage::Format_RGB32);
            image.fill(QColor(220, 20, 60 * i));
            image.save(QStringLiteral("%1/%2.png").arg(folder).arg(i));
            QFile text(QStringLiteral("%1/%2.txt").arg(folder).arg(i));
            if (text.open(QIODevice::WriteOnly))
                text.write("a vomplet");
        }
        return folder;
    }

private Q_SLOTS:
    void initTestCase() { MOODLOOM_REQUIRE_MODEL(); }

    void teachesAndTheResultIsUsed()
    {
        const QString folder = pictures(QStringLiteral("taught"));
        QFile broken(folder + QStringLiteral("/broken.png"));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("no picture");
        broken.close();
        const Ran ran = run(teaching(folder, QStringLiteral("vomplet"),
                                     {QStringLiteral("--steps"), QStringLiteral("3"),
                                      QStringLiteral("--rate"), QStringLiteral("0.01"),
                                      QStringLiteral("--samples"), at(QStringLiteral("samples"))}));
        QVERIFY2(ran.code == 0, (ran.err + ran.out).constData());
        QCOMPARE(ran.event("pictures").value(QLatin1String("count")).toInt(), 3);
        QVERIFY(ran.out.contains("broken.png")); // it is told what was left out
        const QJsonObject taught = ran.event("taught");
        const QString lora = at(QStringLiteral("vomplet.safetensors"));
        QCOMPARE(taught.value(QLatin1String("out")).toString(), lora);
        QCOMPARE(taught.value(QLatin1String("steps")).toInt(), 3);
        QVERIFY(QFile::exists(taught.value(QLatin1String("curve")).toString()));
        QCOMPARE(QDir(at(QStringLiteral("samples"))).entryList(QDir::Files).size(), 6);
        QVERIFY(QFile::exists(at(QStringLiteral("vomplet.preview.png"))));

        const Ran seen = run({QStringLiteral("models"), QStringLiteral("inspect"), lora});
        QVERIFY2(seen.code == 0 && seen.out.contains("\"lora\"") && seen.out.contains("vomplet"),
                 seen.out.constData());

        const QImage plain = painted(QStringLiteral("plain.png"), {});
        QVERIFY(!plain.isNull());
        QCOMPARE(painted(QStringLiteral("zero.png"),
                         {QStringLiteral("--lora"), lora + QStringLiteral(":0")}),
                 plain);
        const QImage with = painted(QStringLiteral("with.png"), {QStringLiteral("--lora"), lora});
        QVERIFY(!with.isNull() && with != plain);
        const QString adapter = taught.value(QLatin1String("ip_adapter")).toString();
        if (!adapter.isEmpty()) {
            const QStringList pin{QStringLiteral("--pin"), folder + QStringLiteral("/1.png")};
            const QImage own = painted(QStringLiteral("own.png"), pin);
            const QImage other =
                painted(QStringLiteral("other.png"),
                        pin + QStringList{QStringLiteral("--ip-adapter"), adapter});
            QVERIFY(!other.isNull() && other != own);
        }
    }

    void savesWhenInterruptedAndGoesOn()
    {
        const QString folder = pictures(QStringLiteral("long"));
        QProcess process;
        start(process, teaching(folder, QStringLiteral("long"),
                                {QStringLiteral("--minutes"), QStringLiteral("30")}));
        QByteArray out;
        while (!out.contains("\"step\"") && process.waitForReadyRead(120'000))
            out += process.readAllStandardOutput();
        process.terminate();
        const Ran ran = finished(process);
        QVERIFY2(ran.code == 130, (out + ran.out + ran.err).constData());
        QVERIFY(ran.event("taught").value(QLatin1String("stopped")).toBool());
        QVERIFY(QFile::exists(at(QStringLiteral("long.safetensors"))));
        const int steps = ran.event("taught").value(QLatin1String("steps")).toInt();
        QVERIFY(steps > 0);
        const Ran rest = run(teaching(
            folder, QStringLiteral("long"),
            {QStringLiteral("--resume"), QStringLiteral("--steps"), QString::number(steps + 2)}));
        QVERIFY2(rest.code == 0, (rest.err + rest.out).constData());
        QCOMPARE(rest.event("taught").value(QLatin1String("steps")).toInt(), steps + 2);
    }

    void mistakesAreNamed_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("text");
        const QString empty = at(QStringLiteral("empty")), some = pictures(QStringLiteral("some"));
        QVERIFY(QDir().mkpath(empty));
        QTest::newRow("no folder") << QStringList{QStringLiteral("train")} << 2 << "FOLDER";
        QTest::newRow("no out") << QStringList{QStringLiteral("train"), some} << 2 << "--out";
        QTest::newRow("empty folder") << teaching(empty, QStringLiteral("x")) << 1 << "no pictures";
        QTest::newRow("no such folder")
            << teaching(at(QStringLiteral("nowhere")), QStringLiteral("x")) << 1
            << "no such folder";
        QTest::newRow("out is nowhere")
            << teaching(some, QStringLiteral("no/where")) << 1 << "no such folder";
        QTest::newRow("model is nowhere")
            << QStringList{QStringLiteral("train"),   some,
                           QStringLiteral("--out"),   at(QStringLiteral("x")),
                           QStringLiteral("--model"), at(QStringLiteral("nothing"))}
            << 1 << "nothing";
        QTest::newRow("rank") << teaching(some, QStringLiteral("x"),
                                          {QStringLiteral("--rank"), QStringLiteral("0")})
                              << 2 << "--rank";
        QTest::newRow("device") << teaching(some, QStringLiteral("x"),
                                            {QStringLiteral("--device"), QStringLiteral("abacus")})
                                << 2 << "--device";
        QTest::newRow("samples among the pictures")
            << teaching(some, QStringLiteral("x"),
                        {QStringLiteral("--samples"), some + QStringLiteral("/in")})
            << 2 << "--samples";
        QTest::newRow("nothing to go on with")
            << teaching(some, QStringLiteral("x"), {QStringLiteral("--resume")}) << 1 << "no run";
    }
    void mistakesAreNamed()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QString, text);
        const Ran ran = run(arguments);
        QVERIFY2(ran.code == code, (ran.err + ran.out).constData());
        QVERIFY2(ran.out.contains(text.toUtf8()), ran.out.constData());
        QVERIFY(!QFile::exists(at(QStringLiteral("x.safetensors"))));
    }
};

QTEST_GUILESS_MAIN(TrainCommandTest)
#include "TrainCommandTest.moc"
