"""Run every benchmark and print each as a ratio within this run; equality of results comes first.

    python benchmarks/run.py [NAME]

These machines are noisy, so nothing here is a test: read a ratio, not a time.
"""

import argparse
import importlib

BENCHMARKS = (
    "account", "loading", "portfolio", "reading", "review", "screen", "spreading", "storage", "tables",
)  # fmt: skip


def main() -> None:
    """Run the benchmarks named, or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", nargs="*", choices=[[], *BENCHMARKS], help="which; all without a name")
    for name in parser.parse_args().name or BENCHMARKS:
        importlib.import_module(name).main()


if __name__ == "__main__":
    main()
