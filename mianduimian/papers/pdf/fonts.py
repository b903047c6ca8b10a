"""字体: which faces stand for the standard's in print; the standard's own come first where an office has them."""

from functools import cache
from pathlib import Path

import typst

from mianduimian.papers.ink import FANGSONG, HEI, KAI, SONG, XIAOBIAOSONG
from mianduimian.refusal import Refused
from mianduimian.vocabulary import _

SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "AR PL SungtiL GB", "AR PL UMing CN")
SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei")
KAI_LIKE = ("AR PL KaitiM GB", "AR PL UKai CN", "LXGW WenKai")
FAMILIES = {
    XIAOBIAOSONG: ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", *SERIF),
    FANGSONG: ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "FandolFang R", *SERIF),
    HEI: ("SimHei", "黑体", "FandolHei", *SANS),
    KAI: ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "FandolKai", *KAI_LIKE, *SERIF),
    SONG: ("SimSun", "宋体", "FandolSong", *SERIF),
}
BOLD = frozenset({XIAOBIAOSONG})  # 小标宋 is heavier than the free face that stands for it


@cache
def known_fonts(folder: Path | None) -> typst.Fonts:
    """The faces of this machine and of the folder; refused where none of them can write Chinese."""
    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=[folder] if folder else [])
    if not set(fonts.families()) & {family for families in FAMILIES.values() for family in families}:
        raise Refused(_("这台服务器没有中文字体，印不出 PDF：请系统管理员安装一套（如 fonts-noto-cjk），Word 文件不受影响。"))
    return fonts
