// The takes strip: the picture that is being painted, and the takes of the active frame, newest first.
//
// UI thread; borrows the session, which outlives it. Images are shared with the session, not copied.
#pragma once

#include "core/generation/Take.h"
#include "ui/generation/FailedTakeModel.h"
#include "ui/generation/GroundingModel.h"

#include <QAbstractListModel>
#include <QTemporaryDir>
#include <QtQml/qqmlregistration.h>

#include <QCoroTask>

#include <memory>

namespace moodloom::session {
class Session;
}

namespace moodloom::ui {

class TakeModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Workspace owns it")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    // What is being painted now.
    Q_PROPERTY(bool painting READ isPainting NOTIFY progressChanged)
    Q_PROPERTY(int step READ step NOTIFY progressChanged)
    Q_PROPERTY(int steps READ steps NOTIFY progressChanged)
    // 0..1 while the model is loaded, else negative.
    Q_PROPERTY(double loading READ loading NOTIFY progressChanged)
    Q_PROPERTY(int waiting READ waiting NOTIFY progressChanged) // recipes behind it
    Q_PROPERTY(double secondsLeft READ secondsLeft NOTIFY progressChanged) // -1 = not known
    Q_PROPERTY(QVariant preview READ preview NOTIFY previewChanged) // a QImage, or nothing yet
    // Where what is being painted ran out of memory, and what it went on with; empty = nowhere.
    Q_PROPERTY(QString memoryNote READ memoryNote NOTIFY progressChanged)
    // The take that the viewer and the inspector show; empty = none.
    Q_PROPERTY(QString current READ current WRITE setCurrent NOTIFY currentChanged)
    // While true, `currentImage` is that of the take before: hold and let go to compare.
    Q_PROPERTY(bool comparing READ isComparing WRITE setComparing NOTIFY currentChanged)
    Q_PROPERTY(QVariant currentImage READ currentImage NOTIFY currentChanged)
    Q_PROPERTY(QString currentRecipe READ currentRecipe NOTIFY currentChanged)
    Q_PROPERTY(QString currentPrompt READ currentPrompt NOTIFY currentChanged)
    // What its prompt was chosen from; empty = nothing was left open.
    Q_PROPERTY(QString currentTemplate READ currentTemplate NOTIFY currentChanged)
    Q_PROPERTY(QString currentMemory READ currentMemory NOTIFY currentChanged) // as memoryNote
    Q_PROPERTY(moodloom::ui::GroundingModel *grounding READ grounding CONSTANT) // of the current one
    Q_PROPERTY(moodloom::ui::FailedTakeModel *failures READ failures CONSTANT)
    Q_PROPERTY(bool currentStarred READ currentStarred NOTIFY currentChanged)
public:
    enum Role {
        IdRole = Qt::UserRole, // QString
        ImageRole,             // QImage
        StarredRole,           // bool
        PromptRole,            // QString
        RecipeRole,            // QString: the recipe in words
        AspectRole,            // real: width / height
        MissingRole,           // int: facets that it does not show, notes included
        GroundingRole          // QString: what it shows, facet by facet; empty = not checked
    };

    explicit TakeModel(session::Session *session, QObject *parent = nullptr);
    ~TakeModel() override;

    int count() const { return int(m_takes.size()); }
    bool isPainting() const;
    int step() const;
    int steps() const;
    double loading() const;
    int waiting() const;
    double secondsLeft() const;
    QVariant preview() const;
    QString memoryNote() const;
    QString currentMemory() const;
    QString current() const { return m_current; }
    void setCurrent(const QString &id);
    bool isComparing() const { return m_comparing; }
    void setComparing(bool comparing);
    QVariant currentImage() const;
    QString currentRecipe() const;
    QString currentPrompt() const;
    QString currentTemplate() const;
    bool currentStarred() const;
    GroundingModel *grounding() { return &m_grounding; }
    FailedTakeModel *failures() { return &m_failures; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    Q_INVOKABLE void star(const QString &id, bool starred);
    Q_INVOKABLE void remove(const QString &id); // undoable on the board
    Q_INVOKABLE void moveBy(int rows);          // makes a neighbour of the current take current
    // The settings of this take's recipe become the current ones, its seed fixed.
    Q_INVOKABLE void useSettings(const QString &id);
    // The next takes begin with this one instead of noise.
    Q_INVOKABLE void paintOver(const QString &id);
    // To the clipboard, in one form; copied() follows.
    Q_INVOKABLE void copyFile(const QString &id);
    Q_INVOKABLE void copyPixels(const QString &id);
    Q_INVOKABLE void copyRecipe(const QString &id);
    // Writes the take as a PNG for a drag to another program; dragReady() follows.
    Q_INVOKABLE void prepareDrag(const QString &id);

    void retranslate();

Q_SIGNALS:
    void countChanged();
    void progressChanged();
    void previewChanged();
    void currentChanged();
    void finished(const QString &id);
    void copied(const QString &message); // in words for the user
    void dragReady(const QString &id, const QString &url);
    void failed(const moodloom::Error &error); // a take could not be written for it

private:
    void update();
    int rowOf(const QString &id) const; // -1 = not there
    const generation::Take *shown() const;
    QCoro::Task<void> writeForDrag(QString id);
    QCoro::Task<void> copyFileNow(QString id);
    QCoro::Task<QString> fileOf(QString id);

    session::Session *m_session;
    GroundingModel m_grounding;
    FailedTakeModel m_failures;
    QVector<generation::Take> m_takes; // newest first
    QString m_current;
    bool m_comparing = false;
    std::unique_ptr<QTemporaryDir> m_dragFolder;
    QHash<QString, QString> m_dragFiles;
};

} // namespace moodloom::ui
