#include "ui/controls/Format.h"

#include <QDir>
#include <QKeySequence>
#include <QLocale>

#include <cmath>

namespace moodloom::ui {

QString Format::number(double value, int decimals)
{
    return QLocale().toString(value, 'f', decimals);
}

QString Format::duration(double seconds)
{
    if (seconds < 0 || !std::isfinite(seconds))
        return {};
    const qint64 whole = qint64(std::ceil(seconds));
    if (whole < 60)
        return tr("%1 s").arg(whole);
    if (whole < 3600)
        return whole % 60 == 0 ? tr("%1 min").arg(whole / 60)
                               : tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
    return tr("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
}

QString Format::bytes(double count)
{
    const QLocale locale;
    QString text = locale.formattedDataSize(qint64(count), 1, QLocale::DataSizeSIFormat);
    return text.replace(locale.decimalPoint() + locale.zeroDigit() + QLatin1Char(' '),
                        QStringLiteral(" ")); // "144 MB"
}

QString Format::unbroken(const QString &text)
{
    constexpr int longest = 28;
    const QString between = QStringLiteral(" · ");
    QStringList parts = text.split(between);
    for (QString &part : parts)
        if (part.size() <= longest)
            part.replace(QLatin1Char(' '), QChar::Nbsp);
    return parts.join(between);
}

QString Format::keys(const QString &sequence)
{
    QString text = QKeySequence(sequence, QKeySequence::PortableText)
                       .toString(QKeySequence::NativeText);
    text.replace(QLatin1String("Return"), QStringLiteral("↵"));
    return text;
}

QString Format::fileUrl(const QString &path)
{
    return QString::fromUtf8(QUrl::fromLocalFile(path).toEncoded());
}

QString Format::localPath(const QUrl &url)
{
    return url.toLocalFile();
}

QString Format::path(const QString &path)
{
    const QString home = QDir::homePath();
    if (home.size() > 1 && path.startsWith(home + QLatin1Char('/')))
        return QLatin1Char('~') + QDir::toNativeSeparators(path.sliced(home.size()));
    return QDir::toNativeSeparators(path);
}

} // namespace moodloom::ui
