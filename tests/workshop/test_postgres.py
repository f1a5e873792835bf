"""The store at a real PostgreSQL: a server that is named, or a cluster of its own for the test."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from game.workshop.forget import erase_due
from game.workshop.room.log import Record
from game.workshop.store import Kept, KeptReview, Source, Store, StoreError

NAMED = "LONG_LUNCH_TEST_POSTGRES"  # postgresql+psycopg://…, a database that may be written to
KEPT = Kept("r1", "Monday", 1000.0, None, "00" * 32)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    pytest.importorskip("psycopg", reason="pip install long-lunch[postgres]")
    if os.environ.get(NAMED):
        yield os.environ[NAMED]
        return
    if shutil.which("initdb") is None or shutil.which("pg_ctl") is None:
        pytest.skip(f"no PostgreSQL: neither {NAMED} nor initdb and pg_ctl")
    folder = tmp_path_factory.mktemp("cluster")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = folder / "data"
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories="
    try:
        _as_nobody(folder, "initdb", "-D", str(data), "-U", "tester", "-A", "trust", "-N")
        _as_nobody(
            folder, "pg_ctl", "-D", str(data), "-w", "-t", "60", "-o", options,
            "-l", str(folder / "log"), "start",
        )  # fmt: skip
    except subprocess.CalledProcessError as problem:
        pytest.skip(f"PostgreSQL does not start here: {problem.stderr[-200:]}")
    try:
        yield f"postgresql+psycopg://tester@127.0.0.1:{port}/postgres"
    finally:
        _as_nobody(folder, "pg_ctl", "-D", str(data), "-m", "immediate", "stop")


def _as_nobody(folder: Path, *command: str) -> None:
    """PostgreSQL refuses to run as root: then it is an ordinary user who runs it."""
    words = [shutil.which(command[0]) or command[0], *command[1:]]
    user = None
    if sys.platform != "win32" and os.getuid() == 0:
        user = "nobody"
        for path in (folder, *folder.parents):
            if path.stat().st_uid == 0 and str(path).startswith("/tmp/"):
                path.chmod(0o755)
        shutil.chown(folder, user)
    subprocess.run(
        words, check=True, text=True, user=user, cwd=folder, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )  # fmt: skip


def record(seq: int, key: str = "", **data: object) -> tuple[str, Record]:
    return "r1", Record(seq, 1000.5 + seq, "p1", "move", data, key)


@pytest.mark.long
def test_a_session_is_kept_found_again_and_erased(url: str) -> None:
    store = Store(url)
    for old in store.sessions():
        store.erase(old.id)
    texts = {"a.yaml": "scenario: ä ¿ \U0001f469 \\ '", "b": "x" * 300_000}
    store.create(KEPT, [Source("a.yaml", texts)], [record(1, "move:s1.1:0", action="greet")[1]])
    store.append([record(2, name="=cmd() \u202e \U0001f600 'quoted' \x00 \u0000"), record(3)])
    again = Store(url)
    assert again.sessions() == [KEPT]
    assert again.scenarios("r1") == [Source("a.yaml", texts)]
    kept = again.read("r1")
    assert [r.seq for r in kept] == [1, 2, 3]
    assert kept[0] == record(1, "move:s1.1:0", action="greet")[1]
    assert kept[1].data["name"].startswith("=cmd()")
    assert [r.seq for r in again.read("r1", after=2)] == [3]

    with pytest.raises(StoreError, match="H001"):
        store.append([record(4, "move:s1.1:0")])  # what can happen once has happened
    with pytest.raises(StoreError, match="H001"):
        store.append([record(4), record(3)])
    assert store.size("r1") == 3, "all of a request is kept, or nothing"

    kept_review = KeptReview("s1.1", "en", "0" * 64, '{"ä": 1}')
    for text in ("{}", kept_review.text):
        store.keep_reviews("r1", [replace(kept_review, text=text)])
    assert again.reviews("r1") == [kept_review]
    with pytest.raises(StoreError, match="H001"):
        store.keep_reviews("r2", [kept_review])

    store.probe()
    store.rewrite("r1", [record(2, name="")[1]])
    assert again.read("r1")[1].data == {"name": ""}
    store.scrub()
    assert not store.traces, "its pages are its server's"
    assert again.reviews("r1") == [], "they hold what people believed"
    store.keep_reviews("r1", [kept_review])
    store.keep_until("r1", 1.0)
    assert [kept.title for kept in erase_due(store, 2.0)[0]] == ["Monday"]
    assert store.sessions() == [] and store.size("r1") == 0
    store.close()
    again.close()


@pytest.mark.long
def test_a_server_that_is_not_there_is_one_clear_word(url: str) -> None:
    with pytest.raises(StoreError, match="H001") as refused:
        Store(url.replace("@127.0.0.1", ":secret@127.0.0.1").replace(url.rsplit(":", 1)[1], "1/x"))
    assert "secret" not in str(refused.value.diagnostics[0])
