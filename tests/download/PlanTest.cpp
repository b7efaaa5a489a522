#include "core/download/Plan.h"
#include "core/download/FetchMemory.h"
#include "core/download/FileChoice.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::download;

namespace {

const QUrl kHub(QStringLiteral("https://huggingface.co"));

QStringList list(const char *lines)
{
    return QString::fromLatin1(lines).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

QByteArray listing(const QStringList &names)
{
    QJsonArray siblings;
    for (const QString &name : names)
        siblings.append(
            QJsonObject{{QStringLiteral("rfilename"), name}, {QStringLiteral("size"), 5}});
    return QJsonDocument(QJsonObject{{QStringLiteral("sha"), QString(40, QLatin1Char('a'))},
                                     {QStringLiteral("siblings"), siblings}})
        .toJson();
}

QStringList paths(const Plan &plan)
{
    QStringList result;
    for (const PlannedFile &file : plan.files)
        result.append(file.path);
    return result;
}

} // namespace

class PlanTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void idsAndAddressesAreUnderstood_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("revision");
        QTest::addColumn<QString>("path");
        const auto row = [](const char *text, const char *id, const char *revision,
                            const char *path) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(id)
                                << QString::fromLatin1(revision) << QString::fromLatin1(path);
        };
        row(" org/name ", "org/name", "main", "");
        row("org/name@fp16", "org/name", "fp16", "");
        row("org/na-me.v1/unet@refs/pr/2", "org/na-me.v1", "refs/pr/2", "unet");
        row("org/name/sub/a.safetensors", "org/name", "main", "sub/a.safetensors");
        row("https://huggingface.co/org/name", "org/name", "main", "");
        row("https://huggingface.co/org/name/tree/refs%2Fpr%2F1/unet", "org/name", "refs/pr/1",
            "unet");
        row("https://huggingface.co/org/name/resolve/main/a%20b.safetensors?download=true",
            "org/name", "main", "a b.safetensors");
        row("https://huggingface.co/org/name/blob/v1/a.ckpt#x", "org/name", "v1", "a.ckpt");
        for (const char *bad :
             {"", "name", "org/name/../x", "../name", "org/name@../x", "org /name",
              "https://huggingface.co/datasets/org/name/tree/main",
              "https://me:" "secret@example.org/a.safetensors", "https://example.org/",
              "ftp://example.org/a.safetensors", "https:///a", "org/name@"})
            row(bad, "", "", "");
    }

    void idsAndAddressesAreUnderstood()
    {
        QFETCH(QString, text);
        QFETCH(QString, id);
        QFETCH(QString, revision);
        QFETCH(QString, path);
        const auto request = parseRequest(text, {}, kHub);
        if (text == QLatin1String("org/name@")) { // as if nothing were there
            QCOMPARE(request->revision, QStringLiteral("main"));
            return;
        }
        QCOMPARE(request.has_value(), !id.isEmpty());
        if (!request) {
            QVERIFY(errorText(request.error()).find("secret") == std::string::npos);
            return;
        }
        QCOMPARE(request->id, id);
        QCOMPARE(request->revision, revision);
        QCOMPARE(request->path, path);
    }

    void aFilesAddressStaysAsItIs()
    {
        const QString text = QStringLiteral("https://example.org/d/a%20b.safetensors?key=secret");
        const auto request = parseRequest(text, QString(64, QLatin1Char('A')), kHub);
        QVERIFY(request && !request->isHub());
        QCOMPARE(request->url.toString(QUrl::FullyEncoded), text);
        QCOMPARE(request->sha256, QString(64, QLatin1Char('a')));
        QCOMPARE(shownUrl(request->url), QStringLiteral("https://example.org/d/a b.safetensors"));
        QVERIFY(!parseRequest(text, QStringLiteral("abc"), kHub));
    }

    void theEndpointIsTheEcosystems()
    {
        QProcessEnvironment environment;
        QCOMPARE(hubEndpoint(environment), kHub);
        environment.insert(QStringLiteral("HF_ENDPOINT"),
                           QStringLiteral("https://mirror.example/hub/"));
        QCOMPARE(hubEndpoint(environment), QUrl(QStringLiteral("https://mirror.example/hub")));
        const auto request =
            parseRequest(QStringLiteral("o/n@refs/pr/1"), {}, hubEndpoint(environment));
        QCOMPARE(
            listingUrl(*request, hubEndpoint(environment)).toString(QUrl::FullyEncoded),
            QStringLiteral(
                "https://mirror.example/hub/api/models/o/n/revision/refs%2Fpr%2F1?blobs=true"));
        environment.insert(QStringLiteral("HF_ENDPOINT"), QStringLiteral("nonsense"));
        QCOMPARE(hubEndpoint(environment), kHub);
    }

    void ofADiffusersFolderTheHalfPrecisionSafetensorsAreTaken()
    {
        const QStringList chosen = chooseFiles(list(
            ".gitattributes README.md model_index.json v1-5-pruned.safetensors v1-5-pruned.ckpt "
            "unet/config.json unet/diffusion_pytorch_model.safetensors "
            "unet/diffusion_pytorch_model.bin "
            "unet/diffusion_pytorch_model.fp16.safetensors "
            "unet/diffusion_pytorch_model.non_ema.safetensors "
            "vae/config.json vae/diffusion_pytorch_model.safetensors "
            "text_encoder/config.json text_encoder/pytorch_model.bin "
            "text_encoder/flax_model.msgpack "
            "text_encoder/pytorch_model.fp16.bin "
            "tokenizer/vocab.json tokenizer/merges.txt tokenizer/special_tokens_map.json "
            "scheduler/scheduler_config.json safety_checker/config.json "
            "safety_checker/model.safetensors "
            "unet/onnx/model.onnx unet/onnx/config.json"));
        QCOMPARE(
            chosen,
            list("model_index.json unet/config.json unet/diffusion_pytorch_model.fp16.safetensors "
                 "vae/config.json vae/diffusion_pytorch_model.safetensors text_encoder/config.json "
                 "text_encoder/pytorch_model.fp16.bin "
                 "tokenizer/vocab.json tokenizer/merges.txt tokenizer/special_tokens_map.json "
                 "scheduler/scheduler_config.json"));
    }

    void weightsInPartsComeWithTheirIndex()
    {
        QCOMPARE(
            chooseFiles(list(
                "config.json model-00001-of-00002.safetensors model-00002-of-00002.safetensors "
                "model.safetensors.index.json pytorch_model.bin pytorch_model.bin.index.json")),
            list("config.json model-00001-of-00002.safetensors model-00002-of-00002.safetensors "
                 "model.safetensors.index.json"));
        QCOMPARE(chooseFiles(list(
                     "model.fp16-00001-of-00002.safetensors model.fp16-00002-of-00002.safetensors "
                     "model.safetensors.index.fp16.json model.safetensors "
                     "model.safetensors.index.json")),
                 list("model.fp16-00001-of-00002.safetensors model.fp16-00002-of-00002.safetensors "
                      "model.safetensors.index.fp16.json"));
    }

    void picklesAreTakenOnlyWithoutSafetensors()
    {
        QCOMPARE(chooseFiles(list("a.ckpt b/c.bin optimizer.bin README.md")),
                 list("a.ckpt b/c.bin"));
        QCOMPARE(chooseFiles(list("a.ckpt a.safetensors b/c.bin")), list("a.safetensors"));
        QCOMPARE(chooseFiles(list("sd.safetensors sd-fp16.safetensors other_vae.safetensors")),
                 list("sd-fp16.safetensors other_vae.safetensors"));
    }

    void aListingBecomesAPlan()
    {
        auto request = parseRequest(QStringLiteral("org/name/unet@refs/pr/1"), {}, kHub);
        const auto plan = planFromListing(
            *request, kHub,
            listing(list("unet/config.json unet/model.safetensors vae/model.safetensors")));
        QVERIFY(plan);
        QCOMPARE(paths(*plan), list("unet/model.safetensors unet/config.json")); // settings last
        QCOMPARE(plan->folder, QStringLiteral("org/name@refs-pr-1"));
        QCOMPARE(plan->bytes(), 10);
        QCOMPARE(plan->page, QStringLiteral("https://huggingface.co/org/name"));
        QCOMPARE(plan->files[0].url.toString(),
                 QStringLiteral("https://huggingface.co/org/name/resolve/"
                                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/"
                                "unet/model.safetensors"));
        // One file that is named is taken whatever it is.
        request = parseRequest(QStringLiteral("org/name/a.ckpt"), {}, kHub);
        QCOMPARE(paths(*planFromListing(*request, kHub, listing(list("a.ckpt a.safetensors")))),
                 list("a.ckpt"));
        QCOMPARE(planFromListing(*request, kHub, listing(list("b.ckpt"))).error().code,
                 ErrorCode::NotFound);
        request = parseRequest(QStringLiteral("org/name"), {}, kHub);
        QCOMPARE(
            planFromListing(*request, kHub, listing(list("README.md config.json"))).error().code,
            ErrorCode::NotFound);
        QCOMPARE(planFromListing(*request, kHub, "<html>").error().code, ErrorCode::Corrupt);
    }

    void namesOutsideOfTheFolderAreRefused()
    {
        const auto request = parseRequest(QStringLiteral("org/name"), {}, kHub);
        for (const char *name :
             {"../evil.safetensors", "a/../../evil.safetensors", "/etc/x.safetensors",
              "a//b.safetensors", "./a.safetensors", "a\\..\\b.safetensors", "a\nb.json", ""}) {
            const auto plan = planFromListing(
                *request, kHub,
                listing({QStringLiteral("ok.safetensors"), QString::fromLatin1(name)}));
            QVERIFY2(!plan, name);
            QCOMPARE(plan.error().code, ErrorCode::Corrupt);
        }
    }

    void whatWasBegunIsRememberedUnlessAKeyIsInIt()
    {
        QTemporaryDir dir;
        const QString file = dir.filePath(QStringLiteral("sub/download.json"));
        const auto request = parseRequest(QStringLiteral("org/name"), {}, kHub);
        Begun begun{*planFromListing(*request, kHub, listing(list("a.safetensors b.json"))),
                    dir.path()};
        QVERIFY(keepBegun(file, begun));
        QCOMPARE(recallBegun(file), begun);
        forgetBegun(file);
        QVERIFY(!recallBegun(file));
        begun.plan.files[0].url.setQuery(QStringLiteral("key=secret"));
        QVERIFY(keepBegun(file, begun));
        QVERIFY(!QFile::exists(file));
        // What somebody else put there is not followed.
        begun.plan.files[0].url.setQuery(QString());
        begun.plan.files[0].path = QStringLiteral("../evil.safetensors");
        QVERIFY(keepBegun(file, begun));
        QVERIFY(!recallBegun(file));
    }
};

QTEST_GUILESS_MAIN(PlanTest)
#include "PlanTest.moc"
