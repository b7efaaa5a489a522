#include "ui/controls/Format.h"

#include <QDir>
#include <QKeySequence>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
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
    constexpr int longest = 28; // columns; a Chinese character takes two
    constexpr char16_t joiner = 0x2060;
    static const QRegularExpression figure(QStringLiteral("(\\d|×|\\bSD) (?=\\S)"));
    const auto isHan = [](QChar letter) { return letter.script() == QChar::Script_Han; };
    const QString between = QStringLiteral(" · ");
    QStringList parts = text.split(between);
    for (QString &part : parts) {
        if (part.size() + std::count_if(part.cbegin(), part.cend(), isHan) > longest) {
            part.replace(figure, QStringLiteral("\\1\u00a0")); // "512 px", "256 × 256"
            continue;
        }
        part.replace(QLatin1Char(' '), QChar::Nbsp);
        for (qsizetype i = part.size() - 1; i > 0; --i)
            if (isHan(part[i]) && isHan(part[i - 1]))
                part.insert(i, joiner);
    }
    return parts.join(between);
}

QString Format::sentence(const QString &text)
{
    return text.isEmpty() ? text : text.front().toUpper() + text.sliced(1);
}

QString Format::keys(const QString &sequence)
{
    QString text = QKeySequence(sequence, QKeySequence::PortableText)
                       .toString(QKeySequence::NativeText);
    text.replace(QLatin1String("Return"), QStringLiteral("↵"));
    return text;
}

QString Format::sequence(int key, int modifiers)
{
    switch (key) {
    case Qt::Key_Control:
    case Qt::Key_Shift:
    case Qt::Key_Alt:
    case Qt::Key_AltGr:
    case Qt::Key_Meta:
    case Qt::Key_unknown:
        return {};
    case Qt::Key_Enter:
        key = Qt::Key_Return;
        break;
    }
    return QKeySequence(key | (modifiers & ~int(Qt::KeypadModifier)))
        .toString(QKeySequence::PortableText);
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
