"""What goes wrong with sticks and the files on them, in words: what happened, that nothing is lost, what to do."""

from __future__ import annotations

from sync.protocol.carrier import Label, Unfit
from sync.protocol.carrier_folder import NoCarrier

MEGABYTE = 1024 * 1024

_UNFIT = {
    "foreign": "不是这个程序写的，没有动它",
    "torn": "坏了，或者没拷全，没收。原来的内容还在写它的那一边。请那边重新写一份",
    "newer": "是新版程序写的，这里读不了，没收。把程序更新了再读",
    "garbled": "读不懂，没收。什么也没有丢。打电话问问区里",
    "sealed": "打不开，不是答复这台电脑的，没收。什么也没有丢。再写一次U盘送去",
    "stranger": "对不上这台电脑写过的件，没收。什么也没有丢。再写一次U盘送去",
}
_PARCEL = {
    "torn": "坏了，区里读不了。原来的内容还在那台电脑上。请那边重新写一份",
    "hub": "是写给别的区的，区里没收。请那边看看接入的是哪个区",
    "sealed": "区里打不开。原来的内容还在那台电脑上。请那边重新写一份",
    "stranger": "区里不认识写它的那台电脑。请那边先接入区里",
}
NOTHING = "这里没有回执，也没有要带的件。什么也没有动。看看U盘选对没有，再问问区里写了回执没有。"
KEYLESS = "这台电脑还没拿到写U盘要用的钥匙，没写。登记的都在本机。有网的时候先传一次，以后就能写了。"
OTHER_HUB = "是别的区的，没收，也没有动它。退给送来的人"
ELSEWHERE = "是{whose}的回执，不是这台电脑的，没有动它。交给他们读"
RESTORED = "是区里恢复资料以前写的，作废了，没收。登记的都在本机。再写一次U盘送去"
LARGE = "区里要从这台电脑拿走 {leaving} 件（一共 {held} 件），先停下来了。一件也没少。问过区里再接着。"
STRUCK = (
    "这里一次作废了 {struck} 件（一共 {held} 件），先没写。一件也没少，能恢复。"
    "看清楚了，先在“与区里同步”按一次“现在就传”，答应了再来写。"
)
OWN = "U盘上是这台电脑写的件，还没有回执。送到区里或镇里，收了再拿回来。"
OWN_READ = "是这台电脑写的，回执已经读过了，可以删掉"
KNOWN = "里头的这台电脑早就有了，不用再读"
AGAIN = {
    "epoch": "区里的资料恢复过，要从头对一遍。登记的都在本机。再写一次U盘送去",
    "forked": "这台电脑的资料像是被拷过一份，已经另起一头。登记的都在本机。再写一次U盘送去",
}


def no_carrier(problem: NoCarrier, *, is_writing: bool) -> str:
    """What to say about a stick that cannot be used."""
    if problem.why == "full":
        megabytes = max(1, -(-problem.needed_bytes // MEGABYTE))
        return f"U盘满了，写不下，没写。要传的都还在这台电脑上。腾出 {megabytes} MB，或者换一个U盘。"
    if problem.why == "locked":
        return "这个U盘不让写，没写。要传的都还在这台电脑上。看看侧面的小开关是不是锁着，或者换一个。"
    if problem.why == "broken":
        return "写上去的读回来不一样，这个U盘可能坏了。要传的都还在这台电脑上。换一个再写。"
    if is_writing:
        return "U盘不见了，没写完。要传的都还在这台电脑上。插好U盘，再写一次。"
    return "U盘不见了，没读完。读过的都收好了，没读的还在U盘上。插好U盘，再读一次。"


def unfit(problem: Unfit) -> str:
    """What to say about a file that cannot be read here."""
    return _UNFIT.get(problem.reason, _UNFIT["garbled"])


def parcel_unfit(reason: str) -> str:
    """What to say about a parcel the district could not take."""
    return _PARCEL.get(reason, "区里读不懂。原来的内容还在那台电脑上。请那边更新程序，重新写一份")


def whose(label: Label) -> str:
    """Who wrote a pouch, as its label says."""
    return label.name or label.place or "别的电脑"
