#include "ui/board/ModelView.h"

#include "core/base/Coverage.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace moodloom::ui {
namespace {

constexpr int kImageSide = 256;  // about, of the longer side
constexpr double kOpacity = 0.6; // of what acts fully: the picture below stays visible

} // namespace

QImage maskImage(const QRectF &region, QSize pixels, int factor, const QColor &ink)
{
    const int width = std::max(1, pixels.width() / factor),
              height = std::max(1, pixels.height() / factor);
    const bool everywhere = region.width() <= 0 || region.height() <= 0;
    const auto across = everywhere ? std::vector<float>(size_t(width), 1.0f)
                                   : cellCoverage(region.x(), region.width(), width);
    const auto down = everywhere ? std::vector<float>(size_t(height), 1.0f)
                                 : cellCoverage(region.y(), region.height(), height);
    QImage cells(width, height, QImage::Format_ARGB32_Premultiplied);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            QColor color = ink;
            color.setAlphaF(float(kOpacity * double(across[size_t(x)]) * double(down[size_t(y)])));
            cells.setPixel(x, y, qPremultiply(color.rgba()));
        }
    const int cell = std::max(1, kImageSide / std::max(width, height));
    return cells.scaled(width * cell, height * cell, Qt::IgnoreAspectRatio, Qt::FastTransformation);
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

QString useText(const generation::RecipeReference &reference)
{
    QString name = reference.caption.simplified();
    if (name.isEmpty())
        name = QFileInfo(reference.path).completeBaseName();
    if (name.size() > 24)
        name = name.left(23).trimmed() + QChar(0x2026);
    QStringList parts;
    if (!name.isEmpty())
        parts << name;
    parts << roleText(reference.role);
    if (!reference.part.isEmpty())
        parts << QCoreApplication::translate("ModelView", "a part of it");
    parts << QCoreApplication::translate("ModelView", "weight %1")
                 .arg(QLocale().toString(reference.weight, 'f', 2));
    if (!reference.steps.isWhole())
        parts
            << QCoreApplication::translate("ModelView", "steps %1").arg(stepsText(reference.steps));
    return parts.join(QStringLiteral(" · "));
}

} // namespace moodloom::ui
