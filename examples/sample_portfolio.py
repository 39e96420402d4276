"""Write a sample portfolio: about forty invented customers, Chinese, German and American, as one bundle.

    python examples/sample_portfolio.py -o sample.json [--seed 7]

As of 2026-06-30, with eighteen months of visits, meetings, calls, mails and orders. Each account shows one
*shape* a relationship can have: ``PORTFOLIO`` below lists which, and ``docs/sample-portfolio.md`` says what
to see in each. ``sample_shapes.py`` and ``sample_gaps.py`` say in code what a shape is, in the small
language of ``sample_book.py``; ``sample_people.py`` knows who works for us and what positions are called.

- robustly three-dimensional: ``twice_covered``, ``firm_held``; three-dimensional: ``diamond``
- resting on few: ``star``, ``bow_tie``, ``small_bow_tie``, ``gatekept``
- gaps among those who decide: ``vacant_key_seat``, ``opponent_decides``, ``broad_without_deciders``,
  ``papers_without_people``
- people who move, time that passes: ``champion_left``, ``champion_arrived``, ``fading``, ``orphaned``,
  ``late_news``
- groups: ``head_office``, ``subsidiary``; small: ``over_the_counter``, ``over_the_counter_twice``
- not asked yet: ``attitudes_unknown``, ``roles_unknown``, ``levels_unknown``, ``ties_unrated``,
  ``off_the_record``, ``mechanisms_unknown``, ``known_by_name``

The same seed gives the same bytes. Another seed gives other people, days and channels in the same shapes.
"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import sample_gaps as gap
import sample_shapes as shape
from sample_book import Book, Customer, Profile
from sample_people import AMERICA, EAST, EUROPE, SOUTH

from graphcrm.records.bundle import Bundle

Shape = Callable[[Book, Profile], Customer]

# Which accounts have which shape: id, name, what their operations are, team, mode, tier, revenue.
PORTFOLIO: dict[Shape, list[Profile]] = {
    shape.twice_covered: [
        Profile("huayue", "华岳重工", "plant", EAST, "enterprise", "A", 86),
        Profile("shuochen", "朔辰电力", "network", SOUTH, "enterprise", "A", 120),
        Profile("meridane", "Meridane Rail Systems", "fleet", AMERICA, "enterprise", "A", 14),
        Profile("alpenwerk", "Alpenwerk Maschinenbau AG", "plant", EUROPE, "enterprise", "A", 9.5),
    ],
    shape.firm_held: [
        Profile("lanting", "澜汀港务", "fleet", EAST, "enterprise", "A", 64),
        Profile("caledonmere", "Caledonmere Water", "network", AMERICA, "enterprise", "A", 7.2),
    ],
    shape.diamond: [
        Profile("qingyu", "青屿汽车零部件", "plant", SOUTH, "enterprise", "A", 52),
        Profile("rheintaler", "Rheintaler Chemie GmbH", "plant", EUROPE, "enterprise", "A", 6.8),
        Profile("harrowfinch", "Harrow & Finch Foods", "plant", AMERICA, "enterprise", "B", 5.1),
    ],
    shape.bow_tie: [
        Profile("nanqi", "南栖医疗器械", "plant", EAST, "consultative", "B", 18),
    ],
    shape.small_bow_tie: [
        Profile("dovetail", "Dovetail Joinery", "plant", AMERICA, "transactional", "C", 0.4),
    ],
    shape.gatekept: [
        Profile("oakmere", "Oakmere Mutual Insurance", "branches", AMERICA, "consultative", "B", 3.3),
    ],
    gap.vacant_key_seat: [
        Profile("ruilin", "瑞霖银行", "branches", EAST, "enterprise", "A", 75),
        Profile("kestrelwood", "Kestrelwood Aerospace", "plant", AMERICA, "enterprise", "A", 11),
    ],
    gap.opponent_decides: [
        Profile("longmu", "陇牧乳业", "plant", SOUTH, "consultative", "B", 27),
        Profile("lindhorst", "Lindhorst Papier KG", "plant", EUROPE, "consultative", "B", 2.9),
    ],
    gap.broad_without_deciders: [
        Profile("wexmoor", "Wexmoor Packaging", "plant", AMERICA, "consultative", "B", 4.4),
    ],
    gap.papers_without_people: [
        Profile("mingxuan", "明轩轨道交通", "fleet", EAST, "enterprise", "A", 58),
    ],
    gap.fading: [
        Profile("yunzhan", "云栈文旅", "stores", SOUTH, "consultative", "B", 12),
        Profile("orchardlane", "Orchard Lane Stores", "stores", AMERICA, "consultative", "B", 2.2),
    ],
    gap.late_news: [
        Profile("tangxi", "棠溪制药", "plant", EAST, "consultative", "B", 31),
    ],
    shape.over_the_counter: [
        Profile("wanfuhe", "万福和超市", "stores", EAST, "transactional", "C", 1.6),
        Profile("heming", "禾茗印刷", "plant", EAST, "transactional", "C", 0.9),
        Profile("sunrisebakery", "Sunrise Street Bakery", "stores", AMERICA, "transactional", "C", 0.2),
        Profile("steinbach", "Autohaus Steinbach", "stores", EUROPE, "transactional", "C", 0.3),
    ],
    shape.over_the_counter_twice: [
        Profile("baofengyuan", "宝沣源五金", "plant", EAST, "transactional", "C", 2.4),
        Profile("tidewell", "Tidewell Marine Supplies", "fleet", AMERICA, "transactional", "C", 0.6),
        Profile("junipergate", "Junipergate Clinics", "branches", AMERICA, "transactional", "C", 0.7),
    ],
    gap.attitudes_unknown: [
        Profile("zhongyue", "中樾保险", "branches", SOUTH, "enterprise", "A", 44),
    ],
    gap.roles_unknown: [
        Profile("gallowmoor", "Gallowmoor Ferries", "fleet", AMERICA, "enterprise", "B", 4.9),
    ],
    gap.levels_unknown: [
        Profile("bailing", "白岭林业", "plant", EAST, "consultative", "C", 6.5),
    ],
    gap.ties_unrated: [
        Profile("silverlake", "Silverlake Cosmetics", "stores", AMERICA, "consultative", "B", 3.8),
    ],
    gap.mechanisms_unknown: [
        Profile("penglan", "鹏澜科技", "network", SOUTH, "enterprise", "B", 22),
    ],
    gap.known_by_name: [
        Profile("blackmoor", "Blackmoor Quarries", "plant", AMERICA, None, "C", 1.0),
    ],
}


def write(seed: int) -> dict[str, object]:
    """The whole portfolio as a bundle."""
    book = Book(seed)
    for build, profiles in PORTFOLIO.items():
        for profile in profiles:
            build(book, profile)
    _stars(book)
    _orphan(book)
    _off_the_record(book)
    _champion(book)
    _group(book)
    return book.bundle()


def _stars(book: Book) -> None:
    """Two accounts that hang on one salesperson; one of the two has handed in his notice."""
    jinyan = Profile("jinyan", "金砚水泥", "plant", SOUTH, "consultative", "B", 38)
    pemberfield = Profile(
        "pemberfield", "Pemberfield Logistics", "fleet", AMERICA, "consultative", "B", 5.6
    )
    shape.star(book, jinyan, "chen.hao")
    shape.star(book, pemberfield, "james.carter")


def _orphan(book: Book) -> None:
    """An account whose only acquaintance has left us."""
    taiyue = Profile("taiyue", "太樾煤机", "plant", EAST, "consultative", "B", 16)
    gap.orphaned(book, taiyue, "qian.bo")


def _off_the_record(book: Book) -> None:
    """An account that people of ours look after whom no import covers."""
    yuanpu = Profile("yuanpu", "远圃农业", "plant", SOUTH, "consultative", "B", 13)
    gap.off_the_record(book, yuanpu, "deng.hui", "ma.jun")


def _champion(book: Book) -> None:
    """A champion moves from the weaver to the maker of batteries."""
    hongjin = Profile("hongjin", "泓锦纺织", "plant", EAST, "consultative", "B", 21)
    xinglan = Profile("xinglan", "星澜新能源", "plant", EAST, "consultative", "B", 9)
    _, champion = gap.champion_left(book, hongjin)
    gap.champion_arrived(book, xinglan, champion)


def _group(book: Book) -> None:
    """A group whose head office decides for three subsidiaries."""
    group = Profile("tianyuan", "天垣集团", "plant", SOUTH, "enterprise", "A", 96)
    local = [
        Profile("tianyuan-suzhou", "天垣苏州工厂", "plant", EAST, "consultative", "B", 24, group.id),
        Profile("tianyuan-foshan", "天垣佛山工厂", "plant", SOUTH, "consultative", "B", 19, group.id),
        Profile(
            "tianyuan-europe", "Tianyuan Europe GmbH", "plant", EUROPE, "consultative", "B", 2.1, group.id
        ),
    ]
    shape.head_office(book, group, *(profile.id for profile in local))
    for profile in local:
        shape.subsidiary(book, profile)


def main() -> None:
    """Write the bundle to a file, having checked that it is one."""
    parser = argparse.ArgumentParser(description="Write a sample portfolio as a bundle.")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the JSON file to write")
    parser.add_argument("--seed", type=int, default=7, help="another seed, other people and days")
    arguments = parser.parse_args()
    text = json.dumps(write(arguments.seed), ensure_ascii=False, indent=1)
    bundle = Bundle.model_validate_json(text)
    arguments.output.write_text(text + "\n", encoding="utf-8")
    print(f"{arguments.output}: {len(bundle.accounts)} accounts, {len(bundle)} records")


if __name__ == "__main__":
    main()
