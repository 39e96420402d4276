"""Exports as companies have them, invented: other names, encodings, dates and decimals in each."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from openpyxl import Workbook

Export = Callable[[Path], None]


def _texts(files: Mapping[str, str], encoding: str = "utf-8") -> Export:
    def write(folder: Path) -> None:
        for name, text in files.items():
            (folder / name).write_bytes(text.encode(encoding))

    return write


def _flat(folder: Path) -> None:
    """A key account list under a title, with a second rep, gaps, and an account without a contact."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [
        ["Key Account List 2026"],
        [],
        ["Customer", "Contact", "Title", "Our rep", "Last contact", "Relationship"],
        ["Acorn Bank", "Pam Reid", "CFO", "Tom West", date(2026, 5, 1), "strong"],
        ["Acorn Bank", "Joe Finn", "Head of IT", "Tom West", date(2026, 6, 1), "weak"],
        ["Acorn Bank", "Joe Finn", "Head of IT", "Ann East", date(2026, 6, 2), "medium"],
        ["Birch Retail", "Kay Lund", "Buyer", "Ann East", None, None],
        ["Dune Energy", None, None, "Tom West", None, None],
    ]:
        sheet.append(row)
    book.save(folder / "Key accounts.xlsx")


SALESFORCE = {
    "Account.csv": """\
Id,Name,Type,ParentId,OwnerId,AnnualRevenue,Rating,BillingCountry,Phone,Customer_Tier__c
001A,Northstar Foundry Ltd,Customer - Direct,,005X,1200000,Hot,UK,+44 1,Gold
001B,Northstar Castings,Customer - Channel,001A,005Y,,Warm,UK,,Silver
001C,Helio Optics GmbH,Prospect,,005X,350000.50,,Germany,,
""",
    "Contact.csv": """\
Id,AccountId,FirstName,LastName,Title,Department,Email,ReportsToId,OwnerId,MobilePhone
003A,001A,Ada,Byrne,CEO,Board,ada@northstar.example,,005X,1
003B,001A,Ben,Cole,Head of Purchasing,Purchasing,ben@northstar.example,003A,005X,2
003C,001B,Cora,Diaz,Plant Manager,,,003B,005Y,3
003D,001C,Dirk,Eck,CTO,IT,dirk@helio.example,,005X,
""",
    "User.csv": """\
Id,Name,Email,Title,ManagerId,IsActive
005X,Xenia Ray,xenia@us.example,Account Executive,005Z,true
005Y,Yann Moss,yann@us.example,Account Executive,005Z,true
005Z,Zoe Hill,zoe@us.example,VP Sales,,true
""",
    "Task.csv": """\
Id,Subject,Type,ActivityDate,WhoId,OwnerId,Status
00T1,Intro,Call,2026-05-01,003A,005X,Completed
00T2,Mail,Email,2026-06-01,003B,005X,Completed
00T3,Plant tour,Site visit,2026-09-14,003C,005Y,Completed
00T4,Something,Other,2026-10-14,003D,005X,Completed
""",
    "Opportunity.csv": """\
Id,AccountId,Name,StageName,Amount,CloseDate,CurrencyIsoCode,OwnerId
006A,001A,Furnace,Proposal,250000,2026-12-31,GBP,005X
006B,001C,Lenses,Qualification,,2027-01-31,EUR,005X
""",
}
HUBSPOT = {
    "hubspot-companies.csv": """\
Record ID,Company name,Company owner,Company Domain Name,Country/Region,Annual Revenue,Type,Create Date
9001,Maple Grid,Ivy Fox,maple.example,Canada,"1,250,000",PARTNER,2025-03-04 10:22
9002,Cedar Labs,Jon Oak,cedar.example,USA,"980,000",PROSPECT,2025-07-14 09:00
""",
    "hubspot-contacts.csv": """\
Record ID,First Name,Last Name,Email,Associated Company,Job Title,Contact owner,Buying Role
101,Mia,Ng,mia@maple.example,Maple Grid,VP Operations,Ivy Fox,Decision Maker
102,Lee,Poe,lee@maple.example,Maple Grid,Engineer,Ivy Fox,End User;Champion
103,Sue,Orr,sue@cedar.example,Cedar Labs,Buyer,Jon Oak,Budget Holder
""",
    "hubspot-activities.csv": """\
Activity date,Activity type,Activity assigned to,Associated contact,Notes
2026-06-01 14:30,Meeting,Ivy Fox,mia@maple.example,x
2026-06-03 09:15,Call,Jon Oak,sue@cedar.example,y
2026-06-03 09:30,Email,Jon Oak,sue@cedar.example,z
""",
}
SAP = {
    "KNA1.txt": """\
KUNNR;NAME1;LAND1;ORT01;KUKLA
0000100001;Müller Stahl AG;DE;Essen;A
0000100002;Rhône Acier SA;FR;Lyon;B
""",
    "KNVK.txt": """\
PARNR;KUNNR;NAME1;NAMEV;ABTNR;PAFKT
0000000501;0000100001;Schulz;Eva;Einkauf;Leiterin
0000000502;0000100002;Blanc;Luc;Achats;Directeur
""",
    "VBAK.txt": """\
VBELN;AUDAT;KUNNR;ERNAM;NETWR;WAERK
4500001;01.02.2026;0000100001;HMEIER;12.500,00;EUR
4500002;13.02.2026;0000100001;HMEIER;1.250,50;EUR
4500003;28.02.2026;0000100002;KBRAUN;990,00;EUR
""",
}
CHINESE = {
    "客户列表.csv": """\
客户编号,客户名称,客户类型,客户等级,所属区域,负责人,年销售额(元),联系电话
K001,华星电子有限公司,直接客户,A,华东,张伟,"12,000,000",021-1
K002,远大机械集团,经销商,B,华北,李娜,"3,500,000",010-2
K003,蓝海科技有限公司,直接客户,A,华南,张伟,,0755-3
""",
    "联系人.csv": """\
联系人姓名,客户名称,部门,职务,层级,决策角色,态度,邮箱,手机
王芳,华星电子有限公司,采购部,采购总监,高层,决策者,支持,wf@hx.example,1
刘洋,华星电子有限公司,技术部,工程师,基层,使用者,中立,ly@hx.example,2
陈静,远大机械集团,总经办,总经理,高层,决策人,,cj@yd.example,3
赵敏,蓝海科技有限公司,采购部,采购员,基层,采购,反对,,4
""",
    "跟进记录.csv": """\
编号,客户名称,联系人,跟进方式,跟进时间,跟进人,备注
1,华星电子有限公司,王芳,拜访,2026年5月6日,张伟,好
2,华星电子有限公司,刘洋,微信,2026年5月8日,张伟,
3,远大机械集团,陈静,电话,2026年6月1日,李娜,
""",
    "员工.csv": """\
工号,姓名,部门,职务,上级,入职日期
1001,张伟,销售部,客户经理,孙总,2019/3/1
1002,李娜,销售部,客户经理,孙总,2020/7/15
1000,孙总,管理层,总监,,2015/1/1
""",
}
ORDERS = {
    "orders 2024.csv": """\
Order No;Order Date;Customer;Contact;Sales Rep;Amount
1;03/04/2024;Finch plc;Gus Hale;Rob;1.200,50 €
2;05/06/2024;Finch plc;Gus Hale;Rob;800,00 €
3;07/08/2024;Wren Co;Una Page;Sal;90,00 €
""",
    "orders 2025.csv": """\
Order No;Order Date;Customer;Contact;Sales Rep;Amount
4;03/04/2025;Finch plc;Gus Hale;Rob;1.200,50 €
5;05/06/2025;Lark Ltd;Ivo Kent;Sal;800,00 €
""",
}
EXPORTS: Mapping[str, Export] = {
    "salesforce": _texts(SALESFORCE),
    "hubspot": _texts(HUBSPOT, "utf-8-sig"),
    "sap": _texts(SAP, "cp1252"),
    "chinese": _texts(CHINESE, "gb18030"),
    "flat": _flat,
    "orders": _texts(ORDERS),
}
COUNTED = {
    "salesforce": {
        "accounts": 3,
        "departments": 3,
        "seats": 4,
        "contacts": 4,
        "holdings": 4,
        "employees": 3,
        "ties": 4,
        "interactions": 3,
        "opportunities": 1,
    },
    "hubspot": {
        "accounts": 2,
        "seats": 3,
        "contacts": 3,
        "holdings": 3,
        "employees": 2,
        "ties": 3,
        "interactions": 3,
    },
    "sap": {
        "accounts": 2,
        "departments": 2,
        "seats": 2,
        "contacts": 2,
        "holdings": 2,
        "employees": 2,
        "interactions": 3,
    },
    "chinese": {
        "accounts": 3,
        "departments": 4,
        "seats": 4,
        "contacts": 4,
        "holdings": 4,
        "employees": 3,
        "assertions": 3,
        "interactions": 3,
    },
    "flat": {"accounts": 3, "seats": 3, "contacts": 3, "holdings": 3, "employees": 2, "ties": 4},
    "orders": {
        "accounts": 3,
        "seats": 3,
        "contacts": 3,
        "holdings": 3,
        "employees": 2,
        "interactions": 5,
    },
}
"""What stands in them, counted by eye: rows, distinct people, and what an export leaves out."""
