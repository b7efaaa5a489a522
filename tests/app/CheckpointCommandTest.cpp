// Users' own checkpoints from the command line, as a user runs it: the real program in a fresh
// home, with a checkpoint in one file under LDM names.
#include "core/export/ExportTake.h"
#include "tests/models/SingleFileTensors.h"

#include <QDir>
#include <QImage>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;

class CheckpointCommandTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    QString m_root, m_checkpoint;

    struct Ran
    {
        int code = -1;
        QByteArray out, err;
    };
    QString at(const QString &name) const { return m_dir.filePath(name); }
    QString fixture(const char *name) const { return m_root + QLatin1String(name); }

    Ran run(const QStringList &arguments, const QString &tokenizer)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("MOODLOOM_HOME"), at(QStringLiteral("home")));
        environment.insert(QStringLiteral("MOODLOOM_TOKENIZER"), tokenizer);
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(MOODLOOM_PROGRAM), arguments);
        process.waitForFinished(240'000);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                process.readAllStandardOutput(), process.readAllStandardError()};
    }
    Ran run(const QStringList &arguments) { return run(arguments, fixture("/tokenizer")); }

    // "a fox" at 64 px in two steps.
    QStringList painting(const QString &out, const QStringList &more = {}) const
    {
        return QStringList{QStringLiteral("generate"),
                           QStringLiteral("a fox"),
                           QStringLiteral("--no-search"),
                           QStringLiteral("--model"),
                           m_checkpoint,
                           QStringLiteral("--seed"),
                           QStringLiteral("5"),
                           QStringLiteral("--steps"),
                           QStringLiteral("2"),
                           QStringLiteral("--size"),
                           QStringLiteral("64x64"),
                           QStringLiteral("--out"),
                           at(out),
                           QStringLiteral("--json")} +
               more;
    }

    // The painted picture, or null with what the program said.
    QImage painted(const QString &out, const QStringList &more = {})
    {
        const Ran ran = run(painting(out, more));
        if (ran.code != 0)
            qWarning("%s%s", ran.err.constData(), ran.out.right(1500).constData());
        return ran.code == 0 ? QImage(at(out)) : QImage();
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_root = qEnvironmentVariable("MOODLOOM_CONFORMANCE_DIR") + QStringLiteral("/tiny-sd15");
        if (!QFile::exists(fixture("/unet/config.json")))
            QSKIP("no reference data: set MOODLOOM_CONFORMANCE_DIR");
        m_checkpoint = at(QStringLiteral("my style v3.safetensors"));
        QVERIFY(tensor::saveSafeTensors(
            m_checkpoint.toStdString(),
            testing::singleFile(qEnvironmentVariable("MOODLOOM_CONFORMANCE_DIR").toStdString(),
                                "sd15", "tiny-sd15")));
    }

    void paintsWithASingleFileAndRecordsIt()
    {
        const QImage picture = painted(QStringLiteral("plain.png"));
        QCOMPARE(picture.size(), QSize(64, 64));
        QCOMPARE(painted(QStringLiteral("again.png")), picture);
        const auto recipe = exporting::readRecipe(at(QStringLiteral("plain.png")));
        QVERIFY(recipe);
        QCOMPARE(recipe->model, m_checkpoint);
        QVERIFY(recipe->loras.isEmpty());
    }

    void lorasActByTheirScaleInEveryStyleOfNames()
    {
        const QString kohya = fixture("/lora/lora_kohya.safetensors");
        const QString option = QStringLiteral("--lora");
        const QImage without = painted(QStringLiteral("without.png"));
        QVERIFY(!without.isNull());
        const QImage full = painted(QStringLiteral("full.png"), {option, kohya});
        QVERIFY(!full.isNull() && full != without);
        const auto recipe = exporting::readRecipe(at(QStringLiteral("full.png")));
        QVERIFY(recipe);
        QCOMPARE(recipe->loras, (QVector<generation::RecipeLora>{{kohya, 1}}));
        const QImage half =
            painted(QStringLiteral("half.png"), {option, kohya + QStringLiteral(":0.5")});
        QVERIFY(!half.isNull() && half != without && half != full);
        QCOMPARE(painted(QStringLiteral("none.png"), {option, kohya + QStringLiteral(":0")}),
                 without);
        // The other file holds the same LoRA; its product is rounded elsewhere.
        const QImage peft =
            painted(QStringLiteral("peft.png"), {option, fixture("/lora/lora_peft.safetensors")});
        QCOMPARE(peft.size(), full.size());
        int largest = 0;
        for (int y = 0; y < full.height(); ++y)
            for (int x = 0; x < full.width(); ++x)
                largest = std::max(largest,
                                   std::abs(qGreen(peft.pixel(x, y)) - qGreen(full.pixel(x, y))));
        QVERIFY2(largest <= 2, qPrintable(QString::number(largest)));
    }

    // Suggested references need an adapter, which this checkpoint lacks; pinned ones are insisted
    // on.
    void withoutAnAdapterTheWordsAlonePaint()
    {
        const QString library = at(QStringLiteral("library")), pictures = at(QStringLiteral("in"));
        QVERIFY(QDir().mkpath(pictures));
        QImage picture(64, 48, QImage::Format_RGB32);
        picture.fill(Qt::red);
        QVERIFY(picture.save(pictures + QStringLiteral("/a fox.png")));
        const Ran added = run({QStringLiteral("library"), QStringLiteral("add"), pictures,
                               QStringLiteral("--library"), library});
        QVERIFY2(added.code == 0, added.err);
        QStringList searching =
            painting(QStringLiteral("searched.png"), {QStringLiteral("--library"), library});
        searching.removeAll(QStringLiteral("--no-search"));
        const Ran ran = run(searching);
        QVERIFY2(ran.code == 0, ran.err + ran.out);
        QVERIFY2(ran.out.contains("\"reference\"") && ran.out.contains("from the words alone"),
                 ran.out + ran.err);
        const Ran pinned =
            run(painting(QStringLiteral("x.png"),
                         {QStringLiteral("--pin"), pictures + QStringLiteral("/a fox.png")}));
        QCOMPARE(pinned.code, 1);
        QVERIFY2(pinned.out.contains("IP-Adapter"), pinned.out);
    }

    void findsTheUsersOwnVocabulary()
    {
        // Nothing named: the tokenizer folder among the user's data.
        const Ran missing = run(painting(QStringLiteral("x.png")), QString());
        QCOMPARE(missing.code, 1);
        QVERIFY2(missing.out.contains("vocab.json"), missing.out);
        const QString own = at(QStringLiteral("home/data/tokenizer"));
        QVERIFY(QDir().mkpath(own));
        for (const char *name : {"/vocab.json", "/merges.txt"})
            QVERIFY(QFile::copy(fixture("/tokenizer") + QLatin1String(name),
                                own + QLatin1String(name)));
        const Ran found = run(painting(QStringLiteral("y.png")), QString());
        QVERIFY2(found.code == 0, found.err + found.out);
        QVERIFY(QDir(own).removeRecursively());
    }

    void saysWhatIsWrongWithALora()
    {
        const auto says = [&](const QString &lora, const char *text) {
            const Ran ran =
                run(painting(QStringLiteral("x.png"), {QStringLiteral("--lora"), lora}));
            const bool said = ran.code != 0 && ran.out.contains(text);
            if (!said)
                qWarning("%d %s%s", ran.code, ran.err.constData(), ran.out.constData());
            return said;
        };
        QVERIFY(says(at(QStringLiteral("missing.safetensors")), "missing.safetensors"));
        QVERIFY(says(fixture("/lora/lora_kohya.safetensors:9"), "-4 to 4"));
        QVERIFY(says(fixture("/../tiny-sdxl/lora/lora_kohya.safetensors"), "lora_kohya"));
        QVERIFY(says(fixture("/vae/diffusion_pytorch_model.safetensors"), "LoRA"));
    }
};

QTEST_GUILESS_MAIN(CheckpointCommandTest)
#include "CheckpointCommandTest.moc"
