#include "core/world/Family.h"

namespace moodloom::world {
namespace {

using H = Habitat;

constexpr std::array<FamilyInfo, familyCount> families{{
    {"SUV", "SUV", "辆", "off-road car", "越野车", H::Land, true, false,
     {{{"boxy", "方正的"}, {"rounded", "圆润的"}, {"long", "加长的"}}}},
    {"sports car", "跑车", "辆", "racing car", "赛车", H::Land, true, false,
     {{{"sleek", "流线型的"}, {"winged", "带尾翼的"}, {"open-top", "敞篷的"}}}},
    {"truck", "卡车", "辆", "lorry", "货车", H::Land, true, false,
     {{{"box", "厢式"}, {"tanker", "油罐式"}, {"flatbed", "平板式"}}}},
    {"bus", "巴士", "辆", "coach", "公交车", H::Land, true, false,
     {{{"single-deck", "单层"}, {"double-deck", "双层"}, {"round-nosed", "圆头"}}}},
    {"house", "房子", "座", "cottage", "小屋", H::Land, false, true,
     {{{"gabled", "尖顶的"}, {"flat-roofed", "平顶的"}, {"thatched", "圆顶的"}}}},
    {"tower", "塔", "座", "lighthouse", "灯塔", H::Land, false, false,
     {{{"round", "圆形的"}, {"pagoda", "飞檐的"}, {"clock", "带钟的"}}}},
    {"castle", "城堡", "座", "fortress", "堡垒", H::Land, false, true,
     {{{"spired", "尖塔的"}, {"square", "方形的"}, {"domed", "穹顶的"}}}},
    {"wall", "城墙", "段", "rampart", "围墙", H::Land, false, true,
     {{{"straight", "笔直的"}, {"winding", "蜿蜒的"}, {"stepped", "阶梯状的"}}}},
    {"bridge", "桥", "座", "crossing", "大桥", H::Land, false, true,
     {{{"arched", "拱形的"}, {"suspension", "悬索"}, {"viaduct", "高架"}}}},
    {"sailing boat", "帆船", "艘", "sailboat", "小帆船", H::Water, true, false,
     {{{"single-sailed", "单帆的"}, {"two-sailed", "双帆的"}, {"junk", "中式"}}}},
    {"steamship", "轮船", "艘", "steamer", "汽船", H::Water, false, false,
     {{{"one-funnel", "单烟囱的"}, {"two-funnel", "双烟囱的"}, {"tugboat-like", "拖船式的"}}}},
    {"hot-air balloon", "热气球", "只", "balloon", "气球", H::Air, false, false,
     {{{"round", "圆形的"}, {"tall", "修长的"}, {"wide", "扁圆的"}}}},
    {"aeroplane", "飞机", "架", "airplane", "客机", H::Air, false, false,
     {{{"propeller", "螺旋桨"}, {"jet", "喷气"}, {"biplane", "双翼"}}}},
    {"rocket", "火箭", "枚", "spaceship", "飞船", H::Air, false, false,
     {{{"slender", "细长的"}, {"plump", "圆胖的"}, {"boostered", "带助推器的"}}}},
    {"tree", "树", "棵", "tree", "大树", H::Land, false, false,
     {{{"round", "圆冠的"}, {"fir", "杉形的"}, {"layered", "层叠的"}}}},
    {"mountain", "山", "座", "peak", "山峰", H::Land, false, true,
     {{{"pointed", "尖峭的"}, {"twin-peaked", "双峰的"}, {"rounded", "圆顶的"}}}},
    {"dog", "狗", "只", "puppy", "小狗", H::Land, true, false,
     {{{"floppy-eared", "垂耳的"}, {"prick-eared", "立耳的"}, {"long-bodied", "长身的"}}}},
    {"cat", "猫", "只", "kitten", "小猫", H::Land, true, false,
     {{{"sitting", "坐着的"}, {"walking", "行走的"}, {"fluffy", "毛茸茸的"}}}},
    {"horse", "马", "匹", "pony", "小马", H::Land, true, false,
     {{{"tall", "高大的"}, {"sturdy", "壮实的"}, {"maned", "长鬃的"}}}},
    {"bird", "鸟", "只", "songbird", "小鸟", H::Air, false, false,
     {{{"crested", "有冠的"}, {"long-tailed", "长尾的"}, {"plump", "圆滚滚的"}}}},
    {"fish", "鱼", "条", "fish", "鱼儿", H::Undersea, true, false,
     {{{"slim", "修长的"}, {"round", "圆圆的"}, {"long-finned", "长鳍的"}}}},
    {"robot", "机器人", "个", "android", "机械人", H::Land, true, false,
     {{{"square", "方头的"}, {"round", "圆头的"}, {"one-eyed", "独眼的"}}}},
    {"cup", "杯子", "个", "mug", "马克杯", H::Table, false, false,
     {{{"straight", "直筒的"}, {"rounded", "圆腹的"}, {"flared", "敞口的"}}}},
    {"lamp", "台灯", "盏", "table lamp", "灯", H::Table, false, false,
     {{{"cone-shaded", "锥罩的"}, {"globe", "球形的"}, {"bell-shaded", "钟罩的"}}}},
}};

} // namespace

const FamilyInfo &familyInfo(Family family) { return families[size_t(family)]; }

std::optional<Family> familyNamed(std::string_view en)
{
    for (int i = 0; i < familyCount; ++i)
        if (families[size_t(i)].en == en)
            return Family(i);
    return std::nullopt;
}

} // namespace moodloom::world
