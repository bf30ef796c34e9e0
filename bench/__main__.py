"""Run benchmarks by name: ``python -m bench [encoder] [decoder] [browser]``.

``python -m bench baselines --data DIR`` and ``python -m bench trials --data DIR`` compare
quality instead; they have options of their own.
"""

from __future__ import annotations

import argparse
import sys

from bench import compare_baselines, trials
from bench.browser_decode import measure_browser
from bench.decoder_latency import measure_decoder
from bench.encoder_latency import measure_encoder
from bench.harness import format_rows, write_result

BENCHMARKS = {
    "encoder": measure_encoder,
    "decoder": measure_decoder,
    "browser": measure_browser,
}


def main(arguments: list[str] | None = None) -> int:
    """Run the chosen benchmarks, show and write their results; return the exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == ["baselines"]:
        return compare_baselines.main(given[1:])
    if given[:1] == ["trials"]:
        return trials.main(given[1:])
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(BENCHMARKS))
    names = parser.parse_args(given).names or list(BENCHMARKS)
    unknown = sorted(set(names) - set(BENCHMARKS))
    if unknown:
        parser.error(f"name must be one of {', '.join(BENCHMARKS)}, got {', '.join(unknown)}")
    for name in names:
        rows = BENCHMARKS[name]()
        path = write_result(name, rows)
        sys.stdout.write(f"{path}\n{format_rows(rows)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
