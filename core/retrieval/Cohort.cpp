#include "core/retrieval/Cohort.h"

#include "core/retrieval/Look.h"

#include <QHash>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <limits>

namespace moodloom::retrieval {
namespace {

// Of many kinds, none of them likely in a given library. Short, as facets are.
const char16_t *const things =
    u"a kangaroo|袋鼠|a whale|鲸鱼|a bee|蜜蜂|an owl|猫头鹰|an octopus|章鱼|a frog|青蛙|a sheep|绵羊|a cow|奶牛|"
    u"a pig|猪|a fox|狐狸|a mushroom|蘑菇|a strawberry|草莓|a carrot|胡萝卜|a bread|面包|a coffee|咖啡|a bottle|瓶子|"
    u"a spoon|勺子|a knife|刀|a scissors|剪刀|a hammer|锤子|a key|钥匙|a bed|床|a mirror|镜子|a door|门|a window|窗户|"
    u"a television|电视|a keyboard|键盘|a pencil|铅笔|a newspaper|报纸|a flag|旗帜|a drum|鼓|a trumpet|小号|"
    u"a football|足球|a skateboard|滑板|a tractor|拖拉机|a tank|坦克|a crown|王冠|a ring|戒指|a sword|剑|a mask|面具|"
    u"a baby|婴儿|a dancer|舞者|a crowd|人群|a hand|手|a face|脸|a staircase|楼梯|a church|教堂|a factory|工厂|"
    u"a tent|帐篷|a flower|花|a leaf|叶子|a moon|月亮";

// The picture that scores best is among the nearest.
constexpr int nearest = 20;
constexpr double beyondMedian = 1.95;
// Of cosines: a cohort that is nearer together sees no difference between its things.
constexpr double leastSpread = 1e-3;
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

} // namespace

Result<Cohort> Cohort::make(image::Embedder &embedder, std::stop_token stop)
{
    Cohort cohort;
    cohort.m_dimension = embedder.dimension();
    cohort.m_limit = nothing;
    const auto texts = embedder.embedTexts(QString::fromUtf16(things).split(u'|'), stop);
    if (!texts)
        return fail(texts.error());
    for (const image::Embedding &text : *texts)
        if (int(text.size()) == cohort.m_dimension)
            cohort.m_texts.insert(cohort.m_texts.end(), text.begin(), text.end());
    return cohort;
}

std::vector<double> Cohort::cosines(std::span<const float> picture) const
{
    std::vector<double> values;
    const auto width = size_t(m_dimension);
    for (size_t at = 0; at + width <= m_texts.size(); at += width)
        values.push_back(dot(std::span(m_texts).subspan(at, width), picture));
    return values;
}

double Cohort::score(double likeness, std::span<const double> cohort, qsizetype without) const
{
    double sum = 0, squares = 0;
    double count = 0;
    for (size_t i = 0; i < cohort.size(); ++i) {
        if (qsizetype(i) == without)
            continue;
        sum += cohort[i];
        squares += cohort[i] * cohort[i];
        ++count;
    }
    if (count < 2)
        return nothing;
    const double mean = sum / count;
    const double spread = std::sqrt(std::max(0.0, squares / count - mean * mean));
    return spread < leastSpread ? nothing : (likeness - mean) / spread;
}

double Cohort::score(std::span<const float> text, std::span<const float> picture) const
{
    if (int(text.size()) != m_dimension || text.size() != picture.size())
        return nothing;
    return score(dot(text, picture), cosines(picture), -1);
}

Result<void> Cohort::measure(const VectorIndex &index)
{
    m_limit = nothing;
    if (m_texts.empty() || index.dimension() != m_dimension)
        return {};
    const auto found = index.search(m_texts, nearest);
    if (!found)
        return fail(found.error());
    QHash<library::AssetId, std::vector<double>> known; // pictures that are near to many texts
    std::vector<double> best;
    for (size_t text = 0; text < found->size(); ++text) {
        double most = nothing;
        for (const Neighbour &hit : (*found)[text]) {
            auto values = known.find(hit.id);
            if (values == known.end()) {
                const auto picture = index.vector(hit.id);
                if (!picture)
                    continue;
                values = known.insert(hit.id, cosines(*picture));
            }
            const double value = score(double((*values)[text]), *values, qsizetype(text));
            if (!std::isnan(value) && !(most >= value))
                most = value;
        }
        if (!std::isnan(most))
            best.push_back(most);
    }
    if (best.empty())
        return {};
    std::sort(best.begin(), best.end());
    const double median = best[best.size() / 2], quartile = best[best.size() / 4];
    m_limit = median + beyondMedian * (median - quartile);
    return {};
}

} // namespace moodloom::retrieval
