// Details of errors in the user's language: those that are known, with their figures.
#include "core/base/ErrorDetails.h"
#include "core/base/SafeFile.h"
#include "core/base/Text.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

using namespace moodloom;

namespace {

// Answers with the source in brackets.
class Brackets : public QTranslator
{
public:
    QString translate(const char *context, const char *source, const char *, int) const override
    {
        if (QByteArray(context) != "ErrorDetail" && QByteArray(context) != "ErrorPart")
            return {};
        return QStringLiteral("<%1>").arg(QLatin1String(source));
    }
    bool isEmpty() const override { return false; }
};

} // namespace

class ErrorDetailsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutATranslationTheyStayAsTheyAre()
    {
        QCOMPARE(translatedDetail(QStringLiteral("no such file")), QStringLiteral("no such file"));
        QCOMPARE(translatedDetail(QStringLiteral("larger than 12 bytes")),
                 QStringLiteral("larger than 12 bytes"));
    }
    void figuresGoIntoTheTranslation()
    {
        class Pictures : public QTranslator
        {
        public:
            QString translate(const char *, const char *source, const char *, int) const override
            {
                return QByteArray(source) == "needs %1 MB of memory, %2 MB are free"
                           ? QStringLiteral("%2 of %1")
                           : QString();
            }
            bool isEmpty() const override { return false; }
        } translator;
        QCoreApplication::installTranslator(&translator);
        QCOMPARE(translatedDetail(QStringLiteral("needs 640 MB of memory, 80 MB are free")),
                 QStringLiteral("80 of 640"));
        QCOMPARE(translatedDetail(QStringLiteral("needs nothing")),
                 QStringLiteral("needs nothing"));
        QCoreApplication::removeTranslator(&translator);
    }
    // The reason stands within the sentence; without one there is advice in its place.
    void aSentenceHoldsItsReason()
    {
        QCOMPARE(userText({ErrorCode::Corrupt, "a.png", "ends after 12 of 300 rows"}),
                 QStringLiteral("a.png is damaged (ends after 12 of 300 rows)."));
        QCOMPARE(userText({ErrorCode::Corrupt, "a.png", "It ends too early."}),
                 QStringLiteral("a.png is damaged (It ends too early)."));
        QCOMPARE(userText({ErrorCode::Corrupt, "a.png", {}}),
                 QStringLiteral("a.png is damaged. Replace it with an intact copy."));
        QCOMPARE(userText({ErrorCode::NewerVersion, "100%1.moodloom", "its format is 9"}),
                 QStringLiteral("100%1.moodloom was made by a newer Moodloom (its format is 9). "
                                "Update Moodloom to change it."));
        QCOMPARE(userText({ErrorCode::OutOfMemory, "512 × 512", "export a smaller picture"}),
                 QStringLiteral("Not enough memory (512 × 512; export a smaller picture). Close "
                                "other programs or choose a smaller size."));
    }
    // Not by the names of their folders.
    void partsOfAModelAreNamedForPeople()
    {
        const Error error{ErrorCode::Unsupported, "/models/a",
                          "has no image_encoder; choose a folder with a CLIP for searching"};
        QVERIFY(userText(error).contains(QStringLiteral("has no image encoder; choose")));
        QCOMPARE(translatedDetail(QStringLiteral("this file has no vae; use a checkpoint with "
                                                 "U-Net, VAE and text encoder in one file"))
                     .left(21),
                 QStringLiteral("this file has no VAE;"));
        Brackets translator;
        QCoreApplication::installTranslator(&translator);
        QVERIFY(translatedDetail(QStringLiteral("has no text_encoder_2 in it"))
                    .contains(QStringLiteral("has no <second text encoder> in it")));
        QVERIFY(userText({ErrorCode::OutOfMemory, "image encoder", {}})
                    .contains(QStringLiteral("(<image encoder>)")));
        QCoreApplication::removeTranslator(&translator);
    }
    void aFileAtHomeIsNamedFromThere()
    {
        const std::string home = QDir::homePath().toStdString();
        QCOMPARE(userText({ErrorCode::Invalid, home + "/a.png", {}}),
                 QStringLiteral("~/a.png is not valid."));
        QCOMPARE(userText({ErrorCode::Invalid, home + "s/a.png", {}}),
                 QString::fromStdString(home) + QStringLiteral("s/a.png is not valid."));
    }
    // What the engine writes is what is listed: an edit on one side alone fails here.
    void whatTheDiskAnswersIsTranslated()
    {
        Brackets translator;
        QCoreApplication::installTranslator(&translator);
        QTemporaryDir folder;
        const auto missing = writeFileSafely(
            folder.filePath(QStringLiteral("none/x")).toStdString(), std::string("x"));
        QVERIFY(!missing);
        QVERIFY(userText(missing.error())
                    .contains(QStringLiteral("<the file or its folder does not exist>")));
        QCoreApplication::removeTranslator(&translator);
    }
};

QTEST_GUILESS_MAIN(ErrorDetailsTest)
#include "ErrorDetailsTest.moc"
