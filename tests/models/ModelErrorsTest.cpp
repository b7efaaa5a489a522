// What is said of a model that cannot be used is known to the list of translated details.
#include "core/base/Text.h"
#include "core/models/ModelFolder.h"
#include "core/tensor/PickleFile.h"
#include "core/tensor/SafeTensors.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

using namespace moodloom;

class ModelErrorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // What the engine writes is what is listed: an edit on one side alone fails here.
    void whatIsWrongWithAModelIsTranslated()
    {
        class Brackets : public QTranslator
        {
        public:
            QString translate(const char *context, const char *, const char *, int) const override
            {
                return QByteArray(context) == "ErrorDetail" ? QStringLiteral("<>") : QString();
            }
            bool isEmpty() const override { return false; }
        } translator;
        const QTemporaryDir folder;
        const auto at = [&folder](const char *name) {
            return folder.filePath(QLatin1String(name)).toStdString();
        };
        const auto write = [&at](const char *name, const QByteArray &bytes) {
            QFile file(QString::fromStdString(at(name)));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        };
        const QByteArray header = R"({"w":{"dtype":"F32","shape":[8],"data_offsets":[0,32]}})";
        const QByteArray size = QByteArray(1, char(header.size())) + QByteArray(7, '\0');
        write("cut.safetensors", size + header + QByteArray(16, '\0'));
        write("shorter.safetensors", size + header.first(20));
        write("old.bin", QByteArray("\x80\x02\x8a\x0al\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15));
        write("model_index.json", "{}");
        write("broken.json", "{");
        const auto model = models::ModelFolder::open(folder.path().toStdString());
        QVERIFY(model);
        const Error found[] = {tensor::SafeTensors::open(at("cut.safetensors")).error(),
                               tensor::SafeTensors::open(at("shorter.safetensors")).error(),
                               tensor::openPickle(at("old.bin")).error(),
                               models::ModelFolder::open(at("gone")).error(),
                               models::readJson(at("broken.json")).error(),
                               model->config("vae", "config.json").error()};
        QCoreApplication::installTranslator(&translator);
        QStringList texts;
        for (const Error &error : found)
            texts << userText(error);
        QCoreApplication::removeTranslator(&translator);
        for (const QString &text : std::as_const(texts))
            QVERIFY2(text.contains(QLatin1String("<>")), qPrintable(text));
    }
};

QTEST_GUILESS_MAIN(ModelErrorsTest)
#include "ModelErrorsTest.moc"
