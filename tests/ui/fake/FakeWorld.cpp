#include "tests/ui/fake/FakeWorld.h"

#include "core/session/FailedTakes.h"
#include "core/session/GroundingDesk.h"

#include "core/image/Thumbnail.h"

#include <QPainter>
#include <QUuid>

namespace moodloom::fake {

World &world()
{
    static World world;
    return world;
}

QImage picture(const QColor &color, QSize size)
{
    QImage image(size, QImage::Format_RGB888);
    image.fill(color);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color.lighter(140));
    painter.drawEllipse(QPointF(size.width() * 0.6, size.height() * 0.45), size.height() * 0.25,
                        size.height() * 0.25);
    painter.setBrush(color.darker(140));
    painter.drawRect(QRectF(0, size.height() * 0.7, size.width(), size.height() * 0.3));
    return image;
}

void reset(int assets)
{
    World &w = world() = World();
    const image::ThumbnailStore thumbnails;
    const QSize shapes[] = {{320, 240}, {240, 320}, {320, 320}, {320, 180}};
    for (int i = 0; i < assets; ++i) {
        library::Asset asset;
        asset.id = i + 1;
        asset.hash = QStringLiteral("fake%1").arg(i, 4, 10, QLatin1Char('0'));
        asset.path = QStringLiteral("/pictures/car %1.jpg").arg(i + 1);
        asset.format = QStringLiteral("jpeg");
        asset.size = shapes[i % 4] * 6;
        asset.bytes = 1'240'000 + 7919 * i;
        if (i % 3)
            asset.description = QStringLiteral("a car on a road, number %1").arg(i + 1);
        w.assets.append(asset);
        const QColor color = QColor::fromHsl(i * 47 % 360, 90, 80 + i * 13 % 90);
        (void)thumbnails.write(asset.hash, picture(color, shapes[i % 4]));
    }
}

void stepOnce(session::Session *session)
{
    World &w = world();
    if (w.jobs.isEmpty())
        return;
    ++w.step.step;
    w.step.total = w.settings.steps;
    w.step.preview = picture(QColor::fromHsl(w.step.step * 11 % 360, 120, 120), {128, 128});
    w.secondsLeft = w.step.total - w.step.step;
    Q_EMIT session->painter()->stepped(w.jobs.first(), w.step);
}

void finishTake(session::Session *session)
{
    World &w = world();
    if (w.jobs.isEmpty())
        return;
    const QString job = w.jobs.takeFirst();
    generation::Take take;
    take.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    take.recipe = session->recipe();
    take.recipe.seed = quint64(w.takes.size()) + 1;
    take.image = picture(QColor::fromHsl(int(w.takes.size()) * 67 % 360, 120, 110), {256, 256});
    take.made = QDateTime::currentDateTime();
    w.takes.append(take);
    w.step = {};
    w.secondsLeft = -1;
    Q_EMIT session->takesChanged();
    Q_EMIT session->painter()->finished(job, take);
    Q_EMIT session->painter()->queueChanged();
}

void failTake(session::Session *session, const Error &error)
{
    World &w = world();
    if (w.jobs.isEmpty())
        return;
    session::OpenRecipe asked;
    asked.recipe = session->recipe();
    asked.text = w.prompt;
    const QString job = w.jobs.takeFirst();
    w.step = {};
    w.secondsLeft = -1;
    session->failedTakes()->add({session::FailedTake::Kind::NotPainted, job, session->board(),
                                 session->activeFrame(), error, 1, {asked}});
    Q_EMIT session->painter()->failed(job, error);
    Q_EMIT session->painter()->queueChanged();
}

void finishCheck(session::Session *session, const QVector<std::pair<QString, QString>> &facets)
{
    World &w = world();
    if (w.checking.isEmpty())
        return;
    const QString id = w.checking.takeFirst();
    generation::GroundingCheck check;
    for (const auto &[text, shown] : facets) {
        generation::FacetCheck facet{text};
        using generation::Shown;
        for (const Shown one : {Shown::Found, Shown::Weak, Shown::Missing, Shown::Unchecked})
            if (generation::shownName(one) == shown)
                facet.shown = one;
        const double value = facet.shown == Shown::Found ? 0.78 : facet.shown == Shown::Weak ? 0.44 : 0.12;
        if (facet.shown == Shown::Unchecked) {
            facet.why = generation::WhyUnchecked::Indistinct;
        } else {
            facet.score = value / 0.7;
            facet.pictures = {value, 0.08, 0.13, 0.75};
            facet.words = {value / 2, 0.05, 0.06, 0.35};
        }
        check.facets.append(facet);
    }
    for (generation::Take &take : w.takes)
        if (take.id == id)
            take.grounding = check;
    Q_EMIT session->takesChanged();
    Q_EMIT session->grounding()->checked(id, check);
    Q_EMIT session->grounding()->stateChanged(id);
}

} // namespace moodloom::fake
