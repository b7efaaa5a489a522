// Words and ids as the reference gives them, and vocabularies that we learn ourselves.
#include "core/models/Tokenizer.h"
#include "core/base/SafeFile.h"
#include "core/models/TokenizerTraining.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace moodloom;
using namespace moodloom::models;
using Ids = std::vector<int64_t>;

class TokenizerTest : public QObject
{
    Q_OBJECT

    static QString conformance() { return qEnvironmentVariable("MOODLOOM_CONFORMANCE_DIR"); }

    static std::vector<std::string> captions()
    {
        std::vector<std::string> texts;
        for (const char *colour : {"red", "teal", "amber"})
            for (const char *thing : {"lighthouse", "sailing boat", "tram", "fox"})
                for (const char *place : {"at sunset", "in the desert", "under the stars"})
                    texts.push_back(std::string("a ") + colour + " " + thing + " " + place +
                                    ", it's quiet");
        for (const char *thing : {"灯塔", "帆船", "电车", "狐狸"})
            for (const char *place : {"日落时的", "沙漠里的", "星空下的"})
                texts.push_back(std::string(place) + "红色" + thing);
        return texts;
    }

    static Tokenizer trained(const QTemporaryDir &dir, int size)
    {
        const std::string folder = dir.path().toStdString();
        TokenizerOptions options;
        options.vocabularySize = size;
        options.maxLength = 24;
        if (const auto done = trainTokenizer(captions(), folder, options); !done)
            qFatal("%s", errorText(done.error()).c_str());
        auto tokenizer = Tokenizer::load(folder);
        if (!tokenizer)
            qFatal("%s", errorText(tokenizer.error()).c_str());
        return *tokenizer;
    }

private Q_SLOTS:
    void givesTheReferenceIds()
    {
        if (!QDir(conformance()).exists() || conformance().isEmpty())
            QSKIP("no reference data: set MOODLOOM_CONFORMANCE_DIR");
        const auto tokenizer =
            Tokenizer::load(conformance().toStdString() + "/tiny-sd15/tokenizer");
        QVERIFY2(tokenizer, tokenizer ? "" : errorText(tokenizer.error()).c_str());
        const auto text = readFile(conformance().toStdString() + "/golden/tokenizer.json");
        QVERIFY(text);
        const auto golden = nlohmann::json::parse(*text);
        int rows = 0;
        for (const auto &row : golden["cases"]) {
            const auto source = row["text"].get<std::string>();
            // Also where the four references differ we follow one of them: the Rust tokenizer.
            const auto whole = tokenizer->encodeWhole(source);
            QVERIFY2(whole == row["ids"].get<Ids>(), source.c_str());
            QVERIFY2(tokenizer->encodePadded(source) == row["ids77"].get<Ids>(), source.c_str());
            ++rows;
        }
        QCOMPARE(rows, golden["count"].get<int>());
    }

    void cutsWordsByUnicodeProperty()
    {
        using Words = std::vector<std::string>;
        QCOMPARE(splitWords(normalizeText("It's 42°C,  the FOX'll")),
                 (Words{"it", "'s", "4", "2", "°", "c", ",", "the", "fox", "'ll"}));
        QCOMPARE(splitWords("大众揽巡 suv"), (Words{"大众揽巡", "suv"}));
        QCOMPARE(splitWords("大众suv揽巡", HanSplit::Characters),
                 (Words{"大", "众", "suv", "揽", "巡"}));
    }

    void learnsAVocabularyWhoseIdsDecodeToTheText()
    {
        QTemporaryDir dir;
        const Tokenizer tokenizer = trained(dir, 640);
        QVERIFY(tokenizer.size() > 514 && tokenizer.size() <= 640);
        for (const std::string &caption : captions()) {
            const auto ids = tokenizer.encode(caption);
            for (const int64_t id : ids)
                QVERIFY(id >= 0 && id < tokenizer.size());
            std::string words; // what the words are, whatever separated them
            for (const std::string &word : splitWords(normalizeText(caption), HanSplit::Characters))
                words += (words.empty() ? "" : " ") + word;
            QCOMPARE(tokenizer.decode(ids), words);
        }
        // Frequent words became single ids.
        QCOMPARE(tokenizer.encode("lighthouse").size(), size_t(1));
        QCOMPARE(tokenizer.encode("灯塔").size(), size_t(2));
        // What was never seen is spelled in bytes, not lost.
        QCOMPARE(tokenizer.decode(tokenizer.encode("żubr")), std::string("żubr"));
    }

    void learnsTheSameFilesAgain()
    {
        QTemporaryDir one, two;
        trained(one, 640);
        trained(two, 640);
        for (const char *name : {"/vocab.json", "/merges.txt"})
            QCOMPARE(*readFile(one.path().toStdString() + name),
                     *readFile(two.path().toStdString() + name));
    }

    void padsAndTruncates()
    {
        QTemporaryDir dir;
        const Tokenizer tokenizer = trained(dir, 640);
        const auto padded = tokenizer.encodePadded("a fox");
        QCOMPARE(padded.size(), size_t(24));
        QCOMPARE(padded.front(), tokenizer.startId());
        QCOMPARE(padded[3], tokenizer.endId());
        QCOMPARE(padded.back(), tokenizer.padId());
        const auto cut = tokenizer.encodePadded("a fox a fox a fox", 5);
        QCOMPARE(cut.size(), size_t(5));
        QCOMPARE(cut.back(), tokenizer.endId());
    }

    // SD 2's folders name another padding in each of the two files.
    void takesSpecialTokensFromTheMapUnlessTheConfigListsThem()
    {
        QTemporaryDir dir;
        trained(dir, 640);
        const std::string folder = dir.path().toStdString();
        const std::string config = R"({"pad_token": "<|endoftext|>", "model_max_length": 24)";
        QVERIFY(writeFileSafely(folder + "/special_tokens_map.json",
                                std::string(R"({"pad_token": "!"})")));
        QVERIFY(writeFileSafely(folder + "/tokenizer_config.json", config + "}"));
        const auto older = Tokenizer::load(folder);
        QVERIFY2(older, older ? "" : errorText(older.error()).c_str());
        QCOMPARE(older->encodePadded("a fox").back(), older->padId());
        QVERIFY(older->padId() != older->endId());
        QCOMPARE(older->maxLength(), 24);
        QVERIFY(writeFileSafely(folder + "/tokenizer_config.json",
                                config + R"(, "added_tokens_decoder": {}})"));
        const auto newer = Tokenizer::load(folder);
        QVERIFY2(newer, newer ? "" : errorText(newer.error()).c_str());
        QCOMPARE(newer->padId(), newer->endId());
    }

    // What newer libraries write in place of vocab.json and merges.txt.
    void readsBothTablesFromOneFile()
    {
        QTemporaryDir dir;
        const std::string folder = dir.path().toStdString();
        const Tokenizer before = trained(dir, 640);
        nlohmann::json merges = nlohmann::json::array();
        const std::string text = *readFile(folder + "/merges.txt");
        for (const QString &line : QString::fromStdString(text).split('\n', Qt::SkipEmptyParts))
            if (!line.startsWith("#version"))
                merges.push_back(line.toStdString());
        nlohmann::json whole{{"version", "1.0"}};
        whole["model"] = {{"type", "BPE"},
                          {"vocab", nlohmann::json::parse(*readFile(folder + "/vocab.json"))},
                          {"merges", merges}};
        for (const char *name : {"/vocab.json", "/merges.txt"})
            QVERIFY(QFile::remove(QString::fromStdString(folder + name)));
        for (const bool pairs : {false, true}) {
            if (pairs)
                for (nlohmann::json &merge : whole["model"]["merges"]) {
                    const std::string line = merge;
                    merge = nlohmann::json::array(
                        {line.substr(0, line.find(' ')), line.substr(line.find(' ') + 1)});
                }
            QVERIFY(writeFileSafely(folder + "/tokenizer.json", whole.dump()));
            const auto after = Tokenizer::load(folder);
            QVERIFY2(after, after ? "" : errorText(after.error()).c_str());
            for (const std::string &caption : captions())
                QCOMPARE(after->encodePadded(caption), before.encodePadded(caption));
        }
        whole["model"]["type"] = "Unigram";
        QVERIFY(writeFileSafely(folder + "/tokenizer.json", whole.dump()));
        QCOMPARE(Tokenizer::load(folder).error().code, ErrorCode::Unsupported);
    }

    void namesWhatDoesNotFit()
    {
        QTemporaryDir dir;
        const std::string folder = dir.path().toStdString();
        QCOMPARE(Tokenizer::load(folder).error().code, ErrorCode::NotFound);
        trained(dir, 640);
        QVERIFY(writeFileSafely(folder + "/merges.txt", std::string("#version: 0.2\nzzzz yyyy\n")));
        const auto mismatch = Tokenizer::load(folder);
        QCOMPARE(mismatch.error().code, ErrorCode::Mismatch);
        QVERIFY(mismatch.error().detail.find("zzzz yyyy") != std::string::npos);
        QVERIFY(writeFileSafely(folder + "/vocab.json", std::string("{\"a\": 1")));
        QCOMPARE(Tokenizer::load(folder).error().code, ErrorCode::Corrupt);
    }
};

QTEST_GUILESS_MAIN(TokenizerTest)
#include "TokenizerTest.moc"
