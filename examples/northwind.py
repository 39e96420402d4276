"""Turn Northwind's CSV files into a bundle: what an order book alone says about customer relationships.

    python examples/northwind.py FOLDER -o northwind.json
    graphcrm import bundle northwind.json --policy examples/northwind-policy.yaml

Northwind is the sample database of Microsoft's SQL Server (MIT licence); FOLDER holds its Customers.csv
(without a header row), Employees.csv and Orders.csv, in UTF-8, with dates as month/day/year.

Each customer becomes an account with one seat, held by its one contact; each order an interaction between
the employee who took it and that contact. What an order book does not say stays absent, that is unknown:
engagement modes, attitudes, most buying roles. ``northwind-policy.yaml`` lets one order make a tie live and
nothing fade, since the orders end in 1998.
"""

import argparse
import csv
import json
import sys
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from graphcrm.records.bundle import Bundle

CUSTOMER = ("CustomerID", "CompanyName", "ContactName", "ContactTitle", "Address", "City", "Region",
            "PostalCode", "Country", "Phone", "Fax")  # fmt: skip
NEEDED = {
    "Customers.csv": CUSTOMER,
    "Employees.csv": ("EmployeeID", "LastName", "FirstName", "Title", "HireDate", "Country", "ReportsTo"),
    "Orders.csv": ("OrderID", "CustomerID", "EmployeeID", "OrderDate"),
}

# What a contact's title says: level (1 = top) and buying roles. None is "does not say": an agent acts for a
# firm without standing anywhere in it, and of a sales representative nobody knows what they decide.
SEATS: dict[str, tuple[int | None, list[str] | None]] = {
    "Owner": (1, ["decider"]),
    "Owner/Marketing Assistant": (1, ["decider"]),
    "Accounting Manager": (2, ["approver"]),
    "Marketing Manager": (2, ["influencer"]),
    "Sales Manager": (2, ["influencer"]),
    "Sales Representative": (3, None),
    "Sales Associate": (3, None),
    "Order Administrator": (4, ["buyer"]),
    "Marketing Assistant": (4, None),
    "Assistant Sales Representative": (4, None),
    "Sales Agent": (None, None),
    "Assistant Sales Agent": (None, None),
}

# What the title of one of ours says: function and level.
STAFF: dict[str, tuple[str, int]] = {
    "Vice President, Sales": ("executive", 1),
    "Sales Manager": ("account", 2),
    "Sales Representative": ("account", 3),
    "Inside Sales Coordinator": ("service", 4),
}

Row = dict[str, str]
Entry = dict[str, object]


class Unreadable(Exception):
    """A file is missing or not what it should be; the message is one line for people."""


def rows(folder: Path, name: str) -> list[Row]:
    """A file's rows by column name, with the columns this script needs."""
    path = folder / name
    header = CUSTOMER if name == "Customers.csv" else None
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, fieldnames=header, restval="", strict=True)
            found, columns = list(reader), reader.fieldnames or ()
    except FileNotFoundError:
        raise Unreadable(f"{path} does not exist.") from None
    except UnicodeDecodeError:
        raise Unreadable(f"{path} is not UTF-8 text.") from None
    except (OSError, csv.Error) as error:
        raise Unreadable(f"{path} cannot be read: {error}.") from None
    if missing := [column for column in NEEDED[name] if column not in columns]:
        raise Unreadable(f"{path} has no column {', '.join(missing)}.")
    if not found:
        raise Unreadable(f"{path} is empty.")
    return found


def day(text: str, where: str) -> date:
    """A date written month/day/year."""
    try:
        month, day_of_month, year = map(int, text.split("/"))
        return date(year, month, day_of_month)
    except ValueError:
        raise Unreadable(f"{where}: {text!r} is no date like 12/31/1997.") from None


def known(**fields: object) -> Entry:
    """A record without the fields that are not known."""
    return {name: value for name, value in fields.items() if value not in (None, "")}


def employees(staff: list[Row]) -> list[Entry]:
    """Ours: function and level by title, the manager by ReportsTo, with us since they were hired."""
    records = []
    for row in staff:
        function, level = STAFF.get(row["Title"], (None, None))
        hired = day(row["HireDate"], f"Employees.csv, employee {row['EmployeeID']}")
        records.append(
            known(
                id=row["EmployeeID"],
                name=f"{row['FirstName']} {row['LastName']}",
                function=function,
                level=level,
                region=row["Country"],
                manager=row["ReportsTo"],
                valid_from=hired.isoformat(),
            )
        )
    return records


def bundle(folder: Path) -> Entry:
    """The folder as a bundle, as of the day of the last order."""
    if not folder.is_dir():
        raise Unreadable(f"{folder} is not a folder.")
    customers, staff, orders = (rows(folder, name) for name in NEEDED)
    days = [day(row["OrderDate"], f"Orders.csv, order {row['OrderID']}") for row in orders]
    seats = []
    for row in customers:
        level, roles = SEATS.get(row["ContactTitle"], (None, None))
        account, title = row["CustomerID"], row["ContactTitle"]
        seats.append(known(id=f"{account}.seat", account=account, title=title, level=level, roles=roles))
    return {
        "as_of": max(days).isoformat(),
        "source": "Northwind",
        "accounts": [
            known(id=row["CustomerID"], name=row["CompanyName"], region=row["Country"]) for row in customers
        ],
        "seats": seats,
        "contacts": [
            {"id": f"{row['CustomerID']}.contact", "name": row["ContactName"]} for row in customers
        ],
        "holdings": [
            {"contact": f"{row['CustomerID']}.contact", "seat": f"{row['CustomerID']}.seat"}
            for row in customers
        ],
        "employees": employees(staff),
        "interactions": [
            {
                "id": f"order.{row['OrderID']}",
                "at": f"{ordered.isoformat()}T12:00:00Z",
                "channel": "order",
                "participants": [row["EmployeeID"], f"{row['CustomerID']}.contact"],
            }
            for row, ordered in zip(orders, days, strict=True)
        ],
    }


def main() -> None:
    """Read the folder, check that the result is a bundle, write it."""
    parser = argparse.ArgumentParser(description="Turn Northwind's CSV files into a bundle.")
    parser.add_argument("folder", type=Path, help="holds Customers.csv, Employees.csv and Orders.csv")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the JSON file to write")
    arguments = parser.parse_args()
    try:
        text = json.dumps(bundle(arguments.folder), ensure_ascii=False, indent=1)
        read = Bundle.model_validate_json(text)
        arguments.output.write_text(text + "\n", encoding="utf-8")
    except Unreadable as error:
        sys.exit(f"northwind.py: {error}")
    except ValidationError as error:
        first = error.errors()[0]
        sys.exit(f"northwind.py: {'.'.join(map(str, first['loc']))}: {first['msg']}.")
    except OSError as error:
        sys.exit(f"northwind.py: {arguments.output} cannot be written: {error.strerror}.")
    print(f"{arguments.output}: {len(read.accounts)} accounts, {len(read.interactions)} interactions")


if __name__ == "__main__":
    main()
