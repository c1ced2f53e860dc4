"""`make bench`: run every `benchmarks/bench_*.py`, or those named on the command line. Each has `run()` and prints."""

import sys
import time
from importlib import import_module
from pathlib import Path


def main() -> None:
    found = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    wanted = [f"bench_{name.removeprefix('bench_')}" for name in sys.argv[1:]] or found
    for name in wanted:
        if name not in found:
            sys.exit(f"there is no {name}; there are: {', '.join(found) or 'none'}")
        print(f"== {name.removeprefix('bench_')}")
        began = time.perf_counter()
        import_module(f"benchmarks.{name}").run()
        print(f"   {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
