// Users' own checkpoints from the command line, as a user runs it: the real program in a fresh
// home, with a checkpoint in one file under LDM names.
#include "core/export/ExportTake.h"
#include "tests/models/SingleFileTensors.h"

#include <QColorSpace>
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

    // A picture with something to see; its path.
    QString drawn(const QString &name, const QSize &size) const
    {
        QImage image(size, QImage::Format_RGB32);
        for (int y = 0; y < size.height(); ++y)
            for (int x = 0; x < size.width(); ++x)
                image.setPixel(x, y, qRgb(x * 2, y * 3, (x / 8 + y / 8) % 2 ? 220 : 30));
        image.save(at(name));
        return at(name);
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

    void paintsOverAPicture()
    {
        const QString init = drawn(QStringLiteral("init.png"), QSize(96, 64));
        const QImage over = painted(
            QStringLiteral("over.png"),
            {QStringLiteral("--init"), init, QStringLiteral("--strength"), QStringLiteral("0.6")});
        QVERIFY(!over.isNull());
        auto recipe = exporting::readRecipe(at(QStringLiteral("over.png")));
        QVERIFY(recipe);
        QCOMPARE(recipe->start.picture.path, init);
        QCOMPARE(recipe->start.strength, 0.6);
        QVERIFY(!recipe->start.picture.hash.isEmpty());
        QVERIFY(over != painted(QStringLiteral("all.png"),
                                {QStringLiteral("--init"), init, QStringLiteral("--strength"),
                                 QStringLiteral("1")}));
        // Only its right half, which the mask makes white.
        QImage mask(96, 64, QImage::Format_Grayscale8);
        mask.fill(0);
        for (int y = 0; y < 64; ++y)
            std::fill_n(mask.scanLine(y) + 48, 48, uchar(255));
        const QString maskPath = at(QStringLiteral("mask.png"));
        QVERIFY(mask.save(maskPath));
        const QImage half =
            painted(QStringLiteral("half.png"),
                    {QStringLiteral("--init"), init, QStringLiteral("--mask"), maskPath});
        QImage before = QImage(init).copy(16, 0, 64, 64).convertToFormat(half.format());
        before.setColorSpace(half.colorSpace()); // which exported pictures name
        const QRect left(0, 0, 32, 64), right(32, 0, 32, 64);
        QCOMPARE(half.copy(left), before.copy(left));
        QVERIFY(half.copy(right) != before.copy(right));
        recipe = exporting::readRecipe(at(QStringLiteral("half.png")));
        QVERIFY(recipe);
        QCOMPARE(recipe->start.strength, 1.0);
        QCOMPARE(recipe->start.mask.path, maskPath);
    }

    void controlNetsSteerAsFolderAndAsFile()
    {
        const QString picture = drawn(QStringLiteral("edges.png"), QSize(64, 64));
        const auto steered = [&](const QString &out, const QString &network, const char *scale) {
            return painted(out,
                           {QStringLiteral("--control"), network, QStringLiteral("--control-image"),
                            picture, QStringLiteral("--control-scale"), QLatin1String(scale)});
        };
        const QString file = fixture("/controlnet/diffusion_pytorch_model.safetensors");
        const QImage without = painted(QStringLiteral("without.png"));
        const QImage folder = steered(QStringLiteral("c1.png"), fixture("/controlnet"), "1");
        QVERIFY(!folder.isNull() && folder != without);
        QCOMPARE(steered(QStringLiteral("c2.png"), file, "1"), folder);
        QVERIFY(steered(QStringLiteral("c3.png"), file, "0.4") != folder);
        QCOMPARE(steered(QStringLiteral("c4.png"), file, "0"), without);
        const auto recipe = exporting::readRecipe(at(QStringLiteral("c1.png")));
        QVERIFY(recipe);
        QCOMPARE(recipe->controls.size(), 1);
        QCOMPARE(recipe->controls[0].network, fixture("/controlnet"));
        QCOMPARE(recipe->controls[0].picture.path, picture);
    }

    // The checkpoint sees no pictures; an adapter and the encoder that it needs make it see.
    void adaptersSeeReferencesEachInItsWay()
    {
        const QString pin = drawn(QStringLiteral("pin.png"), QSize(80, 50));
        const auto seen = [&](const QString &out, const char *adapter) {
            return painted(out, {QStringLiteral("--pin"), pin, QStringLiteral("--ip-adapter"),
                                 fixture(adapter), QStringLiteral("--image-encoder"),
                                 fixture("/image_encoder")});
        };
        const QImage base =
            seen(QStringLiteral("base.png"), "/ip_adapter/ip-adapter_tiny.safetensors");
        const QImage plus =
            seen(QStringLiteral("plus.png"), "/ip_adapter/ip-adapter-plus_tiny.safetensors");
        QVERIFY(!base.isNull() && !plus.isNull());
        QVERIFY(base != plus);
        QVERIFY(base != painted(QStringLiteral("without.png")));
        const auto recipe = exporting::readRecipe(at(QStringLiteral("plus.png")));
        QVERIFY(recipe);
        QCOMPARE(recipe->adapters,
                 QStringList{fixture("/ip_adapter/ip-adapter-plus_tiny.safetensors")});
        QCOMPARE(recipe->imageEncoder, fixture("/image_encoder"));
    }

    void saysWhatIsMissing()
    {
        const QString picture = drawn(QStringLiteral("some.png"), QSize(64, 64));
        const QString adapter = fixture("/ip_adapter/ip-adapter_tiny.safetensors");
        const QString network = fixture("/controlnet");
        const struct
        {
            QStringList options;
            const char *says;
        } cases[] = {
            {{QStringLiteral("--mask"), picture}, "--init"},
            {{QStringLiteral("--strength"), QStringLiteral("0.5")}, "--init"},
            {{QStringLiteral("--init"), at(QStringLiteral("gone.png"))}, "gone.png"},
            {{QStringLiteral("--control"), network}, "--control-image"},
            {{QStringLiteral("--control"), network, QStringLiteral("--control-image"), picture,
              QStringLiteral("--control-scale"), QStringLiteral("7")},
             "0 to 2"},
            {{QStringLiteral("--control"), fixture("/vae/diffusion_pytorch_model.safetensors"),
              QStringLiteral("--control-image"), picture},
             "no ControlNet"},
            {{QStringLiteral("--pin"), picture, QStringLiteral("--ip-adapter"), adapter},
             "--image-encoder"},
            {{QStringLiteral("--pin"), picture, QStringLiteral("--ip-adapter"), adapter,
              QStringLiteral("--image-encoder"),
              fixture("/unet/diffusion_pytorch_model.safetensors")},
             "no image encoder"},
        };
        for (const auto &c : cases) {
            const Ran ran = run(painting(QStringLiteral("x.png"), c.options));
            QVERIFY2(ran.code != 0 && ran.out.contains(c.says), ran.out + ran.err + c.says);
        }
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
