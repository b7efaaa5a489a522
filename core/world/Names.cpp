#include "core/world/Names.h"

#include <array>
#include <cctype>

namespace moodloom::world {
namespace {

struct Syllable
{
    const char *en;
    const char *zh;
};

constexpr std::array<Syllable, 37> firsts{{
    {"Ba", "巴"}, {"Be", "贝"}, {"Bo", "博"}, {"Da", "达"}, {"De", "德"}, {"Do", "多"},
    {"Fa", "法"}, {"Fi", "菲"}, {"Ga", "加"}, {"Go", "戈"}, {"Ha", "哈"}, {"He", "赫"},
    {"Ji", "吉"}, {"Ka", "卡"}, {"Ke", "克"}, {"Ku", "库"}, {"La", "拉"}, {"Li", "利"},
    {"Lo", "洛"}, {"Lu", "卢"}, {"Ma", "马"}, {"Mi", "米"}, {"Mo", "莫"}, {"Na", "纳"},
    {"Ni", "尼"}, {"No", "诺"}, {"Pa", "帕"}, {"Pi", "皮"}, {"Ra", "瑞"}, {"Ri", "里"},
    {"Ro", "罗"}, {"Sa", "萨"}, {"So", "索"}, {"Ta", "塔"}, {"Ti", "提"}, {"Va", "瓦"},
    {"Ze", "泽"},
}};

constexpr std::array<Syllable, 23> seconds{{
    {"lan", "兰"},   {"den", "登"}, {"vik", "维"},   {"mar", "玛"},   {"ron", "龙"},
    {"sel", "赛"},   {"dor", "铎"}, {"nis", "尼斯"}, {"tan", "坦"},   {"ven", "文"},
    {"rik", "瑞克"}, {"lum", "伦"}, {"zar", "扎"},   {"fen", "芬"},   {"gan", "甘"},
    {"pel", "佩"},   {"bor", "伯"}, {"nax", "纳斯"}, {"lis", "莉丝"}, {"rum", "朗"},
    {"dak", "达克"}, {"mir", "弥"}, {"sol", "索尔"},
}};

// Pairs that are words of English, or of Chinese that mean something else.
constexpr std::array<const char *, 14> avoided{"Barum", "Depel",  "Human", "Satan", "Titan",
                                               "Modem", "Ladak",  "Mamir", "Lovik", "Tamar",
                                               "Kalan", "Nissol", "Robor", "Pamir"};

constexpr int pairCount = int(firsts.size() * seconds.size());
// 331 and 851 = 23 * 37 have no common factor, so the walk visits every pair once.
constexpr int stride = 331;

bool isAvoided(const std::string &name)
{
    for (const char *word : avoided)
        if (name == word)
            return true;
    return false;
}

Name pairAt(int step)
{
    const int pair = int((int64_t(step) * stride + 97) % pairCount);
    const Syllable &a = firsts[size_t(pair) / seconds.size()];
    const Syllable &b = seconds[size_t(pair) % seconds.size()];
    return {std::string(a.en) + b.en, std::string(a.zh) + b.zh};
}

const std::array<Name, pairCount> &shuffled()
{
    // The avoided ones go to the end, beyond the count.
    static const std::array<Name, pairCount> names = [] {
        std::array<Name, pairCount> all;
        size_t front = 0, back = pairCount;
        for (int step = 0; step < pairCount; ++step) {
            Name name = pairAt(step);
            if (isAvoided(name.en))
                all[--back] = std::move(name);
            else
                all[front++] = std::move(name);
        }
        return all;
    }();
    return names;
}

int avoidedCount()
{
    static const int count = [] {
        int found = 0;
        for (int step = 0; step < pairCount; ++step)
            found += isAvoided(pairAt(step).en);
        return found;
    }();
    return count;
}

} // namespace

int inventedNameCount()
{
    return pairCount - avoidedCount();
}
Name inventedName(int index)
{
    return shuffled()[size_t(index)];
}

Name oddName(Random &random)
{
    const bool bothFirst = random.chance(0.6);
    const Syllable a = bothFirst ? random.pick(firsts) : random.pick(seconds);
    const Syllable b = bothFirst ? random.pick(firsts) : random.pick(seconds);
    std::string en = std::string(a.en) + b.en;
    for (char &c : en)
        c = char(std::tolower(c));
    en[0] = char(std::toupper(en[0]));
    return {en, std::string(a.zh) + b.zh};
}

} // namespace moodloom::world
