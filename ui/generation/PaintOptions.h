// The generation settings as properties, for the inspector.
//
// UI thread; borrows the session, which holds the values and outlives this.
#pragma once

#include "core/generation/Canvas.h"
#include "core/generation/PaintSettings.h"

#include "ui/controls/ProblemModel.h"
#include "ui/generation/AddonModel.h"

#include <QObject>
#include <QUrl>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace moodloom::session {
class Session;
}

namespace moodloom::ui {

class PaintOptions : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Workspace owns it")
    Q_PROPERTY(QString seed READ seed WRITE setSeed NOTIFY changed) // text: a number of 64 bits
    Q_PROPERTY(bool seedLocked READ isSeedLocked WRITE setSeedLocked NOTIFY changed)
    Q_PROPERTY(int width READ width WRITE setWidth NOTIFY changed)   // pixels
    Q_PROPERTY(int height READ height WRITE setHeight NOTIFY changed)
    Q_PROPERTY(int granularity READ granularity NOTIFY changed) // sides are multiples of it
    Q_PROPERTY(int smallestSide READ smallestSide NOTIFY changed)
    Q_PROPERTY(int largestSide READ largestSide CONSTANT)
    Q_PROPERTY(int steps READ steps WRITE setSteps NOTIFY changed)
    Q_PROPERTY(QVariantList efforts READ efforts NOTIFY retranslated) // {text, tip}
    Q_PROPERTY(int effort READ effort NOTIFY changed) // index into efforts; -1 = another
    Q_PROPERTY(double guidance READ guidance WRITE setGuidance NOTIFY changed)
    Q_PROPERTY(int sampler READ sampler WRITE setSampler NOTIFY changed) // index into samplers
    Q_PROPERTY(QVariantList samplers READ samplers CONSTANT)             // {text, value}
    Q_PROPERTY(QString negativePrompt READ negativePrompt WRITE setNegativePrompt NOTIFY changed)
    // Folder or single file; empty = the built-in one.
    Q_PROPERTY(QString model READ model NOTIFY changed)
    Q_PROPERTY(QString modelName READ modelName NOTIFY changed)
    Q_PROPERTY(QString modelProblem READ modelProblem NOTIFY changed) // why it cannot paint, or empty
    // What was chosen and could not be used: models and networks, pictures to paint over.
    Q_PROPERTY(moodloom::ui::ProblemModel *modelProblems READ modelProblems CONSTANT)
    Q_PROPERTY(moodloom::ui::ProblemModel *startProblems READ startProblems CONSTANT)
    // What painting takes of memory, and how; and why it cannot. Either is empty.
    Q_PROPERTY(QString memory READ memory NOTIFY memoryChanged)
    Q_PROPERTY(QString memoryProblem READ memoryProblem NOTIFY memoryChanged)
    Q_PROPERTY(moodloom::ui::AddonModel *addons READ addons CONSTANT)
    // The picture that is painted over; empty = from noise.
    Q_PROPERTY(QString startName READ startName NOTIFY changed)
    Q_PROPERTY(QString startUrl READ startUrl NOTIFY changed)
    Q_PROPERTY(double startStrength READ startStrength WRITE setStartStrength NOTIFY changed)
    Q_PROPERTY(QVariantList shapes READ shapes CONSTANT) // {text, value: width / height}
    Q_PROPERTY(int shape READ shape NOTIFY changed)      // index into shapes; -1 = another
public:
    explicit PaintOptions(session::Session *session, QObject *parent = nullptr);

    QString seed() const;
    void setSeed(const QString &seed); // locks it; text that is not a number is passed over
    bool isSeedLocked() const { return !settings().randomSeed; }
    void setSeedLocked(bool locked);
    int width() const { return settings().size.width(); }
    void setWidth(int width);
    int height() const { return settings().size.height(); }
    void setHeight(int height);
    int granularity() const;
    int smallestSide() const;
    int largestSide() const { return generation::Canvas::kLargestSide; }
    int steps() const { return settings().steps; }
    void setSteps(int steps);
    double guidance() const { return settings().guidance; }
    void setGuidance(double guidance);
    int sampler() const { return int(settings().sampler); }
    void setSampler(int sampler);
    QVariantList samplers() const;
    QString negativePrompt() const { return settings().negativePrompt; }
    void setNegativePrompt(const QString &text);
    QString model() const { return settings().model; }
    QString modelName() const;
    QString modelProblem() const;
    QString memory() const;
    QString memoryProblem() const;
    AddonModel *addons() { return &m_addons; }
    ProblemModel *modelProblems() { return &m_modelProblems; }
    ProblemModel *startProblems() { return &m_startProblems; }
    QString startName() const;
    QString startUrl() const;
    double startStrength() const { return settings().start.strength; }
    void setStartStrength(double strength);
    QVariantList shapes() const;
    int shape() const;

    // How much work goes into a picture: how many steps, of which sampler.
    QVariantList efforts() const;
    int effort() const;
    Q_INVOKABLE void useEffort(int index);

    // A new random seed, kept for the next takes.
    Q_INVOKABLE void rollSeed();
    // Changes the shape and keeps about as many pixels.
    Q_INVOKABLE void useShape(int index);
    Q_INVOKABLE void swapSides();
    Q_INVOKABLE void useModel(const QUrl &folder); // an empty URL: the built-in one

    // A picture of the board (its hash, and its file where there is one) or a file (no hash).
    Q_INVOKABLE void paintOver(const QString &hash, const QString &path);
    Q_INVOKABLE void paintOverFile(const QUrl &file);
    Q_INVOKABLE void paintFromNoise(); // over no picture

    void retranslate();

Q_SIGNALS:
    void changed();
    void memoryChanged();
    void retranslated();

private:
    const generation::PaintSettings &settings() const;
    template <class Change> void edit(Change change);

    session::Session *m_session;
    AddonModel m_addons;
    ProblemModel m_modelProblems, m_startProblems;
};

} // namespace moodloom::ui
