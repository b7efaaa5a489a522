// The prompts that were searched or painted with, newest first, each once.
//
// UI thread; kept in QSettings. As a list it holds those that contain the filter's words.
#pragma once

#include <QAbstractListModel>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace moodloom::ui {

class PromptHistory : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("PromptModel owns it")
    Q_PROPERTY(int count READ count NOTIFY countChanged)    // of those that are listed
    Q_PROPERTY(bool empty READ isEmpty NOTIFY countChanged) // nothing to list, whatever the filter
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)
public:
    enum Role { WordsRole = Qt::UserRole }; // QString: the prompt
    static constexpr int kMost = 200;       // older ones are forgotten
    static constexpr int kLongest = 4000;   // characters; longer ones are not kept

    explicit PromptHistory(QObject *parent = nullptr);

    int count() const { return int(m_shown.size()); }
    bool isEmpty() const { return m_prompts.isEmpty(); }
    const QString &filter() const { return m_filter; }
    void setFilter(const QString &filter);
    const QStringList &prompts() const { return m_prompts; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    // One that is there already moves to the front.
    void add(const QString &prompt);
    Q_INVOKABLE void forget(int row);
    Q_INVOKABLE QString at(int row) const; // empty = there is no such row

    // Walking, as in a shell: the prompt before or after `current`; the text that was written
    // before walking is the newest. `current` itself at either end.
    Q_INVOKABLE QString older(const QString &current);
    Q_INVOKABLE QString newer(const QString &current);

Q_SIGNALS:
    void countChanged();
    void filterChanged();

private:
    void store();
    void show();
    void startFrom(const QString &current);

    QStringList m_prompts; // newest first
    QStringList m_shown;
    QString m_filter;
    int m_walked = -1; // where walking is in m_prompts; -1 = at what is being written
    QString m_draft;   // what was being written
    QString m_handed;  // what walking answered last
};

} // namespace moodloom::ui
