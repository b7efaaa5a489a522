// The models page: what is on the shelf and matches the search, what is in use, the folders.
//
// UI thread; borrows the session, which outlives it. The folders are kept in QSettings.
#pragma once

#include "core/generation/PaintSettings.h"
#include "core/shelf/ShelfEntry.h"
#include "ui/controls/DropContent.h"
#include "ui/controls/ProblemModel.h"
#include "ui/shelf/DownloadModel.h"
#include "ui/shelf/FolderChoice.h"
#include "ui/shelf/TeachModel.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>
#include <QUrl>
#include <QVariantList>

namespace moodloom::session {
class Session;
class ShelfService;
} // namespace moodloom::session

namespace moodloom::ui {

class ShelfModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Workspace owns it")
    Q_PROPERTY(int count READ count NOTIFY countChanged) // that match
    Q_PROPERTY(int total READ total NOTIFY countChanged) // besides the built-in one
    Q_PROPERTY(QString words READ words WRITE setWords NOTIFY filterChanged)
    Q_PROPERTY(int group READ group WRITE setGroup NOTIFY filterChanged) // value of `groups`
    Q_PROPERTY(int family READ familyIndex WRITE setFamilyIndex NOTIFY familiesChanged)
    Q_PROPERTY(QVariantList groups READ groups NOTIFY textsChanged)           // {text, value}
    Q_PROPERTY(QVariantList groupCounts READ groupCounts NOTIFY countChanged) // in their order
    Q_PROPERTY(QVariantList families READ families NOTIFY familiesChanged)    // {text, value}
    Q_PROPERTY(bool scanning READ isScanning NOTIFY progressChanged)
    Q_PROPERTY(QString progressText READ progressText NOTIFY progressChanged)
    // {path, kind: "ComfyUI" or empty, own, there, problem}
    Q_PROPERTY(QVariantList places READ places NOTIFY placesChanged)
    Q_PROPERTY(moodloom::ui::DownloadModel *download READ download CONSTANT)
    Q_PROPERTY(moodloom::ui::TeachModel *teach READ teach CONSTANT)
    // Models and networks that could not be chosen.
    Q_PROPERTY(moodloom::ui::ProblemModel *problems READ problems CONSTANT)
public:
    enum Role {
        PathRole = Qt::UserRole, // QString; empty = the built-in model
        TitleRole,               // QString
        FactsRole,               // QString: "LoRA · SD 1.x · 144 MB"
        PreviewRole,             // QString: a URL, or empty
        TriggerWordsRole,        // QStringList
        ReasonRole,              // QString: why it cannot be used, or empty
        ActionRole,              // Action
        InUseRole,               // bool
        ScaledRole,              // bool: it has a scale (LoRAs)
        ScaleRole                // real: of a LoRA in use
    };
    enum class Group { All, Models, Loras, ControlNets, Adapters, Vaes, Others };
    Q_ENUM(Group)
    enum class Action { None, Paint, PutOn, Follow }; // Follow: a ControlNet, with a picture
    Q_ENUM(Action)

    explicit ShelfModel(session::Session *session, QObject *parent = nullptr);

    int count() const { return int(m_shown.size()); }
    int total() const;
    QString words() const { return m_words; }
    void setWords(const QString &words);
    int group() const { return int(m_group); }
    void setGroup(int group);
    QString family() const { return m_family; }
    void setFamily(const QString &family); // empty = any
    int familyIndex() const;               // in families()
    void setFamilyIndex(int index);
    QVariantList groups() const;
    QVariantList groupCounts() const;
    QVariantList families() const;
    bool isScanning() const;
    QString progressText() const;
    QVariantList places() const;
    DownloadModel *download() { return &m_download; }
    TeachModel *teach() { return &m_teach; }
    ProblemModel *problems() { return &m_problems; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    // Paints with it, puts it on, or takes it off, as its Action says; nothing where it has a
    // reason not to. A ControlNet that is not on asks for its picture: pictureWanted().
    Q_INVOKABLE void use(const QString &path);
    Q_INVOKABLE void follow(const QString &path, const QUrl &picture); // a ControlNet
    Q_INVOKABLE void setScale(const QString &path, double scale);      // of a LoRA that is on
    Q_INVOKABLE void addWord(const QString &word);                     // to the prompt

    Q_INVOKABLE void addFolder(const QUrl &folder);
    Q_INVOKABLE void removeFolder(const QString &path);              // from the shelf, not the disk
    Q_INVOKABLE void take(const moodloom::ui::DropContent &content); // folders that were dropped, and YAML files
    Q_INVOKABLE void rescan();

    void retranslate();

Q_SIGNALS:
    void countChanged();
    void filterChanged();
    void familiesChanged();
    void progressChanged();
    void placesChanged();
    void textsChanged();
    void pictureWanted(const QString &path);

private:
    const generation::PaintSettings &settings() const;
    void update();
    void findFamilies();
    void refresh(); // what does not change which rows there are
    bool matches(const shelf::ShelfEntry &entry) const;
    const shelf::ShelfEntry *shown(const QString &path) const;
    QString reason(const shelf::ShelfEntry &entry) const;

    session::Session *m_session;
    session::ShelfService *m_shelf;
    FolderChoice m_folders;
    DownloadModel m_download;
    TeachModel m_teach;
    ProblemModel m_problems;
    QVector<shelf::ShelfEntry> m_shown;
    QString m_words;
    Group m_group = Group::All;
    QString m_family;
    QStringList m_families; // of all that is on the shelf, and the chosen one
};

} // namespace moodloom::ui
