// The library as a grid that may be huge: rows are fetched page by page as they come into view.
//
// UI thread; borrows the service, which outlives it. Rows that are not there yet have empty roles.
#pragma once

#include "core/library/Asset.h"

#include <QAbstractListModel>
#include <QHash>
#include <QSet>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include <QCoroTask>

namespace moodloom::session {
class LibraryService;
}

namespace moodloom::ui {

class AssetModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("LibraryModel owns it")
    Q_PROPERTY(int count READ count NOTIFY countChanged) // that match
    Q_PROPERTY(QString words READ words WRITE setWords NOTIFY wordsChanged)
    Q_PROPERTY(bool loaded READ isLoaded NOTIFY countChanged) // the first answer has come
public:
    enum Role {
        AssetRole = Qt::UserRole, // qint64; 0 while it is fetched
        HashRole,                 // QString: names its thumbnail
        PathRole,                 // QString
        NameRole,                 // QString: its description, else the file's name
        DetailsRole,              // QString: "1,920 × 1,080 · JPEG · 2.1 MB"
        MissingRole               // bool: the file is gone
    };
    static constexpr int kPageRows = 120;

    explicit AssetModel(session::LibraryService *library, QObject *parent = nullptr);

    int count() const { return m_count; }
    QString words() const { return m_words; }
    void setWords(const QString &words); // searches a moment after the last change
    bool isLoaded() const { return m_loaded; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();
    void wordsChanged();

private:
    void reload();
    void request(int page) const;
    QCoro::Task<void> fetch(int page, quint64 revision);
    void setCount(int count);

    session::LibraryService *m_library;
    QString m_words;
    int m_count = 0;
    bool m_loaded = false;
    quint64 m_revision = 0; // of the question: answers to an older one are dropped
    QHash<int, QVector<library::Asset>> m_pages;
    QVector<int> m_recent;              // pages, last used last
    mutable QSet<int> m_wanted;         // pages that data() missed; fetched by m_fetchTimer
    QSet<int> m_stale;                  // shown still, but to be fetched again
    QSet<int> m_pending;
    mutable QTimer m_fetchTimer;
    QTimer m_searchTimer;
    QTimer m_changeTimer; // an import tells of every batch; once a while is enough
};

} // namespace moodloom::ui
