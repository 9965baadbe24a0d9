"""The words the cues look for, in simplified script, folded. No marketplace is among them."""

__all__ = [
    "ACCOUNT",
    "BRANDS",
    "BRANDS_ALONE",
    "BRAND_ENDS",
    "BRAND_TAILS",
    "CRUMB_STARTS",
    "FORBIDS",
    "HIDDEN",
    "MENU",
    "MENU_STARTS",
    "NOTICE",
    "NOTICE_WEAK",
    "PLACEHOLDER",
    "PROMPT",
    "PROMPT_WEAK",
    "SPAM",
    "STAMPS",
    "STAMP_KEYS",
    "ZONE_HEADINGS",
    "ZONE_NOUNS",
    "ZONE_WORDS",
]


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


PLACEHOLDER = frozenset(
    _split(
        "图片 图 配图 插图 示意图 如图 视频 广告 image img photo picture loading 加载中 图片加载中 加载更多"
        " 正在加载 查看大图 点击查看大图 查看原图 点击放大 图片加载失败 视频加载失败 advertisement ad ads 暂无图片 缩略图"
    )
) | {"view larger image", "image loading", "sponsored"}

# Names gambling sites push into other people's sentences, with what they append to them.
BRANDS = _split(
    "亚博 开云 爱游戏 乐鱼 米乐m6 华体会 九游会 万博 欧宝 半岛 星空 博鱼 完美 球速 江南 云开 天博 乐动 必威 皇冠 bob kok 雷火 6686"
    " 亿博 太阳城 金沙 威尼斯人 永利 新葡京 澳门新葡京 凯发 凯发k8 k8凯发 开元 彩神 哈希 ag真人 hth 188bet bet365 1xbet betway 188金宝博"
)
BRAND_ENDS = _split("体育 娱乐城 娱乐 棋牌 电竞 彩票 真人")
BRAND_TAILS = _split(
    "app 官网 官方网站 网址 平台 登录 注册 下载 入口 手机版 最新版 在线 直播 网页版 首页 集团 (中国) 中国"
)
# These are no word of anything else, so they need no ending to be recognised.
BRANDS_ALONE = _split(
    "188bet bet365 1xbet betway 188金宝博 澳门新葡京 米乐m6 凯发k8 k8凯发 华体会 九游会"
)

SPAM = _split(
    "无码 自拍偷拍 偷拍 自慰 毛片 一级片 黄色网 av网 成人网站 成人视频 午夜福利 午夜影院 人妻 熟女 三级片 裸聊 约炮"
    " 色情网 情色 私房视频 国产精品 精品国产 亚洲欧美 欧美日韩 国产成人 丝袜美女 制服诱惑 久久精品 免费视频在线观看 在线观看免费"
    " 博彩 赌场 百家乐 老虎机 时时彩 六合彩 北京赛车 幸运飞艇 快三 彩票平台 购彩 投注 下注 娱乐城 棋牌游戏 真人荷官 真人娱乐"
    " 体育投注 足球投注 电子游艺 捕鱼游戏 澳门新葡京 新葡京 葡京 威尼斯人 金沙娱乐 皇冠体育 亚博 开云体育 爱游戏 乐鱼体育 米乐"
    " 华体会 九游会 必威 万博体育 欧宝体育 半岛体育 星空体育 bet365 188bet 1xbet betway 开元棋牌 bob体育 凯发 永利 太阳城集团"
    " 彩神 澳门赌 送彩金 彩金 首存 返水 注册送 菠菜 开奖结果 六肖 特码 casino slots sportsbook jackpot viagra"
    " 黑帽 蜘蛛池 快排 站群 代刷 刷单兼职 贷款秒批 代开发票 办证刻章"
)
FORBIDS = _split(
    "禁止 不得 严禁 违禁 违规 违反 处罚 不允许 不可 禁售 下架 封禁 举报 打击 扣分 prohibited forbidden not allowed banned"
)

NOTICE = _split(
    "版权所有 版权归 著作权归 未经允许 未经授权 未经许可 不得转载 禁止转载 转载请 请勿转载 免责声明 仅代表作者 独立观点"
    " 不代表本 信息存储 存储空间服务 icp备 icp证 公网安备 网安备 备案号 ©"
    " copyright(c) allrightsreserved 不再显示 不再提示 检测到您 浏览器版本 您的浏览器 本稿件 本文仅供参考 如有侵权 若有侵权 侵权请"
    " 侵权删 违法和不良信息 增值电信 本站仅 不承担任何责任 网络文化经营 本站内容 本站所有 本网站 本站不 友情链接 友链 文章来源于网络 来自网络 来源于网络 网友上传"
    " 不构成投资 不构成任何 仅供学习 仅供参考,"
) + _phrases(
    "all rights reserved | copyright | we use cookies | uses cookies | accept cookies | cookie policy"
    " | cookie 来 | cookie 以 | cookie 政策 | 使用 cookie | 使用cookie | 接受所有 cookie | this site uses | for informational purposes only | company number | registered office | powered by | enable javascript | 不代表其 | 不代表平台"
)
NOTICE_WEAK = _split(
    "侵权 转载 立场 版权 原作者 作者本人 来源于 出处 删除 隐私政策 用户协议 服务条款 法律声明 联系我们 关于我们 网站地图 投诉"
    " 意见反馈 招贤纳士 加入我们 举报 本站 帮助中心 商务合作 客服热线 客服电话 技术支持 联系邮箱 contact cookies disclaimer sitemap"
) + _phrases("privacy policy | terms of use | terms of service | about us | contact us | site map")

PROMPT = _split(
    "扫码回复 扫码关注 扫码添加 扫码加 扫码进群 扫码领取 扫一扫关注 扫描二维码关注 扫描下方二维码 扫描上方二维码 长按识别 长按二维码 识别二维码"
    " 关注公众号 关注微信公众号 微信公众号: 公众号: 关注我们 欢迎关注 点击关注 加微信 加我微信 添加微信 微信号 加v 加qq"
    " 免费咨询 免费领取 领取资料 立即领取 立即咨询 点赞收藏 一键三连 欢迎转发"
    " 分享到朋友圈 转发朋友圈 转发给朋友 觉得不错 点个赞 点个在看 免费送 出评"
    " 联系老师 咨询老师 添加老师 欢迎咨询 v信 vx: qq: 微信: 加vx 随手转发"
) + _phrases(
    "subscribe to | follow us | sign up for | join our | share this | download our app | get started free"
    " | free trial | newsletter | share on | book a demo | leave a comment | join the discussion"
)
PROMPT_WEAK = _split(
    "请关注 下载app 打开app 打开客户端 客户端查看 免费试用 免费注册 立即注册 微信群 qq群 加群 进群 错过 先到先得 名额有限 代运营 代入驻 限时免费 交流群 粉丝群 一对一指导"
    " 微信 公众号 扫码 二维码 关注 咨询 免费 老师 客服 点赞 收藏 转发 分享 回复 私信 优惠 加我 vx qq 福利 领取 干货 资料包 !! 同行 必备!"
)
# Words that advertisers break up with dots and spaces.
HIDDEN = _split("微信号 加微信 微信 公众号 薇信 威信号 加薇 扫码 qq群 加qq")

STAMP_KEYS = {
    **dict.fromkeys(
        _split(
            "作者 文 撰文 撰稿 讲师 主讲 主讲人 讲者 摄影 翻译 整理 供稿 排版 审核 审稿 策划 投稿 文字 记者 编辑 责编 责任编辑 校对 小编 author by 发帖人 楼主 提问者 回答者 发布者 上传者 发布人"
        ),
        "author",
    ),
    **dict.fromkeys(
        _split(
            "来源 文章来源 稿源 出处 转自 source 原文链接 本文链接 原文地址 本文地址 链接 固定链接"
        ),
        "source",
    ),
    **dict.fromkeys(
        _split(
            "发布时间 发布日期 更新时间 更新日期 最后更新 时间 日期 发表时间 创建时间 updated published date 最近更新 编辑时间 最后编辑"
        ),
        "time",
    ),
    **dict.fromkeys(
        _split(
            "阅读 浏览 浏览次数 浏览量 阅读量 阅读数 点击 点击数 点击量 人气 访问量 评论 评论数 views 热度 回复 查看 收藏 点赞"
        ),
        "counter",
    ),
    **dict.fromkeys(
        _split(
            "标签 关键词 关键字 tag tags keywords 分类 所属分类 栏目 文章分类 所属栏目 category categories 文章标签 本文标签"
        ),
        "subject",
    ),
}
STAMPS = _split(
    "最后修订于 修订于 本词条由 最后编辑于 人赞同了该回答 人赞同 人喜欢 人收藏 人关注 人回答 人学习 学习人数 人观看 时长 播放 观看 下载次数 下载 粉丝 在看 课时 讲师 发布在分类 发布时间 发布日期 更新时间 更新日期 最后更新 发布于 发表于 更新于 编辑于 回答于 提问于 回复于 修改于 创建于 浏览次数 浏览量 阅读量 阅读数 人阅读 人浏览 次浏览 次阅读"
    " 次查看 阅读 浏览 点击 人气 访问 评论 条评论 回复 点赞 赞同 收藏 分享 举报 只看该作者 只看楼主 倒序浏览 显示全部楼层 楼主 沙发 板凳 来自 来源"
    " 作者 编辑 责任编辑 原创 转载 字号 字数 分钟 小时 热度 关注 提问 回答 lv 等级 帖子 积分 ip属地 人赞 采纳 最佳答案 发布 更新 views"
    " view comments comment likes posted updated published author reply replies read min by on at in"
)

MENU = frozenset(
    _split(
        "首页 登录 注册 登陆 退出 返回 返回首页 返回顶部 回到顶部 顶部 上一页 下一页 末页 尾页 上一篇 下一篇 搜索 菜单 目录 导航 网站导航 设为首页"
        " 加入收藏 收藏 分享 点赞 评论 打印 更多 查看更多 加载更多 展开 收起 展开全部 展开阅读全文 阅读全文 查看全文 点击查看 详情 查看详情 全部"
        " 关闭 取消 确定 提交 发送 发表评论 发布评论 写评论 我要评论 我来说两句 登录后评论 我要提问 我来回答 写回答 邀请回答 关注问题 消息 购物车 我的"
        " 我的订单 个人中心 会员中心 帮助 帮助中心 客服 在线客服 联系客服 人工客服 意见反馈 反馈 举报 投诉 语言 简体中文 繁体中文 中文 english 简体 繁体"
        " home login register menu search close next previous prev back more share top print help contact about"
        " 满意答案 最佳答案 推荐答案 其他回答 全部回答 精选回答 官方回复 最佳回答 精彩回答 添加评论 邀请回答 喜欢 转发 回应 引用 写评论 最赞回应 你的回应 精选留言 写留言 网友评论 全部评论 最新评论 热门评论 评论区 留言区 用户评论 留言 我要留言 comments replies 添加评论 默认排序 按时间排序 只看楼主"
        " 有用 无用 有帮助 没帮助 是 否 赞 踩 字体 大 中 小 a+ a- qq 微信 微博 新浪微博 朋友圈 qq空间 复制链接 二维码"
        " faq blog news products services pricing download downloads cart account"
    )
) | frozenset(
    _phrases(
        "log in | sign in | sign up | sign out | log out | back to top | read more | load more | show more | view all"
        " | see all | skip to content | my account | all categories | was this helpful | 本页内容对您有帮助吗"
        " | 这篇文章对您有帮助吗 | 此文档对您有帮助吗 | next page | previous page | 以上内容是否有帮助 | 以上内容对您是否有帮助 | 文档内容是否对您有帮助"
    )
)
MENU_STARTS = _phrases(
    "上一篇 | 下一篇 | 上一页 | 下一页 | 上一条 | 下一条 | 上一主题 | 下一主题 | previous: | next: | 返回列表 | 返回上 | skip to | 第1页 | 共1页"
    " | 本文对您有帮助 | 本文对你有帮助 | 这篇文章对您 | 这篇文章有帮助 | 此页面对您 | 该内容对您 | 是否有帮助 | was this | did this | did you find"
)
ACCOUNT = _split("登录 注册 忘记密码 购物车 我的订单 login register")
CRUMB_STARTS = tuple(
    _split(
        "首页 当前位置 您的位置 你的位置 您现在的位置 您当前的位置 所在位置 位置 home 主页 网站首页 帮助中心"
    )
)

ZONE_HEADINGS = frozenset(
    _phrases(
        "相关阅读 | 推荐阅读 | 延伸阅读 | 拓展阅读 | 扩展阅读 | 猜你喜欢 | 猜您喜欢 | 大家都在看 | 大家还在看 | 大家都在搜 | 大家还在搜 | 看了又看"
        " | 其他人还问了 | 你可能还想看 | 您可能还想看 | 你可能想看 | 往期回顾 | 往期精彩 | 往期推荐 | 随便看看 | 看过本文的人还看了 | 热搜 | 热榜"
        " | related | related articles | related posts | related reading | related questions | related topics | recommended"
        " | recommended reading | recommended for you | you may also like | you might also like | read next | up next"
        " | more articles | popular posts | popular articles | most read | trending | trending now | latest posts"
        " | latest articles | latest news | recent posts | see also | further reading | people also ask | similar questions"
        " | more from this author | more stories | keep reading | related products | customers also viewed | in this section"
        " | articles in this section | recently viewed articles | recently viewed | 本节其他文章 | 同一分类下的文章 | 下一步阅读"
    )
)
ZONE_WORDS = _split(
    "推荐 相关 相似 类似 延伸 拓展 扩展 热门 热点 最新 最近 近期 精彩 精选 更多 其他 其它 同类 本站 本周 本月 今日 站内 编辑 小编 为你 为您 给你 您 你 可能 感兴趣 喜欢 猜"
    " 还 也 的 大家 都 在 看过 看了 又看 看 此 本文 本 这篇 文章的 人 网友 用户 正在 随机 热 关注 往期 回顾 排行 等 与 和 下 同 频道 用户还"
)
ZONE_NOUNS = _split(
    "阅读 文章 推荐 内容 资讯 问题 问答 新闻 帖子 话题 专题 教程 主题 搜索 标签 排行榜 排行 榜单 词条 知识 攻略 经验 商品 产品 视频 信息 动态 案例 文档 笔记 栏目 链接 提问 热文 头条 "
    "热帖 博文 好文 宝贝 店铺 同类"
)
