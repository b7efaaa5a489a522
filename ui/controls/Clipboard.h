// The system's clipboard: text, a picture's file, its pixels, how it was made. Stateless; UI
// thread.
#pragma once

#include <QObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>
#include <QVariant>

class QImage;

namespace moodloom::ui {

inline constexpr char recipeMimeType[] = "application/x-moodloom-recipe+json";

class Clipboard : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
public:
    using QObject::QObject;
    Q_INVOKABLE void copy(const QString &text) const;

    // For file managers and mail programs: the files themselves.
    static void copyFiles(const QStringList &paths);
    // For editors: the pixels alone.
    static void copyPixels(const QImage &image);
    // As text that other programs take; `json`, where there is one, is Moodloom's own recipe.
    static void copyRecipe(const QString &text, const QByteArray &json = {});
};

} // namespace moodloom::ui
