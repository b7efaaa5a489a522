#include "app/cli/OptionValues.h"

#include "app/cli/Words.h"
#include "core/base/ContentHash.h"
#include "core/generation/BoardReferences.h"
#include "core/image/Decode.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

namespace moodloom::cli {

using generation::RecipePicture;
using generation::RecipeReference;

namespace {

// "FILE:NUMBER": the number is behind the last colon; a file may have colons in its name.
std::pair<QString, double> fileAndNumber(const QString &text)
{
    static const QRegularExpression number(QStringLiteral("^(.*):(-?\\d*\\.?\\d+)$"));
    const auto match = number.match(text);
    if (!match.hasMatch() || QFileInfo::exists(text))
        return {text, 1};
    return {match.captured(1), match.captured(2).toDouble()};
}

} // namespace

Result<RecipePicture> readPicture(const QString &path)
{
    const QString whole = QDir::current().absoluteFilePath(path);
    const auto bytes = image::readPictureFile(whole);
    if (!bytes)
        return fail(bytes.error());
    return RecipePicture{whole, contentHash(*bytes)};
}

Result<QString> existing(const QString &path)
{
    if (!QFileInfo::exists(path))
        return fail(ErrorCode::NotFound, path.toStdString(),
                    Words::tr("there is no such file").toStdString());
    return QDir::current().absoluteFilePath(path);
}

Result<generation::RecipeLora> readLora(const QString &text)
{
    const auto [path, scale] = fileAndNumber(text);
    if (!(scale >= -4 && scale <= 4))
        return fail(ErrorCode::Invalid, ("--lora " + text).toStdString(),
                    Words::tr("scales go from -4 to 4").toStdString());
    const auto file = existing(path);
    if (!file)
        return fail(file.error());
    return generation::RecipeLora{*file, scale};
}

Result<RecipeReference> readPin(const QString &text)
{
    // Read from the end.
    static const QRegularExpression use(
        QStringLiteral("^(.*:-?\\d*\\.?\\d+):([a-z]+)(?::(\\d*\\.?\\d+)-(\\d*\\.?\\d+))?$"));
    RecipeReference pin;
    QString rest = text;
    if (const auto match = use.match(text); match.hasMatch() && !QFileInfo::exists(text)) {
        rest = match.captured(1);
        const auto role = generation::referenceRoleFromName(match.captured(2));
        if (!role)
            return fail(ErrorCode::Invalid, ("--pin " + text).toStdString(),
                        Words::tr("roles are content, style and layout").toStdString());
        pin.role = *role;
        if (match.hasCaptured(3))
            pin.steps = {match.captured(3).toDouble(), match.captured(4).toDouble()};
        if (!pin.steps.isValid())
            return fail(
                ErrorCode::Invalid, ("--pin " + text).toStdString(),
                Words::tr("parts of the run go from 0 to 1, the smaller one first").toStdString());
    }
    const auto [path, weight] = fileAndNumber(rest);
    pin.weight = weight;
    if (!(pin.weight >= 0 && pin.weight <= 2))
        return fail(ErrorCode::Invalid, ("--pin " + text).toStdString(),
                    Words::tr("weights go from 0 to 2").toStdString());
    const auto picture = readPicture(path);
    if (!picture)
        return fail(picture.error());
    pin.path = picture->path;
    pin.hash = picture->hash;
    pin.caption = QFileInfo(pin.path).completeBaseName();
    return pin;
}

Result<generation::RecipeText> readNote(const QString &given)
{
    static const QRegularExpression form(
        QStringLiteral(R"(^(N),(N),(N),(N)(?::(N)(?::(N)-(N))?)?=(.*)$)")
            .replace(QLatin1Char('N'), QStringLiteral(R"(\d*\.?\d+)")),
        QRegularExpression::DotMatchesEverythingOption);
    const auto bad = [&given](const QString &what) {
        return fail(ErrorCode::Invalid, ("--note " + given).toStdString(), what.toStdString());
    };
    const auto match = form.match(given);
    if (!match.hasMatch())
        return bad(Words::tr("say where, and what: 0.5,0.2,0.4,0.6=a red kite"));
    const auto number = [&match](int group) { return match.captured(group).toDouble(); };
    const QRectF place(number(1), number(2), number(3), number(4));
    if (place.isEmpty() || !QRectF(0, 0, 1, 1).adjusted(0, 0, 1e-9, 1e-9).contains(place))
        return bad(
            Words::tr("left, top, width and height are shares of the picture, within 0 to 1"));
    generation::RecipeText note;
    const generation::NoteWords words = generation::wordsOf(match.captured(8));
    note.text = words.text;
    note.emphasis = words.emphasis;
    if (note.text.isEmpty())
        return bad(Words::tr("it says nothing"));
    if (match.hasCaptured(5))
        note.weight = number(5);
    if (!(note.weight >= 0 && note.weight <= 2))
        return bad(Words::tr("weights go from 0 to 2"));
    if (match.hasCaptured(6))
        note.steps = {number(6), number(7)};
    if (!note.steps.isValid())
        return bad(Words::tr("parts of the run go from 0 to 1, the smaller one first"));
    note.shape = {place.topLeft(), place.topRight(), place.bottomRight(), place.bottomLeft()};
    return note;
}

} // namespace moodloom::cli
