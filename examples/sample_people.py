"""Who works for us in the sample portfolio, and what people and positions at customers are called.

Every person and every company is invented.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Team:
    """Who of ours looks after the accounts of a region, and what people there speak and pay in."""

    region: str
    language: str
    currency: str
    utc_offset: int
    lead: str
    second: str
    solution: str
    engineer: str
    delivery: str
    service: str
    executive: str


EAST = Team(
    "East China", "zh", "CNY", 8,
    "li.yan", "liu.min", "zhou.jing", "sun.tao", "wu.bin", "xu.na", "gao.yuan",
)  # fmt: skip
SOUTH = Team(
    "South China", "zh", "CNY", 8,
    "zhao.lei", "tang.li", "feng.wei", "he.xin", "guo.rui", "ma.jun", "deng.hui",
)  # fmt: skip
AMERICA = Team(
    "North America", "en", "USD", -5,
    "james.carter", "tom.reed", "daniel.brooks", "nina.patel", "oliver.grant", "emily.stone",
    "margaret.hale",
)  # fmt: skip
EUROPE = Team(
    "Europe", "de", "EUR", 1,
    "anna.weber", "lukas.vogt", "ingrid.larsen", "pavel.novak", "petra.sommer", "felix.kern",
    "margaret.hale",
)  # fmt: skip

# id, name, function, level, region, manager, captured
_STAFF = [
    ("gao.yuan", "高远", "executive", 1, "East China", None, False),
    ("deng.hui", "邓慧", "executive", 1, "South China", "gao.yuan", False),
    ("margaret.hale", "Margaret Hale", "executive", 1, "North America", "gao.yuan", True),
    ("li.yan", "李岩", "account", 2, "East China", "gao.yuan", True),
    ("liu.min", "刘敏", "account", 4, "East China", "li.yan", True),
    ("zhou.jing", "周静", "solution", 2, "East China", "gao.yuan", True),
    ("sun.tao", "孙涛", "solution", 3, "East China", "zhou.jing", True),
    ("wu.bin", "吴斌", "delivery", 2, "East China", "gao.yuan", True),
    ("xu.na", "许娜", "service", 3, "East China", "wu.bin", True),
    ("zhao.lei", "赵磊", "account", 2, "South China", "deng.hui", True),
    ("tang.li", "唐莉", "account", 3, "South China", "zhao.lei", True),
    ("chen.hao", "陈浩", "account", 2, "South China", "zhao.lei", True),
    ("feng.wei", "冯薇", "solution", 2, "South China", "deng.hui", True),
    ("he.xin", "何欣", "solution", 3, "South China", "feng.wei", True),
    ("guo.rui", "郭睿", "delivery", 2, "South China", "deng.hui", True),
    ("ma.jun", "马俊", "service", 4, "South China", "guo.rui", False),
    ("qian.bo", "钱波", "account", 3, "North China", "gao.yuan", True),
    ("james.carter", "James Carter", "account", 2, "North America", "margaret.hale", True),
    ("tom.reed", "Tom Reed", "account", 4, "North America", "james.carter", True),
    ("daniel.brooks", "Daniel Brooks", "solution", 2, "North America", "margaret.hale", True),
    ("nina.patel", "Nina Patel", "solution", 3, "North America", "daniel.brooks", True),
    ("oliver.grant", "Oliver Grant", "delivery", 2, "North America", "margaret.hale", True),
    ("emily.stone", "Emily Stone", "service", 3, "North America", "oliver.grant", False),
    ("anna.weber", "Anna Weber", "account", 2, "Europe", "margaret.hale", True),
    ("lukas.vogt", "Lukas Vogt", "account", 4, "Europe", "anna.weber", True),
    ("ingrid.larsen", "Ingrid Larsen", "solution", 2, "Europe", "margaret.hale", True),
    ("pavel.novak", "Pavel Novak", "solution", 3, "Europe", "ingrid.larsen", False),
    ("petra.sommer", "Petra Sommer", "delivery", 2, "Europe", "margaret.hale", True),
    ("felix.kern", "Felix Kern", "service", 4, "Europe", "petra.sommer", True),
    ("helen.foster", "Helen Foster", "solution", None, "North America", None, False),
]  # fmt: skip

# What is special about some of them.
_APART: dict[str, dict[str, object]] = {
    "chen.hao": {"on_notice": True},  # the star salesperson has handed in his notice
    "tang.li": {"valid_to": "2026-08-15"},  # leaving, but there on the day of the sample
    "qian.bo": {"valid_to": "2026-04-01"},  # has left
    "helen.foster": {"employer": "Foster Advisory", "valid_from": "2025-03-01"},  # an outside expert
    "ma.jun": {"avoid_regions": ["North China"]},
}


def staff() -> list[dict[str, object]]:
    """Our employees as records; an unknown level or manager is left out."""
    records = []
    for n, (person, name, function, level, region, manager, captured) in enumerate(_STAFF):
        record: dict[str, object] = {"id": person, "name": name, "function": function, "region": region}
        if level is not None:
            record["level"] = level
        if manager is not None:
            record["manager"] = manager
        record |= {"captured": captured, "valid_from": f"{2014 + n % 9}-0{1 + n % 7}-01"}
        records.append(record | _APART.get(person, {}))
    return records


@dataclass(frozen=True)
class Position:
    """A position at a customer: where it stands, what it decides, and its title in each language."""

    department: str
    level: int
    roles: tuple[str, ...]
    boss: str | None
    zh: str
    en: str
    de: str

    def title(self, language: str) -> str:
        """What the people there call it; in German by the function, which fits men and women."""
        return {"zh": self.zh, "de": self.de}.get(language, self.en)


_P = Position
POSITIONS = {
    "ceo": _P("board", 1, ("decider",), None, "总经理", "Chief Executive Officer", "Geschäftsführung"),
    "cfo": _P("finance", 1, ("approver",), "ceo", "财务总监", "Chief Financial Officer", "Finanzvorstand"),
    "coo": _P("operations", 1, ("approver",), "ceo", "运营副总经理", "Chief Operating Officer",
              "Vorstand Betrieb"),
    "cto": _P("engineering", 1, ("influencer",), "ceo", "总工程师", "Chief Technology Officer",
              "Vorstand Technik"),
    "cpo": _P("purchasing", 2, ("decider",), "cfo", "采购总监", "Head of Purchasing", "Leitung Einkauf"),
    "cio": _P("it", 2, ("influencer", "evaluator"), "coo", "信息总监", "Head of IT", "Leitung IT"),
    "plant": _P("operations", 2, ("influencer",), "coo", "运营总监", "Operations Director",
                "Leitung Betrieb"),
    "quality": _P("quality", 2, ("evaluator",), "coo", "质量总监", "Head of Quality", "Leitung Qualität"),
    "legal": _P("legal", 2, ("gatekeeper",), "ceo", "法务总监", "General Counsel", "Leitung Recht"),
    "assistant": _P("board", 3, ("gatekeeper",), "ceo", "总经理助理", "Assistant to the CEO",
                    "Assistenz der Geschäftsführung"),
    "buyer": _P("purchasing", 3, ("buyer", "contributor"), "cpo", "采购经理", "Category Buyer",
                "Strategischer Einkauf"),
    "controller": _P("finance", 3, ("gatekeeper",), "cfo", "财务经理", "Financial Controller",
                     "Controlling"),
    "engineer": _P("engineering", 3, ("evaluator", "contributor"), "cto", "技术经理",
                   "Engineering Manager", "Entwicklungsleitung"),
    "project": _P("engineering", 3, ("contributor",), "cto", "项目经理", "Project Manager",
                  "Projektleitung"),
    "maintenance": _P("operations", 3, ("user",), "plant", "设备科长", "Maintenance Manager",
                      "Leitung Instandhaltung"),
    "architect": _P("it", 3, ("evaluator",), "cio", "信息架构师", "IT Architect", "IT-Architektur"),
    "logistics": _P("logistics", 3, ("contributor",), "coo", "物流经理", "Logistics Manager",
                    "Leitung Logistik"),
    "inspector": _P("quality", 4, ("user",), "quality", "质检主管", "Quality Inspector",
                    "Qualitätsprüfung"),
    "clerk": _P("purchasing", 4, ("initiator",), "cpo", "采购专员", "Purchasing Clerk",
                "Sachbearbeitung Einkauf"),
    "accountant": _P("finance", 4, ("user",), "cfo", "会计", "Accountant", "Buchhaltung"),
    "technician": _P("engineering", 4, ("user",), "engineer", "工艺工程师", "Process Engineer",
                     "Verfahrenstechnik"),
    "foreman": _P("operations", 4, ("user",), "plant", "班组长", "Shift Supervisor", "Schichtleitung"),
    "admin": _P("it", 4, ("user",), "cio", "系统管理员", "Systems Administrator", "Systemadministration"),
    "planner": _P("logistics", 4, ("user",), "logistics", "计划员", "Supply Planner", "Disposition"),
    # A small firm has its own few positions.
    "owner": _P("board", 1, ("decider",), None, "老板", "Owner", "Inhaber"),
    "bookkeeper": _P("finance", 2, ("approver",), "owner", "财务主管", "Bookkeeper", "Buchhaltung"),
    "stock": _P("purchasing", 3, ("buyer",), "owner", "采购员", "Stock Buyer", "Einkauf"),
    "floor": _P("operations", 3, ("user",), "owner", "店长", "Floor Manager", "Filialleitung"),
}  # fmt: skip

DEPARTMENTS = {
    "board": ("总经办", "Executive Office", "Geschäftsführung"),
    "finance": ("财务部", "Finance", "Finanzen"),
    "operations": ("运营部", "Operations", "Betrieb"),
    "engineering": ("技术中心", "Engineering", "Technik"),
    "purchasing": ("采购部", "Purchasing", "Einkauf"),
    "it": ("信息部", "Information Technology", "IT"),
    "quality": ("质量部", "Quality", "Qualität"),
    "legal": ("法务部", "Legal", "Recht"),
    "logistics": ("物流部", "Logistics", "Logistik"),
}
# What the department that does the work is called in some industries.
OPERATIONS = {
    "plant": ("生产部", "Production", "Produktion"),
    "network": ("运行部", "Network Operations", "Netzbetrieb"),
    "branches": ("渠道与网点部", "Branches", "Filialen"),
    "stores": ("门店运营部", "Stores", "Märkte"),
    "fleet": ("船队与车队部", "Fleet", "Fuhrpark"),
}

_ZH_FAMILY = (
    "曹cao 彭peng 曾zeng 萧xiao 田tian 董dong 袁yuan 潘pan 于yu 蒋jiang 蔡cai 余yu 杜du 叶ye "
    "程cheng 苏su 魏wei 吕lü 丁ding 任ren 沈shen 姚yao 卢lu 姜jiang 崔cui 钟zhong 谭tan 陆lu 汪wang "
    "范fan 金jin 石shi 廖liao 贾jia"
)
_ZH_GIVEN = (
    "伟wei 娟juan 强qiang 丽li 军jun 洋yang 勇yong 艳yan 杰jie 涛tao 明ming 超chao 秀兰xiulan 霞xia "
    "平ping 刚gang 桂英guiying 建国jianguo 文wen 玲ling 志强zhiqiang 海燕haiyan 鹏peng 雪梅xuemei "
    "晓东xiaodong 梦琪mengqi 思远siyuan 立群liqun 若水ruoshui 德明deming 春华chunhua 国栋guodong "
    "佳宁jianing 宇航yuhang"
)
_EN_GIVEN = (
    "Alice Brian Carla Derek Elena Frank Grace Henry Irene Jack Karen Leo Monica Nathan Olivia Paul "
    "Quinn Rachel Samuel Teresa Victor Wendy Aaron Bella Curtis Diana Ethan Fiona Gordon Hazel"
)
_EN_FAMILY = (
    "Ashdown Barlow Cresswell Dunmore Eastman Fairley Galbraith Holloway Ingram Jessop Kirkland "
    "Lockwood Marlow Norwood Osgood Prescott Quigley Rowntree Saxby Thornton Underhill Vance "
    "Whitlock Yardley Ames Blythe Colby"
)
_DE_GIVEN = (
    "Anja Bernd Claudia Dieter Eva Florian Gisela Holger Ilse Jochen Katrin Lothar Martina Norbert Ulrike"
)
_DE_FAMILY = (
    "Ackermann Brandt Dietrich Ebert Fuchs Gerlach Hartwig Jansen Kruse Lorenz Mertens Oswald Pohl Reuter"
)


def names(language: str) -> list[tuple[str, str]]:
    """Every (name, id) people of a language may have, in a fixed order."""
    if language == "zh":
        family, given = ([_characters(w) for w in text.split()] for text in (_ZH_FAMILY, _ZH_GIVEN))
        return [(f + g, f"{fp}.{gp}".replace("ü", "v")) for f, fp in family for g, gp in given]
    first, last = (_DE_GIVEN, _DE_FAMILY) if language == "de" else (_EN_GIVEN, _EN_FAMILY)
    return [(f"{g} {f}", f"{g}.{f}".lower()) for f in last.split() for g in first.split()]


def _characters(word: str) -> tuple[str, str]:
    """``曹cao`` as characters and pinyin."""
    split = next(n for n, letter in enumerate(word) if letter < "\u4e00")
    return word[:split], word[split:]
