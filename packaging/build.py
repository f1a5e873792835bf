"""Makes the folder that runs without Python: python packaging/build.py [OUT]

Needs the extra `package` (pip install ".[package]"). OUT, by default dist/, gets "Long Lunch" with
the program, what it needs, a launcher for the double-click and a word on how to begin. PyInstaller
makes the folder for the system it runs on and for no other.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
NAME = "Long Lunch"
# Symbols for debuggers, a tenth of the folder. Libraries that came ready from elsewhere may have
# been patched in ways that `strip` does not know, so only these two are touched.
_STRIPPED = ("libpython3*", "uvloop/loop*.so")


def main(out: Path) -> int:
    """Make the folder under `out`; prints its size."""
    folder = out / NAME
    with tempfile.TemporaryDirectory() as work:
        made = subprocess.run(
            [
                sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR",
                "--workpath", work, "--distpath", str(out), str(HERE / "longlunch.spec"),
            ]
        )  # fmt: skip
    if made.returncode:
        return made.returncode
    strip = shutil.which("strip") if sys.platform.startswith("linux") else None
    for pattern in _STRIPPED if strip else ():
        for path in (folder / "parts").glob(pattern):
            subprocess.run([str(strip), "--strip-unneeded", str(path)], check=True)
    shutil.copy(HERE / "READ ME.txt", folder)
    shutil.copy(HERE.parent / "LICENSE", folder)
    if sys.platform.startswith("linux"):
        launcher = folder / f"{NAME}.desktop"
        shutil.copy(HERE / launcher.name, launcher)
        launcher.chmod(0o755)
    size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    print(f"{folder}: {size / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "dist").resolve()))
