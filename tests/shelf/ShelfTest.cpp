#include "core/base/Paths.h"
#include "core/shelf/ExtraModelPaths.h"
#include "core/shelf/Fitness.h"
#include "core/shelf/ModelShelf.h"
#include "core/shelf/ShelfWalk.h"
#include "tests/support/WeightFiles.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::shelf;

namespace {

QByteArray lora(int textWidth, const QJsonObject &metadata = {})
{
    return testing::loraFile(textWidth, metadata);
}

QStringList titles(const QVector<Candidate> &list)
{
    QStringList result;
    for (const Candidate &candidate : list)
        result.append(candidate.title);
    return result;
}

} // namespace

class ShelfTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        QVERIFY(m_home->isValid());
    }

    void foldersAreToldByTheirContent()
    {
        QDir(at("a")).mkpath(QStringLiteral("models/checkpoints"));
        QDir(at("b")).mkpath(QStringLiteral("models/Stable-diffusion"));
        QDir(at("c")).mkpath(QStringLiteral("models--who--what/snapshots/1"));
        QDir(at("ComfyUI")).mkpath(QStringLiteral("pictures"));
        QCOMPARE(folderKind(at("a")), FolderKind::ComfyUi);
        QCOMPARE(folderKind(at("b")), FolderKind::WebUi);
        QCOMPARE(folderKind(at("c")), FolderKind::HuggingFaceCache);
        QCOMPARE(folderKind(at("ComfyUI")), FolderKind::Plain); // only the name
        QCOMPARE(folderKind(at("none")), FolderKind::Plain);
    }

    void foldersOfOtherProgramsAreFound()
    {
        QDir(at("ComfyUI")).mkpath(QStringLiteral("models/checkpoints"));
        QDir(at(".cache/huggingface/hub")).mkpath(QStringLiteral("models--x--y/snapshots/1"));
        QDir(at("elsewhere/hub")).mkpath(QStringLiteral("models--x--z/snapshots/1"));
        QProcessEnvironment environment;
        const QVector<ShelfFolder> usual{{at(".cache/huggingface/hub"), FolderKind::HuggingFaceCache},
                                         {at("ComfyUI"), FolderKind::ComfyUi}};
        QCOMPARE(foundFolders(environment, m_home->path()), usual);
        environment.insert(QStringLiteral("HF_HOME"), at("elsewhere"));
        QCOMPARE(foundFolders(environment, m_home->path()).first().path, at("elsewhere/hub"));
        environment.insert(QStringLiteral("HF_HUB_CACHE"), at("nowhere"));
        QCOMPARE(foundFolders(environment, m_home->path()).size(), 1);
    }

    void programsFoldersAreWalkedWhereTheyKeepModels()
    {
        write("comfy/models/checkpoints/sub/a.safetensors");
        write("comfy/models/loras/b.safetensors");
        write("comfy/models/loras/b.txt");
        write("comfy/custom_nodes/thing/c.safetensors");
        write("comfy/output/d.safetensors");
        QCOMPARE(titles(candidates({at("comfy"), FolderKind::ComfyUi})),
                 (QStringList{QStringLiteral("checkpoints/sub/a.safetensors"),
                              QStringLiteral("loras/b.safetensors")}));
        write("webui/models/Lora/B.safetensors");
        write("webui/embeddings/e.pt");
        write("webui/venv/lib/f.pt");
        write("webui/models/Lora/B.training/teaching.safetensors"); // the state of `moodloom train`
        QCOMPARE(titles(candidates({at("webui"), FolderKind::WebUi})),
                 (QStringList{QStringLiteral("embeddings/e.pt"), QStringLiteral("Lora/B.safetensors")}));
        QCOMPARE(titles(candidates({at("webui"), FolderKind::Plain})).size(), 2); // no venv here, too
    }

    void aCacheShowsTheSnapshotThatIsCurrent()
    {
        write("hub/models--org--model/snapshots/old/model_index.json");
        write("hub/models--org--model/snapshots/new/model_index.json");
        write("hub/models--org--model/refs/main", "new\n");
        write("hub/models--other--file/snapshots/only/x.safetensors");
        const auto found = candidates({at("hub"), FolderKind::HuggingFaceCache});
        QCOMPARE(titles(found), (QStringList{QStringLiteral("org/model"), QStringLiteral("other/file/x.safetensors")}));
        QVERIFY(found[0].path.endsWith(QLatin1String("snapshots/new")));
    }

    void comfyUisListOfFoldersIsResolvedAsComfyUiDoes()
    {
        write("comfy/extra_model_paths.yaml", R"(# comments stay out
a1111:
    base_path: ~/webui/
    checkpoints: models/Stable-diffusion
    loras: |
         models/Lora
         models/LyCORIS
    configs: models/Stable-diffusion
    custom_nodes: nodes
empty:
store:
    base_path: ${STORE}/ai
    is_default: true
    vae: vae/
    controlnet: [/abs/controlnet, vae]
near:
    embeddings: ../near
relative:
    base_path: models
    clip_vision: cv
)");
        QProcessEnvironment environment;
        environment.insert(QStringLiteral("STORE"), QStringLiteral("/disk"));
        const auto paths =
            readExtraModelPaths(at("comfy/extra_model_paths.yaml"), environment, m_home->path());
        QVERIFY2(paths, paths ? "" : errorText(paths.error()).c_str());
        const QVector<ExtraPath> expected{
            {QStringLiteral("vae"), QStringLiteral("/disk/ai/vae")}, // is_default: first
            {QStringLiteral("controlnet"), QStringLiteral("/abs/controlnet")},
            {QStringLiteral("checkpoints"), at("webui/models/Stable-diffusion")},
            {QStringLiteral("loras"), at("webui/models/Lora")},
            {QStringLiteral("loras"), at("webui/models/LyCORIS")},
            {QStringLiteral("embeddings"), at("near")},
            {QStringLiteral("clip_vision"), at("comfy/models/cv")}};
        QCOMPARE(*paths, expected);
    }

    void comfyUisListOfFoldersIsFoundAndWalked()
    {
        QDir(at("ComfyUI")).mkpath(QStringLiteral("models/checkpoints"));
        write("disk/loras/a.safetensors");
        write("disk/loras/sub/b.safetensors");
        write("ComfyUI/extra_model_paths.yaml", "mine:\n  base_path: ../disk\n  loras: loras\n  vae: none\n");
        const auto found = foundFolders({}, m_home->path());
        QCOMPARE(found.size(), 2);
        const ShelfFolder list{at("ComfyUI/extra_model_paths.yaml"), FolderKind::ExtraPaths};
        QCOMPARE(found.last(), list);
        QCOMPARE(folderKind(list.path), FolderKind::ExtraPaths);
        QCOMPARE(modelFolders(list), (QStringList{at("disk/loras"), at("disk/none")}));
        QCOMPARE(titles(candidates(list)), (QStringList{QStringLiteral("loras/a.safetensors"),
                                                        QStringLiteral("loras/sub/b.safetensors")}));
    }

    void aDamagedListSaysWhere()
    {
        const auto problem = [this](const char *text) {
            write("x.yaml", text);
            const auto paths = readExtraModelPaths(at("x.yaml"));
            return paths ? std::string("none") : errorText(paths.error());
        };
        QVERIFY(problem("a:\n  loras: [x\nb: {").find("line") != std::string::npos);
        QVERIFY(problem("- a\n- b\n").find("expected groups") != std::string::npos);
        QVERIFY(problem("a: b\n").find("line 1") != std::string::npos);
        QVERIFY(problem("a:\n  loras: {x: y}\n") != "none");
        QCOMPARE(problem(""), std::string("none")); // nothing in it, nothing wrong
        QVERIFY(candidates({at("x.yaml"), FolderKind::ExtraPaths}).isEmpty());
        QCOMPARE(readExtraModelPaths(at("nowhere.yaml")).error().code, ErrorCode::NotFound);
    }

    void aModelsFolderIsOneModel()
    {
        write("m/model_index.json", "{}");
        write("m/unet/config.json", "{}");
        write("m/unet/diffusion_pytorch_model.safetensors", "12345");
        write("m/pruned.safetensors", "123"); // the same model in one file
        write("clip/config.json", "{}");
        write("clip/model.safetensors", "12");
        const auto found = candidates({m_home->path(), FolderKind::Plain});
        QCOMPARE(titles(found), (QStringList{QStringLiteral("clip"), QStringLiteral("m"),
                                             QStringLiteral("m/pruned.safetensors")}));
        QCOMPARE(found[0].bytes, 4);
        QCOMPARE(found[1].bytes, 9); // without the checkpoint beside it
    }

    void linksAreFollowedOnceAndCirclesEnd()
    {
        write("store/a.safetensors");
        QDir(m_home->path()).mkpath(QStringLiteral("in"));
        QVERIFY(QFile::link(at("store"), at("in/one")));
        QVERIFY(QFile::link(at("store"), at("in/two")));
        QVERIFY(QFile::link(at("in"), at("store/round")));
        QVERIFY(QFile::link(at("store/a.safetensors"), at("in/again.safetensors")));
        QCOMPARE(candidates({at("in"), FolderKind::Plain}).size(), 1);
        QCOMPARE(scanShelf({{at("in"), {}}, {at("store"), {}}})->size(), 1);
    }

    void theShelfTellsWhatEverythingIs()
    {
        QVERIFY(QFile::link(builtInModelFolder(), at("built-in")));
        write("zlora.safetensors", lora(768, {{QStringLiteral("modelspec.trigger_phrase"), QStringLiteral("talagon suv")}}));
        write("zlora.preview.png", "png");
        write("xl.safetensors", lora(2048));
        write("broken.safetensors", "no weights at all");
        write("optimizer.pt", "noise");
        const auto entries = scanShelf({{m_home->path(), FolderKind::Plain}});
        QVERIFY(entries);
        QStringList names;
        for (const ShelfEntry &entry : *entries)
            names.append(entry.title);
        QCOMPARE(names, (QStringList{QStringLiteral("built-in"), QStringLiteral("broken.safetensors"),
                                     QStringLiteral("xl.safetensors"), QStringLiteral("zlora.safetensors")}));
        const ShelfEntry &model = entries->at(0), &broken = entries->at(1), &xl = entries->at(2),
                         &sd = entries->at(3);
        QVERIFY(model.isBase() && model.takesReferences && model.memoryUsual >= model.memoryLeast && model.memoryLeast > 1'000'000);
        QVERIFY(!unusable(model, 0));
        QVERIFY(!unusable(model, 64ull << 30));
        QVERIFY(unusable(model, 1 << 20)->contains(QLatin1String("memory")));
        QVERIFY(unusable(broken, 0)->startsWith(QLatin1String("broken.safetensors")));
        QCOMPARE(sd.kind, models::ModelKind::Lora);
        QCOMPARE(sd.family, QStringLiteral("SD 1.x"));
        QVERIFY(sd.words.contains(QStringLiteral("talagon suv")));
        QCOMPARE(sd.preview, at("zlora.preview.png"));
        QCOMPARE(xl.family, QStringLiteral("SDXL"));

        ShelfEntry base;
        base.kind = models::ModelKind::StableDiffusionXl;
        base.family = QStringLiteral("SDXL");
        QVERIFY(!misfit(xl, base));
        QVERIFY(misfit(sd, base)->contains(QLatin1String("SD 1.x")));
        QVERIFY(!misfit(model, base)); // models are chosen, not added
        base.family.clear();
        QVERIFY(misfit(sd, base)); // a model of sizes of its own
        base.kind = models::ModelKind::Other;
        QVERIFY(!misfit(sd, base)); // not known

        QVERIFY(!unneeded(sd) && !unneeded(model));
        ShelfEntry part;
        part.kind = models::ModelKind::Vae;
        QVERIFY(unneeded(part));

        QVERIFY(matches(sd, QStringLiteral("SUV lora")));
        QVERIFY(!matches(sd, QStringLiteral("SUV sdxl")));
        QVERIFY(matches(sd, {}));
    }

    void onlyWhatChangedIsInspectedAgain()
    {
        const QString file = at("a.safetensors"), memory = at("memory/shelf.json");
        write("a.safetensors", lora(768));
        const auto family = [&] {
            return scanShelf({{m_home->path(), {}}}, {memory, {}})->first().family;
        };
        QCOMPARE(family(), QStringLiteral("SD 1.x"));
        // Another content of the same size and date: what is remembered is told.
        const QDateTime date = QFileInfo(file).lastModified();
        QByteArray other = lora(768);
        other.replace("lora_unet", "lora_what");
        write("a.safetensors", other);
        setDate(file, date);
        QCOMPARE(family(), QStringLiteral("SD 1.x"));
        write("a.safetensors", lora(2048));
        QCOMPARE(family(), QStringLiteral("SDXL"));
        setDate(file, date.addSecs(60));
        write("memory/shelf.json", "{ damaged");
        QCOMPARE(family(), QStringLiteral("SDXL"));
    }

    void problemsAreRememberedToo()
    {
        write("a.safetensors", "no weights");
        const ScanOptions options{at("memory.json"), {}};
        const auto first = scanShelf({{m_home->path(), {}}}, options);
        const auto second = scanShelf({{m_home->path(), {}}}, options);
        QVERIFY(first->first().problem && second->first().problem);
        QCOMPARE(second->first().problem->code, first->first().problem->code);
        QCOMPARE(second->first().problem->detail, first->first().problem->detail);
    }

    void modelsAreToldAsTheyAreFound()
    {
        write("b.safetensors", lora(768));
        write("a.safetensors", lora(2048));
        write("noise.pt", "no model");
        QStringList told;
        ScanOptions options;
        options.found = [&](const ShelfEntry &entry) { told.append(entry.title); };
        const auto entries = scanShelf({{m_home->path(), {}}}, options);
        QVERIFY(entries);
        QCOMPARE(told, (QStringList{QStringLiteral("a.safetensors"), QStringLiteral("b.safetensors")}));
        const ShelfEntry alone = inspectEntry(at("b.safetensors"));
        QCOMPARE(alone.kind, models::ModelKind::Lora);
        QCOMPARE(alone.title, QStringLiteral("b.safetensors"));
        QVERIFY(inspectEntry(at("nothing")).problem);
    }

    void onlyWhereModelsAreIsWatched()
    {
        const QString root = QStringLiteral("/r");
        QCOMPARE(modelFolders({root, FolderKind::ComfyUi}), QStringList{QStringLiteral("/r/models")});
        QCOMPARE(modelFolders({root, FolderKind::WebUi}),
                 (QStringList{QStringLiteral("/r/models"), QStringLiteral("/r/embeddings")}));
        QCOMPARE(modelFolders({root, FolderKind::Plain}), QStringList{root});
        QVERIFY(mayMatter(QStringLiteral("/r/a.SafeTensors")) && mayMatter(QStringLiteral("/r/a.preview.png")));
        QVERIFY(!mayMatter(QStringLiteral("/r/a.txt")));
    }

    void aScanCanBeStopped()
    {
        write("a.safetensors", lora(768));
        write("b.safetensors", lora(768));
        std::stop_source stop;
        ScanOptions options;
        options.progress = [&](int, int, const QString &) { stop.request_stop(); };
        const auto entries = scanShelf({{m_home->path(), {}}}, options, stop.get_token());
        QVERIFY(!entries);
        QCOMPARE(entries.error().code, ErrorCode::Cancelled);
    }

private:
    QString at(const char *name) const { return m_home->filePath(QString::fromUtf8(name)); }
    void write(const char *name, const QByteArray &bytes = "x") const
    {
        QDir().mkpath(QFileInfo(at(name)).path());
        QFile file(at(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    static void setDate(const QString &path, const QDateTime &date)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.setFileTime(date, QFileDevice::FileModificationTime));
    }

    std::unique_ptr<QTemporaryDir> m_home;
};

QTEST_GUILESS_MAIN(ShelfTest)
#include "ShelfTest.moc"
