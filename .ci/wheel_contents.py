"""Fail unless a wheel holds only ``graphcrm/``, all that git tracks there, and nothing that git ignores."""

import subprocess
import sys
import zipfile
from pathlib import Path

LINKED = ("visualizations", "api", "cypher")
"""Folders at the top that ``graphcrm/`` holds by symbolic link."""


def tracked() -> set[str]:
    """The files of the package that git tracks, by their names in the wheel."""
    listed = subprocess.run(["git", "ls-files", "-z"], check=True, capture_output=True, text=True).stdout
    names = (name for name in listed.split("\0") if name and not Path(name).is_symlink())
    return {
        name if name.startswith("graphcrm/") else f"graphcrm/{name}"
        for name in names
        if name.startswith(("graphcrm/", *(f"{folder}/" for folder in LINKED)))
    }


def main(wheel: str) -> None:
    """Compare a wheel with what git tracks."""
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    missing, extra = sorted(tracked() - held), sorted(held - tracked())
    if missing or extra:
        raise SystemExit(f"{wheel}\n  lacks: {missing}\n  should not hold: {extra}")
    print(f"{wheel}: {len(held)} files, all tracked, nothing else")


if __name__ == "__main__":
    main(sys.argv[1])
