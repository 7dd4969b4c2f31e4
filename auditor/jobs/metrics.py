"""What a night counted and how long it took, as a file for Prometheus.

The text format of https://prometheus.io/docs/instrumenting/exposition_formats/, for the text collector of
the node exporter: the file appears whole, and is written after a failed night too. Pure but for the writing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from auditor.export import appearing_whole

Sample = tuple[dict[str, str], float]


def metrics_text(families: Mapping[str, tuple[str, list[Sample]]]) -> str:
    """Gauges in the text format: by name, what each means and its samples with their labels."""
    return "".join(_lines(families))


def _lines(families: Mapping[str, tuple[str, list[Sample]]]) -> Iterator[str]:
    for name, (meaning, samples) in families.items():
        yield f"# HELP auditor_{name} {meaning}\n# TYPE auditor_{name} gauge\n"
        for labels, value in samples:
            told = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
            yield f"auditor_{name}{{{told}}} {value:.10g}\n" if told else f"auditor_{name} {value:.10g}\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def write_metrics(path: Path, families: Mapping[str, tuple[str, list[Sample]]]) -> None:
    """Write them to a file, whole or not at all. Raises WriteProblem."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with appearing_whole(path) as file:
        file.write(metrics_text(families))
