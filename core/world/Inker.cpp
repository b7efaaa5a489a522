#include "core/world/Inker.h"

#include "core/world/Random.h"

#include <QLinearGradient>
#include <QRadialGradient>

#include <algorithm>

namespace moodloom::world {
namespace {

const QColor paper(0xfbf7ec), inkColour(0x2c3040), neonDark(0x120b38), dusk(0x1a2250);

QColor vivid(const QColor &colour)
{
    float h, s, l;
    colour.getHslF(&h, &s, &l);
    if (s < 0.25f)
        return mixed(colour, QColor(0xe8ecff), l < 0.4f ? 0.5 : 0.25);
    return QColor::fromHslF(std::max(h, 0.0f), std::min(1.0f, s * 1.25f + 0.1f),
                            std::clamp(l + 0.08f, 0.56f, 0.72f));
}

// The same hue and a lower light: mixing with a dark blue would turn warm colours to mud.
QColor dimmed(const QColor &colour, float keep)
{
    float h, s, l;
    colour.getHslF(&h, &s, &l);
    return QColor::fromHslF(std::max(h, 0.0f), std::min(1.0f, s * 1.1f), l * keep);
}

bool isVeil(const Shape &shape)
{
    return shape.top.alpha() < 160;
} // a glow, a ray of light

QPen roundPen(const QColor &colour, double width)
{
    return QPen(colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
}

} // namespace

Inker::Inker(QPainter &painter, Style style, bool night)
    : m_painter(painter), m_style(style), m_night(night)
{
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(Qt::NoPen);
}

QBrush Inker::brushOf(const Shape &shape, const QColor &top, const QColor &bottom,
                      const QRectF &area) const
{
    if (!shape.bottom.isValid())
        return top;
    QLinearGradient gradient(area.topLeft(), area.bottomLeft());
    gradient.setColorAt(0, top);
    gradient.setColorAt(1, bottom);
    return gradient;
}

// Light from the upper left. The same stops every time, so that Qt's gradient cache serves them.
void Inker::light(const QPainterPath &path, double strength)
{
    const QRectF area = path.boundingRect();
    QLinearGradient gradient(area.topLeft(), area.bottomRight());
    gradient.setColorAt(0, QColor(255, 255, 255, int(70 * strength)));
    gradient.setColorAt(0.45, QColor(255, 255, 255, 0));
    gradient.setColorAt(0.55, QColor(20, 16, 60, 0));
    gradient.setColorAt(1, QColor(20, 16, 60, int(62 * strength)));
    m_painter.fillPath(path, gradient);
}

void Inker::flatShape(const Shape &shape, const QPainterPath &path, double strength)
{
    m_painter.fillPath(path, brushOf(shape, shape.top, shape.bottom, path.boundingRect()));
    if (shape.finish == Finish::Round && !shape.detail)
        light(path, strength);
}

void Inker::lineShape(const Shape &shape, const QPainterPath &path, bool far)
{
    const double wash = far ? 0.72 : shape.detail ? 0.1 : 0.28;
    m_painter.fillPath(path, brushOf(shape, mixed(shape.top, paper, wash),
                                     mixed(shape.bottom, paper, wash), path.boundingRect()));
    if (shape.clip >= 0 || (far && (shape.detail || shape.bottom.isValid())))
        return;
    const QColor ink = far ? mixed(inkColour, paper, 0.55) : inkColour;
    m_painter.strokePath(path, roundPen(ink, far ? 0.55 : shape.detail ? 0.7 : 1.15));
}

void Inker::neonShape(const Shape &shape, const QPainterPath &path, bool far)
{
    if (far) {
        const double depth = shape.finish == Finish::Lit ? 0.3 : 0.76;
        m_painter.fillPath(path,
                           brushOf(shape, mixed(shape.top, neonDark, depth),
                                   mixed(shape.bottom, neonDark, depth), path.boundingRect()));
        if (!shape.detail && !shape.bottom.isValid() && !isVeil(shape))
            m_painter.strokePath(
                path,
                roundPen(withAlpha(vivid(mixed(shape.top, QColor(0xb04ad8), 0.35)), 0.5), 0.6));
        return;
    }
    const QColor bright = vivid(shape.top);
    const float keep = shape.finish == Finish::Lit ? 1.0f
                       : shape.clip >= 0           ? 0.86f
                       : shape.detail              ? 0.7f
                                                   : 0.6f;
    m_painter.fillPath(path, dimmed(shape.top, keep));
    if (shape.clip >= 0)
        return;
    if (!shape.detail)
        m_painter.strokePath(path, roundPen(withAlpha(bright, 0.28), 3.0));
    m_painter.strokePath(path, roundPen(mixed(bright, Qt::white, 0.15), shape.detail ? 0.6 : 1.1));
}

void Inker::paperShape(const Shape &shape, const QPainterPath &path, bool far)
{
    if (isVeil(shape))
        return; // paper does not glow
    if (shape.clip < 0) {
        const double offset = shape.detail ? 0.7 : far ? 1.7 : 1.4;
        m_painter.fillPath(path.translated(offset * 0.7, offset * 1.1), QColor(25, 20, 50, 34));
        m_painter.fillPath(path.translated(offset * 0.4, offset * 0.6), QColor(25, 20, 50, 46));
    }
    // Paper has one colour: gradients become the sheet of their middle.
    const QColor sheet = shape.bottom.isValid() ? mixed(shape.top, shape.bottom, 0.5) : shape.top;
    if (far && shape.bottom.isValid())
        m_painter.fillPath(path, brushOf(shape, mixed(shape.top, sheet, 0.4),
                                         mixed(shape.bottom, sheet, 0.4), path.boundingRect()));
    else
        m_painter.fillPath(path, sheet);
    // The white core of the sheet shows along the cut.
    if (!shape.detail)
        m_painter.strokePath(path,
                             roundPen(mixed(sheet, Qt::white, far ? 0.3 : 0.62), far ? 0.5 : 0.75));
}

void Inker::waterShape(const Shape &shape, const QPainterPath &path, bool far)
{
    const double pale = far ? (m_night ? 0.06 : 0.16) : 0.03;
    const QColor top = mixed(shape.top, paper, pale), bottom = mixed(shape.bottom, paper, pale);
    if (isVeil(shape) || shape.detail || shape.clip >= 0) {
        m_painter.fillPath(path, top);
        return;
    }
    m_painter.fillPath(path, brushOf(shape, withAlpha(top, shape.top.alphaF() * (far ? 0.92 : 1.0)),
                                     bottom, path.boundingRect()));
    if (shape.bottom.isValid())
        return;
    // Pigment pools: lighter above, darker along the edge.
    const QRectF area = path.boundingRect();
    QRadialGradient pool(
        QPointF(area.left() + area.width() * 0.38, area.top() + area.height() * 0.3),
        std::max(area.width(), area.height()) * 0.75);
    pool.setColorAt(0, QColor(255, 255, 255, 64));
    pool.setColorAt(0.6, QColor(255, 255, 255, 12));
    pool.setColorAt(1, QColor(30, 20, 60, 52));
    m_painter.fillPath(path, pool);
    m_painter.strokePath(
        path,
        roundPen(withAlpha(mixed(top, QColor(0x2a2140), 0.45), far ? 0.22 : 0.5), far ? 0.5 : 0.8));
}

void Inker::clayShape(const Shape &shape, const QPainterPath &path)
{
    m_painter.fillPath(path, brushOf(shape, shape.top, shape.bottom, path.boundingRect()));
    if (shape.bottom.isValid() || shape.clip >= 0 || isVeil(shape))
        return;
    light(path, 1.4);
    if (shape.detail)
        return;
    // A soft highlight, as on something moulded.
    const QRectF area = path.boundingRect();
    QRadialGradient shine(
        QPointF(area.left() + area.width() * 0.3, area.top() + area.height() * 0.22),
        std::min(area.width(), area.height()) * 0.55);
    shine.setColorAt(0, QColor(255, 255, 255, 105));
    shine.setColorAt(1, QColor(255, 255, 255, 0));
    m_painter.fillPath(path, shine);
}

void Inker::ink(const Shape &given, const QPainterPath &path, bool far)
{
    // By night things are a little darker, but never lost.
    Shape shape = given;
    if (m_night && !far && m_style != Style::Neon && shape.finish != Finish::Lit)
        shape.top = mixed(shape.top, dusk, 0.14);
    switch (m_style) {
    case Style::Flat:
        flatShape(shape, path, far ? 0.5 : 1.0);
        break;
    case Style::LineArt:
        lineShape(shape, path, far);
        break;
    case Style::Neon:
        neonShape(shape, path, far);
        break;
    case Style::PaperCut:
        paperShape(shape, path, far);
        break;
    case Style::Watercolour:
        waterShape(shape, path, far);
        break;
    case Style::Clay:
        clayShape(shape, path);
        break;
    }
}

void Inker::draw(const Sketch &sketch, const QTransform &place, bool far)
{
    for (const Shape &shape : sketch.shapes()) {
        const QPainterPath path = place.isIdentity() ? shape.path : place.map(shape.path);
        if (shape.clip < 0) {
            ink(shape, path, far);
            continue;
        }
        m_painter.save();
        m_painter.setClipPath(place.map(sketch.shapes()[size_t(shape.clip)].path));
        ink(shape, path, far);
        m_painter.restore();
    }
}

void Inker::backdrop(const Sketch &sketch)
{
    draw(sketch, {}, true);
}

void Inker::thing(const Sketch &sketch, const QTransform &place, bool rim)
{
    if (m_style == Style::Neon || (rim && m_style != Style::LineArt)) {
        const QColor edge = m_style == Style::Neon ? QColor(120, 130, 255, 60)
                            : m_night              ? QColor(196, 208, 255, 200)
                                                   : QColor(255, 252, 242, 235);
        const double width = m_style == Style::Neon ? 4.0 : m_night ? 2.0 : 2.6;
        for (const Shape &shape : sketch.shapes())
            if (!shape.detail)
                m_painter.strokePath(place.map(shape.path), roundPen(edge, width));
    }
    draw(sketch, place, false);
}

void Inker::contactShadow(QPointF centre, double rx, double ry)
{
    m_painter.save();
    m_painter.translate(centre);
    m_painter.scale(1, ry / rx);
    QRadialGradient shade(QPointF(0, 0), rx);
    const int depth = m_style == Style::Neon ? 40 : m_style == Style::LineArt ? 60 : 95;
    shade.setColorAt(0, QColor(20, 16, 50, depth));
    shade.setColorAt(0.55, QColor(20, 16, 50, depth * 2 / 3));
    shade.setColorAt(1, QColor(20, 16, 50, 0));
    m_painter.setBrush(shade);
    m_painter.drawEllipse(QPointF(0, 0), rx, rx);
    m_painter.restore();
}

void Inker::finish(uint64_t seed)
{
    if (m_style != Style::Watercolour)
        return;
    // Blooms of water and a pale, uneven margin of paper.
    Random random(seed);
    for (int i = 0; i < 7; ++i) {
        const double y = random.range(0, 100), x = random.range(0, 100);
        const QPointF at(x, y);
        const double radius = random.range(10, 26);
        QRadialGradient bloom(at, radius);
        bloom.setColorAt(0, QColor(255, 255, 255, m_night ? 12 : 28));
        bloom.setColorAt(0.85, QColor(255, 255, 255, m_night ? 5 : 14));
        bloom.setColorAt(1, QColor(255, 255, 255, 0));
        m_painter.setBrush(bloom);
        m_painter.drawEllipse(at, radius, radius);
    }
    std::vector<QPointF> margin;
    for (int side = 0; side < 4; ++side)
        for (int i = 0; i < 8; ++i) {
            const double along = i * 12.5, in = random.range(0.6, 3.4);
            margin.push_back(side == 0   ? QPointF(along, in)
                             : side == 1 ? QPointF(100 - in, along)
                             : side == 2 ? QPointF(100 - along, 100 - in)
                                         : QPointF(in, 100 - along));
        }
    QPainterPath edge = box(-1, -1, 102, 102);
    edge.addPath(blob(margin));
    edge.setFillRule(Qt::OddEvenFill);
    m_painter.fillPath(edge, withAlpha(paper, 0.9));
}

} // namespace moodloom::world
