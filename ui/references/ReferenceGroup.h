// The references of one facet as a list, best first.
//
// UI thread. update() moves, inserts and removes rows instead of starting anew, so that cards that
// stay are not made again and keep the focus.
#pragma once

#include "core/retrieval/Reference.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace moodloom::ui {

class ReferenceGroup : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("ReferencesModel owns it")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    enum Role {
        AssetRole = Qt::UserRole, // qint64: the asset's id in the library
        HashRole,                 // QString: names its thumbnail, image://asset/<hash>
        PathRole,                 // QString: the file
        NameRole,                 // QString: its description, else the file's name
        AspectRole,               // real: width / height
        PinnedRole,               // bool
        WeightRole,               // real: 0..2
        WhyRole,                  // QString: which signals ranked it
        FoldedRole,               // int: near-duplicates hidden behind it
        PartRole,                 // rect: what of it is used, in 0..1; empty = all of it
        MissingRole,              // bool: the file is gone
        NearestRole               // bool: it does not show what was asked for, nothing does
    };

    using QAbstractListModel::QAbstractListModel;

    int count() const { return int(m_references.size()); }
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    void update(const QVector<retrieval::Reference> &references);
    void retranslate();
    const QVector<retrieval::Reference> &references() const { return m_references; }

Q_SIGNALS:
    void countChanged();

private:
    QVector<retrieval::Reference> m_references;
};

} // namespace moodloom::ui
