#include "codectexts.h"

#include <array>

namespace lanline::bench {

namespace {

// What an amateur astronomy club, a rowing crew and a street of neighbours might say. Neither the words nor the topics
// are those of tools/dictionary/.
constexpr std::array texts{
    "Clouds over the ridge again, I'd give it until ten before we pack up",
    "Saturn was gorgeous through the 8-inch, you could count three moons",
    "who took the red flashlight?? I nearly tripped over the tripod",
    "Bring gloves, forecast says minus four and the dew heater is dead",
    "anybody got a spare T2 ring?",
    "Collimation was way off, took me half the night to notice",
    "ha, classic",
    "The comet should clear the poplars around 4:40, low in the east",
    "Guiding error down to 0.6 arcsec after I rebalanced the mount!",
    "Stacked 90 frames, result is in the shared folder. Noise is ugly but the dust lanes show",
    "beautiful",
    "Regatta entry closes Sunday. We're one rower short for the quad.",
    "my shoulder's wrecked, physio says two weeks off the oars",
    "Coach wants a 2k test on the erg before anyone gets a seat in the eight.",
    "ugh not the erg",
    "Rigger bolts on the blue double are loose, don't take it out till Hamid has fixed them",
    "River's up 40 cm and full of branches, so it's circuits in the boathouse instead",
    "5:45 on the dock. Not 5:50. Looking at you, Freddie.",
    "lol fair",
    "Cox box is charging behind the bar",
    "Neighbours: somebody's grey van is blocking the hydrant outside number 14",
    "not ours, we sold the van in March",
    "Water will be shut off from 9 to noon, there was a leaflet in the hallway",
    "Found a tortoise on the stairs?! Is it anyone's?",
    "Yes!! That's Gustav, on my way down",
    "Mrs Okafor's lilac has come down across the fence, I've a saw if anyone has arms",
    "The bins weren't collected, council says strike through Thursday",
    "Free to a good home: crib, two bar stools, about thirty jam jars",
    "I'll have the jars",
    "Bagsy the stools",
    "Street barbecue is on! Tables from the parish hall, somebody please organise a gazebo",
    "Can the drummer at 22 knock it off after eleven, some of us have exams",
    "fibre people are digging up the pavement, mind the cables",
    "Power cut on the even side, candles at ours if you're stuck",
    "Dobson for sale, 10 inch, mirror recoated in 2022, 350 or best offer",
    "k",
    "Exposure 180 s, gain 101, cooled to -10. Flats came out weird, vignetting in the corner",
    "Try shorter subs, you're clipping the core",
    "Has the parcel for Lindqvist landed with one of you? Tracking claims it was handed to a neighbour",
    "🌧️ training off",
    "That was our best start all season, but we died at the thousand metre mark",
    "Photos from Saturday: https://photos.example.net/a/9fK2q",
    "sweep oars are being varnished, hands off until they're dry!",
    "Meteor shower peaks Wednesday, moonless, so the dark site is worth the drive",
    "昨晚的土星环太漂亮了，连卡西尼缝都看得清清楚楚",
    "赤道仪极轴没校准，拍出来全是拖线",
    "山上零下八度，带厚手套和热水壶",
    "谁的目镜落在我后备箱里了？二十五毫米那支",
    "彗星凌晨四点半出现在东边树梢上方",
    "云太厚，收摊吧",
    "叠加了一百二十张，噪点还是压不下去",
    "月光太亮，深空拍不了，改拍环形山",
    "借我一个滤镜行不行，光害严重得很",
    "流星雨极大在周三夜里，去水库边上看",
    "爆缸了，英仙座那颗火流星你们拍到没",
    "划艇队缺一名舵手，体重五十五公斤以内优先",
    "河水涨了半米，教练宣布改练测功仪",
    "又是测功仪，要命",
    "三号艇的桨架松了，修好以前别下水",
    "五点四十码头集合，迟到的罚扛船",
    "我肩膀拉伤，队医让停两周",
    "最后五百米咱们全崩了，起航倒是全场最快",
    "桨刚刷过清漆，别碰",
    "楼道里捡到一只乌龟，是哪家的？",
    "是我家的！叫古斯塔夫，我这就下楼",
    "周四停水，九点到十二点，记得提前接几桶",
    "十四栋门口那辆灰色面包车挡着消防栓了，快挪开",
    "垃圾三天没收，物业说环卫工人罢工",
    "隔壁装修钻了一上午墙，头都炸了",
    "婴儿床、高脚凳免费送，自提",
    "凳子我要了",
    "快递放在传达室，麻烦哪位邻居捎上来",
    "烧烤大会定在河滩，炭和铁签我出，肉大家凑",
    "半夜打鼓的那位，能消停会儿不，孩子要高考",
    "整条街跳闸了，电工说得两个钟头",
    "台风要来，阳台上的花盆全搬进屋",
    "老槐树昨夜被风刮倒，压坏了车棚",
    "光纤施工，人行道挖得坑坑洼洼，走路当心脚下",
    "二手多布森，口径二百五，镜片新镀膜，三千块",
    "Gustav 又跑了，看见请私信我，谢谢啦 🐢",
    "erg 成绩贴出来了，第一名七分零三秒，牛",
    "这张 M31 是谁处理的？色彩绝了",
    "嗯",
    "哈哈哈行吧",
};

} // namespace

std::span<const char *const> codecTexts()
{
    return texts;
}

} // namespace lanline::bench
