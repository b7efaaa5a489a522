#include "core/library/AssetRow.h"

#include <QFileInfo>

namespace moodloom::library {
namespace {

QDateTime readDate(const Statement &row, int column)
{
    return row.isNull(column) ? QDateTime() : QDateTime::fromMSecsSinceEpoch(row.integer(column));
}

// "#aabbcc 0.52 #001122 0.31": readable in any SQLite browser.
QString storedPalette(const QVector<Swatch> &palette)
{
    QStringList parts;
    for (const Swatch &swatch : palette)
        parts << swatch.color.name() << QString::number(swatch.share, 'f', 4);
    return parts.join(QLatin1Char(' '));
}

QVector<Swatch> readPalette(const QString &text)
{
    QVector<Swatch> palette;
    const QStringList parts = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (qsizetype i = 0; i + 1 < parts.size(); i += 2)
        palette.append({QColor(parts[i]), parts[i + 1].toFloat()});
    return palette;
}

} // namespace

QVariant storedDate(const QDateTime &date)
{
    return date.isValid() ? QVariant(date.toMSecsSinceEpoch()) : QVariant();
}

QString assetColumns()
{
    return QStringLiteral(
        "assets.id, hash, path, format, width, height, bytes, modified, captured, "
        "imported, assets.description, assets.keywords, palette, phash, missing");
}

Asset readAsset(const Statement &row)
{
    Asset asset;
    asset.id = row.integer(0);
    asset.hash = row.text(1);
    asset.path = row.text(2);
    asset.format = row.text(3);
    asset.size = QSize(int(row.integer(4)), int(row.integer(5)));
    asset.bytes = row.integer(6);
    asset.modified = readDate(row, 7);
    asset.captured = readDate(row, 8);
    asset.imported = readDate(row, 9);
    asset.description = row.text(10);
    asset.keywords = row.text(11).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    asset.palette = readPalette(row.text(12));
    asset.perceptualHash = quint64(row.integer(13));
    asset.missing = row.integer(14) != 0;
    return asset;
}

QVariantList assetValues(const Asset &asset)
{
    return {asset.hash,
            asset.path,
            asset.format,
            asset.size.width(),
            asset.size.height(),
            asset.bytes,
            storedDate(asset.modified),
            storedDate(asset.captured),
            storedDate(asset.imported),
            asset.description,
            asset.keywords.join(QLatin1Char('\n')),
            storedPalette(asset.palette),
            qint64(asset.perceptualHash),
            asset.missing};
}

} // namespace moodloom::library
