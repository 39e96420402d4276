"""``graphcrm`` and ``python -m graphcrm``."""

import os
import sys

from graphcrm.cli.language import chosen_language


def main() -> None:
    """Run the command line: speak the chosen language, then read the arguments."""
    chosen_language(sys.argv[1:])
    # The commands' help is translated while they are defined, so the language comes first.
    from graphcrm.cli.app import run  # noqa: PLC0415
    from graphcrm.services.parallel import seldom_look_for_cycles  # noqa: PLC0415

    seldom_look_for_cycles()
    if not os.environ.get("GRAPHCRM_DEBUG"):
        # What fails while something is thrown away, such as half a connection, tells a user nothing.
        sys.unraisablehook = lambda _: None
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
