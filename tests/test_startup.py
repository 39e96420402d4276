"""What a command waits for before it begins."""

import subprocess
import sys


def test_what_needs_no_server_does_not_wait_for_the_driver_of_one() -> None:
    asked = "import sys, graphcrm.cli.app; print('neo4j' in sys.modules, 'scipy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert told.stdout.split() == ["False", "False"]
