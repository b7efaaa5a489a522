// The actions that fit what was typed into the command palette, best first.
//
// UI thread.
#pragma once

#include <QSortFilterProxyModel>
#include <QtQml/qqmlregistration.h>

namespace moodloom::ui {

class ActionFilter : public QSortFilterProxyModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString pattern READ pattern WRITE setPattern NOTIFY patternChanged)
public:
    explicit ActionFilter(QObject *parent = nullptr);

    QString pattern() const { return m_pattern; }
    // The letters must come in this order, not side by side: "opb" finds "Open a board".
    void setPattern(const QString &pattern);

    Q_INVOKABLE QString actionAt(int row) const; // its id; empty when there is no such row

Q_SIGNALS:
    void patternChanged();

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    // How far apart the letters stand, starting at 0; -1 = they are not there.
    int spread(const QString &text) const;
    int bestSpread(const QModelIndex &row) const;

    QString m_pattern;
};

} // namespace moodloom::ui
