#include "ui/board/ModelView.h"

#include "core/base/Coverage.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace moodloom::ui {
namespace {

constexpr int kImageSide = 256;  // about, of the longer side
constexpr double kOpacity = 0.6; // of what acts fully: the picture below stays visible

QString shortened(QString name)
{
    if (name.size() > 24)
        name = name.left(23).trimmed() + QChar(0x2026);
    return name;
}

// Lines are joined as a prompt is; between Chinese words they are read with a Chinese comma.
QString shownWords(QString text)
{
    static const QRegularExpression between(QStringLiteral("(?<=\\p{Han}), *(?=\\p{Han})"));
    return text.replace(between, QStringLiteral("，"));
}

QString weightText(double weight)
{
    return QCoreApplication::translate("ModelView", "weight %1")
        .arg(QLocale().toString(weight, 'f', 2));
}

// `share`: of each cell, row by row.
QImage cellImage(const std::vector<float> &share, int height, int width, QColor ink)
{
    QImage cells(width, height, QImage::Format_ARGB32_Premultiplied);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            ink.setAlphaF(float(kOpacity * double(share[size_t(y) * size_t(width) + size_t(x)])));
            cells.setPixel(x, y, qPremultiply(ink.rgba()));
        }
    const int cell = std::max(1, kImageSide / std::max(width, height));
    return cells.scaled(width * cell, height * cell, Qt::IgnoreAspectRatio, Qt::FastTransformation);
}

std::vector<float> shapeShare(const QVector<QPointF> &shape, int height, int width)
{
    std::vector<Corner> corners;
    for (const QPointF &corner : shape)
        corners.push_back({corner.x(), corner.y()});
    return shapeCoverage(corners, height, width);
}

std::vector<float> regionShare(const QRectF &region, int height, int width)
{
    if (region.isEmpty())
        return std::vector<float>(size_t(height) * size_t(width), 1.0f);
    const auto across = cellCoverage(region.x(), region.width(), width);
    std::vector<float> share;
    for (const float y : cellCoverage(region.y(), region.height(), height))
        for (const float x : across)
            share.push_back(x * y);
    return share;
}

} // namespace

QImage maskImage(const QVector<ActingItem> &acting, qsizetype index, QSize pixels, int factor,
                 const QColor &ink)
{
    const int width = std::max(1, pixels.width() / factor),
              height = std::max(1, pixels.height() / factor);
    const auto share = [&](const ActingItem &item) {
        return item.shape.isEmpty() ? regionShare(item.region, height, width)
                                    : shapeShare(item.shape, height, width);
    };
    std::vector<std::vector<float>> layers{share(acting[index])};
    std::vector<double> opacities{acting[index].weight};
    const bool placed = !acting[index].region.isEmpty();
    for (qsizetype i = index + 1; placed && i < acting.size(); ++i)
        if (acting[i].layer == acting[index].layer && !acting[i].region.isEmpty()) {
            layers.push_back(share(acting[i]));
            opacities.push_back(acting[i].weight);
        }
    coverEachOther(layers, opacities);
    return cellImage(layers.front(), height, width, ink);
}

QVector<ActingItem> actingItems(const board::Board &board, board::ItemId frame,
                                const QHash<board::ItemId, board::Item> &moved)
{
    QVector<ActingItem> acting;
    for (const auto &placed : generation::boardReferences(board, frame, moved))
        acting.append({placed.item, placed.reference.region, placed.reference.shape,
                       useText(placed.reference), int(placed.reference.role),
                       placed.reference.weight});
    for (const auto &placed : generation::boardTexts(board, frame, moved))
        acting.append({placed.item, placed.region, placed.text.shape, useText(placed.text),
                       ActingItem::noteLayer, placed.text.weight});
    return acting;
}

QString roleText(board::ReferenceRole role)
{
    switch (role) {
    case board::ReferenceRole::Content:
        return QCoreApplication::translate("ModelView", "content");
    case board::ReferenceRole::Style:
        return QCoreApplication::translate("ModelView", "style");
    case board::ReferenceRole::Layout:
        return QCoreApplication::translate("ModelView", "layout");
    }
    return {};
}

QString stepsText(board::StepRange steps)
{
    return QCoreApplication::translate("ModelView", "%1–%2 %")
        .arg(std::lround(steps.from * 100))
        .arg(std::lround(steps.to * 100));
}

QString useText(const generation::RecipeText &text)
{
    QStringList parts{QCoreApplication::translate("ModelView", "“%1”").arg(shortened(shownWords(text.text))),
                      QCoreApplication::translate("ModelView", "words"), weightText(text.weight)};
    if (!text.steps.isWhole())
        parts << QCoreApplication::translate("ModelView", "steps %1").arg(stepsText(text.steps));
    return parts.join(QStringLiteral(" · "));
}

QString useText(const generation::RecipeReference &reference)
{
    QString name = reference.caption.simplified();
    if (name.isEmpty())
        name = QFileInfo(reference.path).completeBaseName();
    QStringList parts;
    if (!name.isEmpty())
        parts << shortened(name);
    parts << roleText(reference.role);
    if (!reference.part.isEmpty())
        parts << QCoreApplication::translate("ModelView", "a part of it");
    parts << weightText(reference.weight);
    if (!reference.steps.isWhole())
        parts
            << QCoreApplication::translate("ModelView", "steps %1").arg(stepsText(reference.steps));
    return parts.join(QStringLiteral(" · "));
}

} // namespace moodloom::ui
