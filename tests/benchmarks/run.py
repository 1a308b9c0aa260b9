"""`make bench`: runs each bench of this folder in a process of its own; ONLY=name for one, FULL=1 for the whole sizes."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(only: str) -> int:
    """Run the benches; the number that failed."""
    size = "the whole sizes" if os.environ.get("FULL") else "a tenth of the big sizes; FULL=1 for the whole"
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; {size}")
    failed = 0
    for bench in sorted(HERE.glob("bench_*.py")):
        if only and only not in bench.stem:
            continue
        print(f"\n{bench.stem.removeprefix('bench_')}", flush=True)
        failed += subprocess.run([sys.executable, str(bench)], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
